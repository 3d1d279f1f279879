import type { Frame, ValueSpec } from '../data/frame';
import { ruleColumns, ruleMeaning } from './catalogue';
import { refuseConflicts } from './conflicts';
import { BLOCK_ROWS, type CompiledExpression } from './language/compiled';
import { compileStatement } from './language/compileExpression';
import type { Rule } from './rule';
import { type RuleState, ruleState } from './ruleKind';
import { supportStatement } from './supportStatement';

/** A rule bound to the columns of a frame. */
export interface CompiledRule {
  readonly rule: Rule;
  /** Indices of the columns its statement reads, in frame order of the specs it was compiled for. */
  readonly columns: readonly number[];
  /** Null for a rule that says nothing of single rows: no row breaks it. */
  readonly statement: CompiledExpression | null;
}

/** @throws EngineError `bad-rule` with a sentence that says what is wrong with the rule. */
export function compileRule(rule: Rule, specs: readonly ValueSpec[]): CompiledRule {
  const meaning = ruleMeaning(rule, specs);
  if (rule.kind === 'support') {
    const statement = supportStatement(rule, specs);
    // It looks at whole rows.
    return { rule, columns: statement ? [...specs.keys()] : [], statement };
  }
  // A rule that says nothing of rows looks at none of their cells.
  const names = new Set(meaning ? ruleColumns(rule) : []);
  return {
    rule,
    columns: specs.flatMap(({ name }, index) => (names.has(name) ? [index] : [])),
    statement: meaning && compileStatement(meaning, specs),
  };
}

/** What the rule says of one row of columns in spec order. */
export function stateOf({ statement }: CompiledRule, columns: readonly Float64Array[], row: number): RuleState {
  if (!statement) return ruleState.kept;
  const [holds] = statement.evaluate(columns, row, 1);
  return holds === 0 ? ruleState.broken : holds === 1 ? ruleState.kept : ruleState.unknown;
}

export interface RuleViolations {
  readonly ruleId: string;
  /** Rows that break the rule. */
  readonly count: number;
  /** Rows for which a missing cell leaves it open whether they do. */
  readonly unknown: number;
  /** The first offending rows, at most `examples` of them. */
  readonly rows: readonly number[];
}

/** The enabled rules of a project, bound to columns. */
export interface CompiledRules {
  readonly rules: readonly CompiledRule[];
  /**
   * For rows [from, to) the position in `rules` of the first broken one, -1 where none is.
   * A rule with an unknown part is not broken.
   */
  check(columns: readonly Float64Array[], from: number, to: number): Int32Array;
  /** Per rule, in order: how many rows of the frame break it. */
  countViolations(frame: Frame, examples?: number): readonly RuleViolations[];
}

/**
 * Binds rules to the columns described by `specs`; disabled rules are left out.
 * @throws EngineError `bad-rule` for a rule that cannot be applied, `rule-conflict` for some that cannot hold together.
 */
export function compileRules(rules: readonly Rule[], specs: readonly ValueSpec[]): CompiledRules {
  const enabled = rules.filter((rule) => rule.enabled);
  const compiled = enabled.map((rule) => compileRule(rule, specs));
  refuseConflicts(enabled, specs);
  return {
    rules: compiled,
    check(columns, from, to) {
      const first = new Int32Array(to - from).fill(-1);
      // Backwards, so that what stands at the end is the first broken rule.
      for (let r = compiled.length - 1; r >= 0; r--)
        inBlocks(compiled[r]!, columns, from, to, (holds, at, n) => {
          for (let i = 0; i < n; i++) if (holds[i] === 0) first[at - from + i] = r;
        });
      return first;
    },
    countViolations: (frame, examples = 5) => compiled.map((rule) => violationsOf(rule, frame, examples)),
  };
}

/** How many rows of the frame break one rule. */
export function violationsOf(compiled: CompiledRule, frame: Frame, examples: number): RuleViolations {
  let count = 0;
  let unknown = 0;
  const rows: number[] = [];
  inBlocks(compiled, frame.columns, 0, frame.rows, (holds, at, n) => {
    for (let i = 0; i < n; i++) {
      if (holds[i] === 1) continue;
      if (holds[i] !== 0) unknown++;
      else {
        count++;
        if (rows.length < examples) rows.push(at + i);
      }
    }
  });
  return { ruleId: compiled.rule.id, count, unknown, rows };
}

function inBlocks(
  { statement }: CompiledRule,
  columns: readonly Float64Array[],
  from: number,
  to: number,
  visit: (holds: Float64Array, at: number, n: number) => void,
): void {
  if (!statement) return;
  for (let at = from; at < to; at += BLOCK_ROWS) {
    const n = Math.min(BLOCK_ROWS, to - at);
    visit(statement.evaluate(columns, at, n), at, n);
  }
}
