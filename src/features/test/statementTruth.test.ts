import { expect, it } from 'vitest';
import type { StatementResult } from '../../engine/dependence/comparison';
import { createEdge, createNode } from '../../engine/graph/causalMap';
import { pathTruth, statementTruth, truthPlace } from './statementTruth';

const world = {
  nodes: ['night', 'device', 'fraud'].map((name) => createNode(name)),
  edges: [createEdge('night', 'fraud'), createEdge('device', 'fraud')],
};
const strengths = [
  { x: 'night', y: 'device', given: [], all: 0, rare: -0.2, hasSign: true },
  { x: 'night', y: 'fraud', given: ['device'], all: 0.3, rare: null, hasSign: true },
];
const truthOf = (asked: Parameters<typeof statementTruth>[3]) => statementTruth(world, strengths, 'fraud', asked);
const statement = { id: 's', kind: 'independence' as const, x: 'night', y: 'device', given: [] };

it('tells independence in the population from what balancing by class opens', () => {
  const asked = { statement, givenUsed: [] as string[] };
  expect(truthOf({ ...asked, comparison: 'weighted' })).toMatchObject({ isIndependent: true, effect: 0 });
  const inClass = truthOf({ ...asked, givenUsed: ['fraud'], comparison: 'within-class' });
  expect(inClass).toEqual({ isIndependent: false, effect: -0.2, hasSign: true });
  expect(truthOf({ ...asked, comparison: 'unweighted' })).toBeNull();
  expect(truthOf({ ...asked, givenUsed: ['hour'], comparison: 'weighted' })).toBeNull();
});

it('knows the strength of an arrow only given what the world gives', () => {
  const arrow = { ...statement, kind: 'arrow' as const, x: 'night', y: 'fraud' };
  expect(truthOf({ statement: arrow, givenUsed: ['device'], comparison: 'weighted' })?.effect).toBe(0.3);
  expect(truthOf({ statement: arrow, givenUsed: [], comparison: 'weighted' })?.effect).toBeNull();
});

it('multiplies along a path, and says nothing where a part is not known', () => {
  const result = (from: string, to: string, givenUsed: readonly string[]) =>
    ({ statement: { ...statement, kind: 'arrow', x: from, y: to }, givenUsed, comparison: 'weighted' }) as never;
  const results: readonly StatementResult[] = [result('night', 'fraud', ['device'])];
  expect(pathTruth(world, strengths, 'fraud', results, ['night', 'fraud'])).toBe(0.3);
  expect(pathTruth(world, strengths, 'fraud', results, ['night', 'device', 'fraud'])).toBeNull();
});

it('turns the mark with the axis, and keeps it on it', () => {
  const truth = { isIndependent: false, effect: -0.2, hasSign: true };
  expect([truthPlace(truth, -0.5), truthPlace(truth, 0.5), truthPlace(truth, null)]).toEqual([0.2, 0, 0.2]);
});
