import { describe, expect, it } from 'vitest';
import type { StatementResult, Verdict } from '../../engine/dependence/comparison';
import { filterPairs, pairResults, showAll, sortPairs } from './resultView';

const result = (id: string, verdict: Verdict, difference: number, kind: 'arrow' | 'independence' = 'arrow') =>
  ({
    statement: { id, kind, x: id, y: 'y', given: [] },
    comparison: 'within-class',
    verdict,
    difference,
  }) as unknown as StatementResult;
const mine = [result('a', 'kept', 0.01), result('b', 'kept', -0.02, 'independence'), result('c', 'cannot-tell', 0.1)];
const theirs = [result('a', 'damaged', 0.3), result('c', 'kept', 0), result('z', 'damaged', 1)];
const ids = (pairs: ReturnType<typeof pairResults>) => pairs.map(({ result: { statement } }) => statement.id);

it('pairs results by statement and comparison', () => {
  const pairs = pairResults(mine, theirs);
  expect(pairs.map(({ rival }) => rival?.verdict ?? null)).toEqual(['damaged', null, 'kept']);
  expect(pairResults(mine, null).every(({ rival }) => rival === null)).toBe(true);
});

describe('filterPairs', () => {
  const pairs = pairResults(mine, theirs);
  it('finds a verdict that either run got', () => {
    expect(ids(filterPairs(pairs, { ...showAll, verdict: 'damaged' }))).toEqual(['a']);
    expect(ids(filterPairs(pairs, { ...showAll, verdict: 'kept' }))).toEqual(['a', 'b', 'c']);
  });
  it('tells arrows from missing ones', () => {
    expect(ids(filterPairs(pairs, { ...showAll, kind: 'independence' }))).toEqual(['b']);
  });
});

describe('sortPairs', () => {
  const pairs = pairResults(mine, theirs);
  it('puts damage first, whichever run did it', () => {
    expect(ids(sortPairs(pairs, { key: 'verdict', isDescending: false }))).toEqual(['a', 'c', 'b']);
  });
  it('sorts by the larger change of the two runs, either way', () => {
    expect(ids(sortPairs(pairs, { key: 'change', isDescending: true }))).toEqual(['a', 'c', 'b']);
    expect(ids(sortPairs(pairs, { key: 'change', isDescending: false }))).toEqual(['b', 'c', 'a']);
  });
  it('does not depend on the order it is given', () => {
    expect(ids(sortPairs(pairs.toReversed(), { key: 'statement', isDescending: false }))).toEqual(['a', 'b', 'c']);
  });
});
