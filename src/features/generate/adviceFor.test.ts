import { describe, expect, it } from 'vitest';
import { createEdge, createNode } from '../../engine/graph/causalMap';
import type { ColumnSummary } from '../../worker/api';
import { adviceFor } from './adviceFor';

const column = (name: string, kind: ColumnSummary['kind'], distinct: number) =>
  ({ name, kind, distinct }) as ColumnSummary;
const columns = [column('age', 'integer', 70), column('stage', 'nominal', 4), column('y', 'binary', 2)];
const map = {
  nodes: ['age', 'stage', 'y'].map((name) => createNode(name)),
  edges: [createEdge('age', 'y'), createEdge('stage', 'y')],
};
const facts = { map, target: 'y', columns, rareRows: 215, knownRows: 6000, refuted: 0, usesMap: true };

describe('adviceFor', () => {
  it('is content with many cases per parameter', () => {
    expect(adviceFor(facts)).toMatchObject([
      { level: 'info', text: expect.stringMatching(/215 rare rows for 5 parameters.*43 each/) },
    ]);
  });
  it.each([
    ['three rare rows', { rareRows: 3 }, /Only 3 rare rows/],
    ['few cases', { rareRows: 20 }, /too few/],
    ['thin cases', { rareRows: 40 }, /8\.0 each: thin/],
    ['nothing rare', { rareRows: 3000 }, /Do not augment: the rare class is 50 % of the rows/],
    ['plenty of rare rows', { rareRows: 1200, knownRows: 60_000 }, /Do not augment for prediction alone/],
    ['a refuted map', { refuted: 2 }, /disagree with 2 claims/],
    ['no arrows', { map: { ...map, edges: [] } }, /no arrows/],
    ['the target off the map', { map: { nodes: [], edges: [] } }, /not on the map/],
  ])('speaks of %s', (_, change, words) => {
    expect(adviceFor({ ...facts, ...change }).some(({ text }) => words.test(text))).toBe(true);
  });
  it('asks nothing of the map for a generator that does not use it', () => {
    expect(adviceFor({ ...facts, map: { nodes: [], edges: [] }, refuted: 3, usesMap: false })).toEqual([]);
  });
});
