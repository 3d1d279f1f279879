import { expect, it } from 'vitest';
import { createNode } from '../../engine/graph/causalMap';
import { aligned } from './align';

const map = {
  nodes: [
    createNode('a', { position: { x: 10, y: 5 } }),
    createNode('b', { position: { x: 100, y: 60 } }),
    createNode('c', { position: { x: 310, y: 20 } }),
    createNode('apart', { position: { x: -50, y: -50 } }),
  ],
  edges: [],
};
const chosen = ['a', 'b', 'c'];

it('puts the chosen nodes on one line and leaves the others', () => {
  expect([...aligned(map, chosen, 'left').values()].map(({ x }) => x)).toEqual([10, 10, 10]);
  expect([...aligned(map, chosen, 'top').values()].map(({ y }) => y)).toEqual([5, 5, 5]);
  expect(aligned(map, chosen, 'left').get('b')).toEqual({ x: 10, y: 60 });
  expect(aligned(map, chosen, 'left').has('apart')).toBe(false);
});

it('spreads them evenly between the outermost two', () => {
  expect(aligned(map, chosen, 'row').get('b')).toEqual({ x: 160, y: 60 });
  expect(aligned(map, chosen, 'column').get('c')).toEqual({ x: 310, y: 33 });
});

it('has nothing to do for one node', () => {
  expect(aligned(map, ['a'], 'row').size).toBe(0);
});
