import { describe, expect, it } from 'vitest';
import { createNode } from './causalMap';
import { laneStarts, lanesFor, tierAt } from './lanes';
import { againstTime } from './refusal';

describe('lanes', () => {
  const lanes = [
    { name: 'Before', width: 100 },
    { name: 'After', width: 300 },
  ];

  it('are one for each tier in use, three at least', () => {
    expect(lanesFor({ nodes: [], edges: [] })).toHaveLength(3);
    expect(lanesFor({ nodes: [createNode('a', { tier: 4 })], edges: [] })).toHaveLength(5);
  });

  it('say which tier a place belongs to', () => {
    expect(laneStarts(lanes)).toEqual([0, 100, 400]);
    expect([-1, 0, 99, 100, 399, 2000].map((x) => tierAt(lanes, x))).toEqual([null, 0, 0, 1, 1, 1]);
    expect(tierAt([], 10)).toBeNull();
  });

  it('lend their names to the reason why an arrow is refused', () => {
    const nodes = [createNode('a', { tier: 0 }), createNode('b', { tier: 1 })];
    expect(againstTime({ nodes, edges: [], lanes }, 'b', 'a')).toBe(
      'b → a would point back in time: b is of lane "After", a of lane "Before".',
    );
    expect(againstTime({ nodes, edges: [] }, 'b', 'a')).toMatch(/b is of tier 1, a of tier 0/);
  });
});
