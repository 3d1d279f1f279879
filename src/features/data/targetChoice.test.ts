import { expect, it } from 'vitest';
import type { ColumnSummary } from '../../worker/api';
import { otherRareLevels, targetOn, targetOptions, withLevel } from './targetChoice';

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

it('names levels that are as rare and were not chosen', () => {
  expect(otherRareLevels(y, { column: 'y', rareLevels: ['c'] }, 100)).toEqual(['b']);
  expect(otherRareLevels(y, { column: 'y', rareLevels: ['b', 'c'] }, 100)).toEqual([]);
  const equals = column(
    'z',
    'nominal',
    [...'abcdefghijklmn'].map((text) => [text, 7] as const),
  );
  expect(otherRareLevels(equals, { column: 'z', rareLevels: ['a'] }, 98)).toEqual([]);
});
