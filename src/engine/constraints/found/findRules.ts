import { type Frame, frameOf, selectRows } from '../../data/frame';
import { isCarriedKind, type Table } from '../../data/table';
import { EngineError } from '../../errors';
import { createRng, shuffleInPlace } from '../../rng';
import { subtask, type Task } from '../../task';
import { ruleColumns, ruleMeaning } from '../catalogue';
import { compileRule, violationsOf } from '../compileRules';
import { constraintOf } from '../feasibility';
import type { Rule } from '../rule';
import { printRule } from '../ruleText';
import { isPossible } from '../solve';
import { formulaRules } from './calculated';
import type { Candidate, Search } from './candidate';
import { conditionalRules } from './conditional';
import { dependencyRules } from './determined';
import { orderRules } from './ordered';
import { singleColumnRules } from './singleColumn';

/** A rule the real rows suggest. It is an offer: that no row breaks it does not make it true. */
export interface FoundRule {
  /** Its reason is for the expert to give. */
  readonly rule: Rule;
  readonly tier: 1 | 2;
  /** Real rows in which it says something. */
  readonly support: number;
  /** Real rows that break it, and the numbers (from 1) of the first. */
  readonly counterexamples: number;
  readonly examples: readonly number[];
  /** Rows that would break it if its columns had nothing to do with each other; null for rules about one column. */
  readonly expected: number | null;
  /**
   * At most this share of such rows may break it, at 95 % confidence: 3 / support where none does (the rule of three),
   * else Wilson's upper bound.
   */
  readonly mayBreakShare: number;
}

/** Rows that are searched; what is found is counted on all. */
const SEARCH_ROWS = 20_000;
const MOST_COLUMNS = 60;
const MOST_FOUND = 60;
const MOST_EXAMPLES = 5;

/**
 * Looks for bounds, grids, whole numbers, orders, formulas, functional dependencies and what follows from a single condition.
 * Rules that `rules` already say or imply are left out. A rule is offered only where chance would have broken it many
 * times over; with so many looked at, chance alone offers one in a hundred searches.
 * @param target Offered like any column, last.
 */
export async function findRules(
  table: Table,
  rules: readonly Rule[],
  target: string | null,
  task: Task,
): Promise<readonly FoundRule[]> {
  const usable = table.columns.filter(({ kind }) => !isCarriedKind(kind)).map(({ name }) => name);
  const names = [...usable.filter((name) => name !== target).slice(0, MOST_COLUMNS), ...(target ? [target] : [])];
  const frame = frameOf(table, names);
  await task.checkpoint(0.05, 'Looking for rules');
  const searched = sampleOf(frame);
  const search: Search = { frame: searched, leastExpected: leastExpectedFor(frame) };
  const candidates: Candidate[] = [];
  for (const [i, find] of [singleColumnRules, orderRules, dependencyRules].entries()) {
    candidates.push(...find(search));
    await task.checkpoint(0.1 * (i + 1), 'Looking for rules');
  }
  candidates.push(...(await formulaRules(search, subtask(task, 0.3, 0.45))));
  candidates.push(...(await conditionalRules(search, subtask(task, 0.45, 0.7))));
  const known = knownRules(rules, frame);
  const fresh = candidates.filter(({ said }) => !known.says(said)).sort(byInterest);
  const found: FoundRule[] = [];
  const counting = subtask(task, 0.7, 1);
  for (const [i, candidate] of fresh.entries()) {
    if (found.length === MOST_FOUND) break;
    if (i % 8 === 0) await counting.checkpoint(i / fresh.length, 'Counting the rows');
    const rule = { ...candidate.said, id: `found-${i + 1}`, reason: '', enabled: true } as Rule;
    found.push(counted(rule, candidate, frame, searched));
  }
  return found;
}

/** ln(100 m) for the number m of pairs of values looked at, and never less than 10 rows. */
function leastExpectedFor({ specs }: Frame): number {
  const levels = specs.reduce((sum, spec) => sum + Math.min(20, spec.levels?.length ?? 2), 0);
  return Math.max(10, Math.log(100 * Math.max(1, levels * specs.length)));
}

function sampleOf(frame: Frame): Frame {
  if (frame.rows <= SEARCH_ROWS) return frame;
  const order = shuffleInPlace(
    Int32Array.from({ length: frame.rows }, (_, i) => i),
    createRng(1, 'found-rules'),
  );
  return selectRows(frame, order.slice(0, SEARCH_ROWS).sort());
}

/** What is there already: the same text, the same grid, or whatever the rules together leave no way around. */
function knownRules(rules: readonly Rule[], { specs }: Frame) {
  const enabled = rules.filter(
    (rule) => rule.enabled && ruleColumns(rule).every((name) => specs.some((spec) => spec.name === name)),
  );
  const constraints = enabled.flatMap((rule) => {
    try {
      const meaning = ruleMeaning(rule, specs);
      return meaning ? [constraintOf(meaning, specs)] : [];
    } catch (error) {
      if (error instanceof EngineError) return []; // a rule that cannot be applied says nothing
      throw error;
    }
  });
  const texts = new Set(rules.map((rule) => printRule({ ...rule, reason: '', enabled: true }, specs)));
  return {
    says(said: Candidate['said']): boolean {
      const rule = { ...said, id: '', reason: '', enabled: true } as Rule;
      if (texts.has(printRule(rule, specs))) return true;
      if (said.kind === 'range' && said.step !== undefined)
        return enabled.some(
          (one) =>
            (one.kind === 'allowed' && one.column === said.column) ||
            (one.kind === 'range' && one.column === said.column && one.step !== undefined),
        );
      const meaning = ruleMeaning(rule, specs)!;
      return !isPossible([...constraints, constraintOf(meaning, specs, false)], specs);
    },
  };
}

const byInterest = (a: Candidate, b: Candidate): number =>
  a.tier - b.tier || Number(a.expected === null) - Number(b.expected === null) || (b.expected ?? 0) - (a.expected ?? 0);

function counted(rule: Rule, { tier, expected, applies }: Candidate, frame: Frame, searched: Frame): FoundRule {
  const names = new Set(ruleColumns(rule));
  const { count, unknown, rows } = violationsOf(compileRule(rule, frame.specs), frame, MOST_EXAMPLES);
  let support = frame.rows - unknown;
  if (applies) {
    let inSample = 0;
    for (let i = 0; i < searched.rows; i++) if (applies(i)) inSample++;
    // All rows are looked at for those that break it; how many it speaks of is scaled up from the sample.
    support = Math.max(count, Math.round((inSample * frame.rows) / searched.rows));
  } else {
    const known = (i: number) =>
      frame.columns.every((c, at) => !names.has(frame.specs[at]!.name) || !Number.isNaN(c[i]!));
    support = 0;
    for (let i = 0; i < frame.rows; i++) if (known(i)) support++;
  }
  return {
    rule,
    tier,
    support,
    counterexamples: count,
    examples: rows.map((row) => row + 1),
    expected: expected === null ? null : (expected * frame.rows) / searched.rows,
    mayBreakShare: upperBound(count, support),
  };
}

/**
 * @see If Nothing Goes Wrong, Is Everything All Right?, JAMA 249 (1983).
 * @see Probable Inference, the Law of Succession, and Statistical Inference, JASA 22 (1927).
 */
function upperBound(broken: number, n: number): number {
  if (n === 0) return 1;
  if (broken === 0) return Math.min(1, 3 / n);
  const z = 1.959964;
  const p = broken / n;
  const centre = p + (z * z) / (2 * n);
  return (centre + z * Math.sqrt((p * (1 - p)) / n + (z * z) / (4 * n * n))) / (1 + (z * z) / n);
}
