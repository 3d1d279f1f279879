import type { Frame, ValueSpec } from '../data/frame';
import { compileRule } from './catalogue';
import { refuseConflicts } from './conflicts';
import type { Rule } from './rule';
import { type CompiledRule, ruleState } from './ruleKind';

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
 * @throws EngineError `bad-rule` for a rule that cannot be applied, `rule-conflict` for two that cannot both hold.
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
      for (let r = compiled.length - 1; r >= 0; r--) {
        const rule = compiled[r]!;
        for (let row = from; row < to; row++) {
          if (rule.state(columns, row) === ruleState.broken) first[row - from] = r;
        }
      }
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
  for (let row = 0; row < frame.rows; row++) {
    const state = compiled.state(frame.columns, row);
    if (state === ruleState.unknown) unknown++;
    if (state !== ruleState.broken) continue;
    count++;
    if (rows.length < examples) rows.push(row);
  }
  return { ruleId: compiled.rule.id, count, unknown, rows };
}
