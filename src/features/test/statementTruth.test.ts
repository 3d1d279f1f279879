import { expect, it } from 'vitest';
import { createEdge, createNode } from '../../engine/graph/causalMap';
import { statementTruth } from './statementTruth';

const world = {
  nodes: ['night', 'device', 'fraud'].map((name) => createNode(name)),
  edges: [createEdge('night', 'fraud'), createEdge('device', 'fraud')],
};
const statement = { id: 's', kind: 'independence' as const, x: 'night', y: 'device', given: [] };

it('tells independence in the population from what balancing by class opens', () => {
  const asked = { statement, givenUsed: [] as string[] };
  expect(statementTruth(world, { ...asked, comparison: 'weighted' })).toBe('independent');
  expect(statementTruth(world, { ...asked, givenUsed: ['fraud'], comparison: 'within-class' })).toBe('not separated');
  expect(statementTruth(world, { ...asked, comparison: 'unweighted' })).toBeNull();
  expect(statementTruth(world, { ...asked, givenUsed: ['hour'], comparison: 'weighted' })).toBeNull();
});
