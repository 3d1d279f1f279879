import { expect, it } from 'vitest';
import type { ColumnSummary } from '../../worker/api';
import { amountPlan } from './amountPlan';

const column = (levels: readonly (readonly [string, number])[], distinct = levels.length) =>
  ({
    name: 'y',
    kind: 'binary',
    distinct,
    levels: levels.map(([text, count]) => ({ text, count })),
  }) as unknown as ColumnSummary;
const y = column([
  ['no', 900],
  ['yes', 100],
]);
const target = { column: 'y', rareLevels: ['yes'] };

it('parity adds what is missing, and the weights bring the prevalence back', () => {
  const plan = amountPlan(y, target, { kind: 'parity' })!;
  expect(plan).toMatchObject({ added: 800, shareBefore: 0.1, shareAfter: 0.5 });
  const weighted = plan.classes.map(({ realRows, syntheticRows, weight }) => (realRows + syntheticRows) * weight);
  expect(weighted[1]! / (weighted[0]! + weighted[1]!)).toBeCloseTo(0.1, 12);
});

it('a share is reached in the augmented table', () => {
  expect(amountPlan(y, target, { kind: 'share', share: 0.25 })!.shareAfter).toBeCloseTo(0.25, 2);
});

it('adding none leaves every weight at 1', () => {
  const plan = amountPlan(y, target, { kind: 'rows', rows: 0 })!;
  expect(plan.added).toBe(0);
  expect(plan.classes.every(({ weight }) => weight === 1)).toBe(true);
});

it('has no plan without a usable target', () => {
  expect(amountPlan(undefined, target, { kind: 'parity' })).toBeNull();
  expect(amountPlan(y, { column: 'y', rareLevels: ['maybe'] }, { kind: 'parity' })).toBeNull();
  expect(amountPlan(y, { column: 'y', rareLevels: ['no', 'yes'] }, { kind: 'parity' })).toBeNull();
  expect(
    amountPlan(
      column(
        [
          ['a', 5],
          ['b', 3],
        ],
        70,
      ),
      { column: 'y', rareLevels: ['b'] },
      { kind: 'parity' },
    ),
  ).toBeNull();
});
