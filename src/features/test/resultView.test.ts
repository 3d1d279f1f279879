import { expect, it } from 'vitest';
import type { StatementResult, Verdict } from '../../engine/dependence/comparison';
import { sortResults } from './resultView';

const result = (id: string, verdict: Verdict, difference: number): StatementResult => ({
  statement: { id, kind: 'arrow', x: 'a', y: 'b', given: [] },
  comparison: 'weighted',
  givenUsed: [],
  before: 0,
  beforeInterval: { low: 0, high: 0 },
  after: 0,
  afterInterval: { low: 0, high: 0 },
  difference,
  differenceInterval: { low: 0, high: 0 },
  margin: 0.1,
  verdict,
  rowsNeeded: null,
  realRows: 1,
  syntheticRows: 1,
  pValueBefore: 1,
  sentence: '',
});
const all = [
  result('a', 'kept', 0.02),
  result('b', 'damaged', -0.3),
  result('c', 'cannot-tell', 0.5),
  result('d', 'damaged', 0.4),
];

it('shows what is damaged first, the largest change at the top', () => {
  expect(sortResults(all, 'verdict').map(({ statement }) => statement.id)).toEqual(['d', 'b', 'c', 'a']);
});

it('sorts by size of change, whatever its sign', () => {
  expect(sortResults(all, 'change').map(({ statement }) => statement.id)).toEqual(['c', 'd', 'b', 'a']);
});
