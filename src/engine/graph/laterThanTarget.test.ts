import { expect, it } from 'vitest';
import { type CausalMap, createNode } from './causalMap';
import { laterThanTarget } from './laterThanTarget';

const map: CausalMap = {
  nodes: [
    createNode('age', { tier: 0 }),
    createNode('sick', { tier: 1 }),
    createNode('stay', { tier: 2 }),
    createNode('hidden', { tier: 2, latent: true }),
    createNode('undated'),
  ],
  edges: [],
};

it('names what the tiers put after the target, and only that', () => {
  expect(laterThanTarget(map, 'sick')).toMatch(/^By the map "stay" \(tier 2\) comes after "sick" \(tier 1\)/);
  expect(laterThanTarget(map, 'age')).toMatch(/"sick" .*"stay" .* come after "age"/);
  expect(laterThanTarget(map, 'stay')).toBeNull();
  expect(laterThanTarget(map, 'undated')).toBeNull();
});
