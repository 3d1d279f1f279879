import { describe, expect, it } from 'vitest';
import { type CausalMap, createEdge, createNode } from '../../engine/graph/causalMap';
import { arrowStrength, type CheckedMap, factsOf } from './mapFacts';

const map: CausalMap = {
  nodes: [createNode('treated'), createNode('crp', { tag: 'confounder' }), createNode('disease'), createNode('gene')],
  edges: [createEdge('treated', 'crp'), createEdge('crp', 'disease'), createEdge('gene', 'disease')],
};

describe('factsOf', () => {
  it('gives each node its role and says which tag contradicts it', () => {
    const { roles, conflicts, problem } = factsOf(map, 'treated', 'disease');
    expect(problem).toBeNull();
    expect(roles.get('crp')?.map(({ role }) => role)).toEqual(['mediator']);
    expect([...conflicts.keys()]).toEqual(['crp']);
    expect(conflicts.get('crp')).toMatch(/tagged crp as a confounder, but your arrows make it a mediator/);
  });

  it('says what is missing where the target is not on the map', () => {
    expect(factsOf(map, null, null).problem).toMatch(/Choose a target/);
    expect(factsOf(map, null, 'absent').roles.size).toBe(0);
  });

  it('answers about the map it is given, not the one before', () => {
    factsOf(map, 'treated', 'disease');
    const reversed = { ...map, edges: [createEdge('crp', 'treated'), createEdge('crp', 'disease')] };
    expect(factsOf(reversed, 'treated', 'disease').conflicts.size).toBe(0);
  });
});

describe('arrowStrength', () => {
  const arrow = (low: number, high: number) => ({
    from: 'crp',
    to: 'disease',
    effect: (low + high) / 2,
    low,
    high,
    rows: 99,
    verdict: 'seen' as const,
  });
  const checked = (low: number, high: number, isCurrent = true): CheckedMap => ({
    check: { arrows: [arrow(low, high)], independences: [] },
    map,
    isCurrent,
  });
  const edge = map.edges[1]!;

  it('outlives edits elsewhere, but not a new cause of its effect', () => {
    const elsewhere = { ...map, edges: [...map.edges, createEdge('gene', 'crp')] };
    const closer = { ...map, edges: [...map.edges, createEdge('treated', 'disease')] };
    expect(arrowStrength(checked(0.1, 0.2, false), elsewhere, edge)?.verdict).toBe('seen');
    expect(arrowStrength(checked(0.1, 0.2, false), closer, edge)).toBeNull();
  });

  it('is not told of a common cause or of an arrow that was never checked', () => {
    expect(arrowStrength(checked(0.1, 0.2), map, createEdge('crp', 'disease', '<->'))).toBeNull();
    expect(arrowStrength(checked(0.1, 0.2), map, createEdge('gene', 'disease'))).toBeNull();
    expect(arrowStrength(null, map, edge)).toBeNull();
  });
});
