import type { ValueSpec } from '../data/frame';
import type { Condition, Rule } from './rule';
import { badRule, boundText, columnIndex, levelCode, numericIndex } from './ruleKind';

/** A condition bound to its column: does this value (never NaN) satisfy it? */
export interface CompiledCondition {
  readonly column: number;
  holds(value: number): boolean;
}

const comparisons: Record<'<' | '<=' | '>' | '>=' | '=' | '!=', (value: number, bound: number) => boolean> = {
  '<': (value, bound) => value < bound,
  '<=': (value, bound) => value <= bound,
  '>': (value, bound) => value > bound,
  '>=': (value, bound) => value >= bound,
  '=': (value, bound) => value === bound,
  '!=': (value, bound) => value !== bound,
};
const comparisonWords: Record<keyof typeof comparisons, string> = {
  '<': 'is below',
  '<=': 'is at most',
  '>': 'is above',
  '>=': 'is at least',
  '=': 'is',
  '!=': 'is not',
};

/** @throws EngineError `bad-rule` for an unknown column or level, an empty set, or a bound that is not a number. */
export function compileCondition(rule: Rule, condition: Condition, specs: readonly ValueSpec[]): CompiledCondition {
  if ('levels' in condition) {
    const column = columnIndex(rule, condition.column, specs);
    const spec = specs[column]!;
    if (!spec.levels) badRule(rule, `"${condition.column}" holds numbers, so it cannot be compared with levels`);
    if (condition.levels.length === 0) badRule(rule, `the condition on "${condition.column}" lists no level`);
    const codes = new Set(condition.levels.map((text) => levelCode(rule, spec, text)));
    const wanted = condition.op === 'in';
    return { column, holds: (value) => codes.has(value) === wanted };
  }
  const compare = comparisons[condition.op];
  const column = numericIndex(rule, condition.column, specs);
  if (!Number.isFinite(condition.value))
    badRule(rule, `the condition on "${condition.column}" has no number to compare with`);
  return { column, holds: (value) => compare(value, condition.value) };
}

/** "treat is no", "dose is at least 5", "stage is not I or II". */
export function describeCondition(condition: Condition, specs: readonly ValueSpec[]): string {
  if ('levels' in condition) {
    const levels = condition.levels.join(' or ');
    return `${condition.column} is ${condition.op === 'in' ? '' : 'not '}${levels}`;
  }
  const spec = specs.find(({ name }) => name === condition.column);
  return `${condition.column} ${comparisonWords[condition.op]} ${boundText(condition.value, spec)}`;
}
