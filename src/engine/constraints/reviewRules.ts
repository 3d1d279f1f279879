import { type Frame, frameOf } from '../data/frame';
import type { Table } from '../data/table';
import { EngineError } from '../errors';
import { describeRule, ruleColumns } from './catalogue';
import { compileRule, violationsOf } from './compileRules';
import { type Conflict, findConflict, type RareOutcome, unjudgedRules } from './conflicts';
import { type EffectEvidence, effectEvidence } from './effectEvidence';
import type { Rule } from './rule';

/** How the real rows take one rule. */
export interface RuleCheck {
  readonly ruleId: string;
  readonly realViolations: number;
  readonly realRareViolations: number;
  /** Real rows for which a missing cell leaves it open whether they break it. */
  readonly unknown: number;
  /** Row numbers (from 1) of the first offenders, at most MOST_EXAMPLES. */
  readonly examples: readonly number[];
  /** For a rule about an effect, which no single row can break. */
  readonly evidence: EffectEvidence | null;
  /** Null when the rule can be applied; else what is wrong with it. */
  readonly problem: string | null;
}

/** How the real rows take the rules, one by one and together. */
export interface RulesReview {
  readonly checks: readonly RuleCheck[];
  /** Enabled rules that no row, or no rare row, can keep together; null where none are known to conflict. */
  readonly conflict: Conflict | null;
  /** Enabled rules that the search for conflicts cannot follow to the end, see `unjudgedRules`. */
  readonly unjudged: readonly string[];
  /** Real rare rows, and how many of them break no enabled rule; null without a target. */
  readonly rareRows: { readonly all: number; readonly keeping: number } | null;
  /**
   * Where no real rare row keeps all enabled rules: a smallest set of rules that already none keeps. There is then
   * nothing to start from, whether the rules are right or not.
   */
  readonly emptied: readonly string[] | null;
}

/** Offenders listed by number. */
const MOST_EXAMPLES = 200;

/**
 * Holds rules against the real rows and against each other.
 * @param rare The rare outcome and the class of each table row (1 rare); null without a target.
 */
export function reviewRules(
  table: Table,
  rules: readonly Rule[],
  rare: { readonly outcome: RareOutcome; readonly classes: Int8Array } | null,
): RulesReview {
  const broken = new Map<string, Uint8Array>();
  const checks = rules.map((rule): RuleCheck => {
    const nothing = {
      ruleId: rule.id,
      realViolations: 0,
      realRareViolations: 0,
      unknown: 0,
      examples: [],
      evidence: null,
    };
    try {
      const frame = frameOfRule(table, rule);
      const { rows, count, unknown } = violationsOf(compileRule(rule, frame.specs), frame, table.rows);
      const flags = new Uint8Array(table.rows);
      for (const row of rows) flags[row] = 1;
      broken.set(rule.id, flags);
      return {
        ...nothing,
        realViolations: count,
        realRareViolations: rare ? rows.filter((row) => rare.classes[row] === 1).length : 0,
        unknown,
        examples: rows.slice(0, MOST_EXAMPLES).map((row) => row + 1),
        evidence: effectEvidence(rule, frame),
        problem: null,
      };
    } catch (error) {
      if (!(error instanceof EngineError)) throw error;
      return { ...nothing, problem: `${describeRule(rule)}: ${error.message}` };
    }
  });
  const usable = rules.filter(({ id, enabled }) => enabled && broken.has(id));
  const names = [...new Set(usable.flatMap(ruleColumns))];
  const outcome = rare && table.columns.some(({ name }) => name === rare.outcome.column) ? rare.outcome : null;
  const { specs } = frameOf(table, outcome ? [...new Set([...names, outcome.column])] : names, []);
  const conflict = usable.length > 0 ? findConflict(usable, specs, outcome) : null;
  const unjudged = unjudgedRules(usable, specs);
  if (!rare) return { checks, conflict, unjudged, rareRows: null, emptied: null };
  const rareRows = Array.from(rare.classes.keys()).filter((row) => rare.classes[row] === 1);
  const keeping = (some: readonly Rule[]) =>
    rareRows.filter((row) => !some.some(({ id }) => broken.get(id)![row] === 1)).length;
  const kept = keeping(usable);
  let emptied: readonly string[] | null = null;
  if (kept === 0 && rareRows.length > 0) {
    let core: readonly Rule[] = usable;
    for (const rule of usable) {
      const without = core.filter((one) => one !== rule);
      if (keeping(without) === 0) core = without;
    }
    emptied = core.map(({ id }) => id);
  }
  return { checks, conflict, unjudged, rareRows: { all: rareRows.length, keeping: kept }, emptied };
}

function frameOfRule(table: Table, rule: Rule): Frame {
  const names = ruleColumns(rule);
  if (names.length > 0) return frameOf(table, names);
  // A text that cannot be read names no column; its meaning says why.
  return { rows: table.rows, specs: [], columns: [] };
}
