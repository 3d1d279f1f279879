import { expect, it } from 'vitest';
import { createEdge, createNode } from './causalMap';
import { casesVerdict, recordedCauses, straightParameters } from './parameterCount';

const names = ['age', 'stage', 'hidden', 'y'];
const map = {
  nodes: names.map((name) => createNode(name)),
  edges: [
    createEdge('age', 'y'),
    createEdge('stage', 'y'),
    createEdge('hidden', 'y'),
    createEdge('age', 'stage', '<->'),
  ],
};

it('counts one parameter, one for a number and levels - 1 for a category, for causes that are recorded', () => {
  const causes = recordedCauses(map, 'y', (name) => name !== 'hidden');
  expect(causes).toEqual(['age', 'stage']);
  expect(straightParameters(causes, (name) => (name === 'stage' ? 4 : null))).toBe(1 + 1 + 3);
  expect(straightParameters([], () => null)).toBe(1);
});

it.each([
  [4.9, 'too-few'],
  [5, 'thin'],
  [10, 'enough'],
])('%d cases a parameter are %s', (share, verdict) => {
  expect(casesVerdict(share)).toBe(verdict);
});
