import type { ValueSpec } from '../data/frame';
import { type Expression, write } from './language/expression';
import { called } from './language/parseExpression';
import { printName } from './language/printExpression';
import { textError } from './language/textError';
import { columnName, literal, literalText, literalValue } from './literal';
import type { RangeRule, Said } from './rule';
import { badRule, boundText, defineRuleKind, numericIndex, specOf } from './ruleKind';

/** min <= column <= max, both ends included, on the grid min + k step where there is a step; a null end is open. */
export const range = defineRuleKind<RangeRule>({
  kind: 'range',
  label: 'Range and grid',
  help: 'A column stays between two values, and on a grid if you give its step.',
  acts: 'row',
  columns: ({ column }) => [column],
  meaning(rule, specs) {
    const spec = specs[numericIndex(rule, rule.column, specs)]!;
    const { min, max, step } = rule;
    if (min === null && max === null && step === undefined)
      badRule(rule, 'it has neither a smallest nor a largest value nor a step');
    if (Number.isNaN(min ?? 0) || Number.isNaN(max ?? 0)) badRule(rule, 'a bound is not a number');
    if (min !== null && max !== null && min > max)
      badRule(rule, `the smallest value ${boundText(min, spec)} is above the largest ${boundText(max, spec)}`);
    const column = write.column(rule.column);
    const ends =
      min !== null || max !== null
        ? write.within(column, min === null ? null : literal(min, spec), max === null ? null : literal(max, spec))
        : null;
    if (step === undefined) return ends;
    if (!(step > 0 && Number.isFinite(step))) badRule(rule, 'the step is not a number above 0');
    if (spec.kind === 'datetime') badRule(rule, `"${rule.column}" holds dates, which have no grid here`);
    const grid = onGrid(column, min ?? 0, step);
    return ends ? write.all([ends, grid]) : grid;
  },
  describe({ column, min, max, step }, specs) {
    const spec = specOf(column, specs);
    const text = (value: number) => boundText(value, spec);
    const grid = step === undefined ? '' : ` in steps of ${step}`;
    if (min !== null && max !== null)
      return min === max ? `${column} is ${text(min)}` : `${column} is between ${text(min)} and ${text(max)}${grid}`;
    if (min !== null) return `${column} is at least ${text(min)}${grid && `,${grid}`}`;
    if (max !== null) return `${column} is at most ${text(max)}${grid && `,${grid}`}`;
    return step === undefined ? `${column} is anything` : `${column} is a multiple of ${step}`;
  },
  print({ column, min, max, step }, specs) {
    const spec = specOf(column, specs);
    const low = min === null ? (max === null ? '0 ' : '') : `${literalText(min, spec)} `;
    const high = max === null ? '' : ` ${literalText(max, spec)}`;
    // A grid without ends needs none: "multiple of" has its own line.
    if (min === null && max === null) return `${printName(column)} step ${step}`;
    return `${printName(column)} in ${low}..${high}${step === undefined ? '' : ` step ${step}`}`;
  },
  recognise(expression, reader, specs) {
    const found = bounds(expression, specs);
    if (!found) return null;
    if (!reader.takes('step')) return found.min === null && found.max === null ? null : found;
    const token = reader.take();
    const step = token.kind === 'number' ? Number(token.text) : Number.NaN;
    if (!(step > 0)) throw textError(token, `after "step" comes a number above 0, found ${called(token)}.`);
    return { ...found, step };
  },
});

/** (column - origin) / step is a whole number, but for the last digits of a double. */
function onGrid(column: Expression, origin: number, step: number): Expression {
  const shifted = origin === 0 ? column : write.binary(column, '-', write.number(origin));
  const steps = step === 1 ? shifted : write.binary(shifted, '/', write.number(step));
  return write.binary(
    write.call('abs', write.binary(steps, '-', write.call('round', steps))),
    '<=',
    write.number(1e-6),
  );
}

function bounds(expression: Expression, specs: readonly ValueSpec[]): Said<RangeRule> | null {
  if (expression.type === 'column') return { kind: 'range', column: expression.name, min: null, max: null };
  if (expression.type === 'within') {
    const column = columnName(expression.operand);
    const spec = column === null ? undefined : specOf(column, specs);
    const min = literalValue(expression.low, spec);
    const max = literalValue(expression.high, spec);
    if (column === null || (expression.low && min === null) || (expression.high && max === null)) return null;
    return { kind: 'range', column, min, max };
  }
  if (expression.type !== 'binary' || (expression.operator !== '>=' && expression.operator !== '<=')) return null;
  const isSwapped = expression.right.type === 'column';
  const [side, bound] = isSwapped ? [expression.right, expression.left] : [expression.left, expression.right];
  const column = columnName(side);
  const value = literalValue(bound, column === null ? undefined : specOf(column, specs));
  if (column === null || value === null) return null;
  return (expression.operator === '>=') !== isSwapped
    ? { kind: 'range', column, min: value, max: null }
    : { kind: 'range', column, min: null, max: value };
}
