import type { ValueSpec } from '../data/frame';
import { type Expression, write } from './language/expression';
import { columnName, literal, literalLevel, literalValue } from './literal';
import type { Condition, Rule } from './rule';
import { badRule, boundText, columnIndex, levelCode, numericIndex, specOf } from './ruleKind';

const comparisonWords = {
  '<': 'is below',
  '<=': 'is at most',
  '>': 'is above',
  '>=': 'is at least',
  '=': 'is',
  '!=': 'is not',
} as const;

const isAboutMissing = (condition: Condition): condition is Extract<Condition, { op: 'missing' | 'known' }> =>
  !('levels' in condition) && !('value' in condition);

/** @throws EngineError `bad-rule` for an unknown column or level, an empty set, or a bound that is not a number. */
export function conditionMeaning(rule: Rule, condition: Condition, specs: readonly ValueSpec[]): Expression {
  const column = write.column(condition.column);
  if (isAboutMissing(condition)) {
    columnIndex(rule, condition.column, specs);
    return write.call(condition.op, column);
  }
  if ('levels' in condition) {
    const spec = specs[columnIndex(rule, condition.column, specs)]!;
    if (!spec.levels) badRule(rule, `"${condition.column}" holds numbers, so it cannot be compared with levels`);
    if (condition.levels.length === 0) badRule(rule, `the condition on "${condition.column}" lists no level`);
    for (const level of condition.levels) levelCode(rule, spec, level);
    return write.in(column, condition.levels.map(write.text), condition.op === 'not-in');
  }
  const spec = specs[numericIndex(rule, condition.column, specs)]!;
  if (!Number.isFinite(condition.value))
    badRule(rule, `the condition on "${condition.column}" has no number to compare with`);
  return write.binary(column, condition.op, literal(condition.value, spec));
}

/** The condition as text of the row language needs no table, so that a rule about a column that is gone can be shown. */
export function conditionExpression(condition: Condition, specs: readonly ValueSpec[]): Expression {
  const column = write.column(condition.column);
  if (isAboutMissing(condition)) return write.call(condition.op, column);
  if ('levels' in condition) {
    const [only, ...more] = condition.levels;
    return only !== undefined && more.length === 0
      ? write.binary(column, condition.op === 'in' ? '=' : '!=', write.text(only))
      : write.in(column, condition.levels.map(write.text), condition.op === 'not-in');
  }
  return write.binary(column, condition.op, literal(condition.value, specOf(condition.column, specs)));
}

/** "treat is no", "dose is at least 5", "stage is not I or II", "dose is missing". */
export function describeCondition(condition: Condition, specs: readonly ValueSpec[]): string {
  const { column } = condition;
  if (isAboutMissing(condition))
    return condition.op === 'missing' ? `${column} is missing` : `${column} is not missing`;
  if ('levels' in condition) {
    const levels = condition.levels.join(' or ');
    return `${column} is ${condition.op === 'in' ? '' : 'not '}${levels}`;
  }
  return `${column} ${comparisonWords[condition.op]} ${boundText(condition.value, specOf(column, specs))}`;
}

/** The condition an expression states of one column; null where it is more than that. */
export function conditionOf(expression: Expression, specs: readonly ValueSpec[]): Condition | null {
  if (expression.type === 'call' && (expression.name === 'missing' || expression.name === 'known')) {
    const column = columnName(expression.arguments[0]!);
    return column === null ? null : { column, op: expression.name };
  }
  if (expression.type === 'in') {
    const column = columnName(expression.operand);
    const spec = column === null ? undefined : specOf(column, specs);
    const levels = expression.values.map((value) => literalLevel(value, spec));
    if (column === null || levels.some((level) => level === null)) return null;
    return {
      column,
      op: expression.isNegated ? 'not-in' : 'in',
      levels: levels.filter((level) => level !== null),
    };
  }
  if (expression.type !== 'binary' || !(expression.operator in comparisonWords)) return null;
  const column = columnName(expression.left);
  if (column === null) return null;
  const spec = specOf(column, specs);
  const op = expression.operator as keyof typeof comparisonWords;
  const level = literalLevel(expression.right, spec);
  if (level !== null)
    return op === '=' || op === '!=' ? { column, op: op === '=' ? 'in' : 'not-in', levels: [level] } : null;
  const value = literalValue(expression.right, spec);
  return value === null ? null : { column, op, value };
}

/** The conditions joined by "and"; null where one of the parts is more than a condition. */
export function conditionsOf(expression: Expression, specs: readonly ValueSpec[]): readonly Condition[] | null {
  if (expression.type === 'binary' && expression.operator === 'and') {
    const left = conditionsOf(expression.left, specs);
    const right = conditionOf(expression.right, specs);
    return left && right ? [...left, right] : null;
  }
  const one = conditionOf(expression, specs);
  return one ? [one] : null;
}
