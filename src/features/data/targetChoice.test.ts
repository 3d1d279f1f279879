import { expect, it } from 'vitest';
import type { ColumnSummary } from '../../worker/api';
import { targetOn, targetOptions, withLevel } from './targetChoice';

const column = (name: string, kind: ColumnSummary['kind'], levels: readonly (readonly [string, number])[]) =>
  ({
    name,
    kind,
    distinct: levels.length,
    levels: levels.map(([text, count]) => ({ text, count })),
  }) as unknown as ColumnSummary;
const y = column('y', 'nominal', [
  ['a', 90],
  ['b', 7],
  ['c', 3],
]);

it('offers columns with at least two levels, and few-valued numbers only after a change of kind', () => {
  const constant = column('constant', 'nominal', [['x', 5]]);
  const code = { ...column('code', 'integer', []), distinct: 3 };
  const income = { ...column('income', 'continuous', []), distinct: 900 };
  const options = targetOptions([y, constant, code, income]);
  expect(options.map((o) => [o.column, o.problem === null])).toEqual([
    ['y', true],
    ['code', false],
  ]);
});

it('starts from the suggestion, else from the least frequent level', () => {
  expect(targetOn(y, { suggestedTarget: null })).toEqual({ column: 'y', rareLevels: ['c'] });
  const suggestedTarget = { column: 'y', rareLevels: ['b'] };
  expect(targetOn(y, { suggestedTarget })).toBe(suggestedTarget);
});

it('keeps rare levels in the order of the column', () => {
  const both = withLevel({ column: 'y', rareLevels: ['c'] }, y, 'b', true);
  expect(both.rareLevels).toEqual(['b', 'c']);
  expect(withLevel(both, y, 'c', false).rareLevels).toEqual(['b']);
});
