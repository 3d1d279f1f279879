import { expect, it } from 'vitest';
import { createEdge, createNode } from '../graph/causalMap';
import { defaultNodeSettings } from '../project/nodeSettings';
import { classArrows, nodeDemands } from './nodeDemands';

const map = {
  nodes: ['cause', 'y', 'child', 'side'].map((name) => createNode(name)),
  edges: [
    createEdge('cause', 'y', '->', { sign: '+' }),
    createEdge('y', 'child', '->', { monotone: true }),
    createEdge('cause', 'side'),
  ],
};
const byClass = (node: string) => ({ ...defaultNodeSettings(node), byClass: true });

it('signs and monotone flags of arrows become demands; a setting of the same arrow is taken instead', () => {
  expect(nodeDemands(map, []).map(({ node, limits }) => [node, limits])).toEqual([
    ['y', [{ parent: 'cause', sign: '+', monotone: false, most: null }]],
    ['child', [{ parent: 'y', sign: null, monotone: true, most: null }]],
  ]);
  const own = {
    ...defaultNodeSettings('y'),
    limits: [{ parent: 'cause', sign: '-' as const, monotone: true, most: 2 }],
  };
  expect(nodeDemands(map, [own])[0]!.limits).toEqual(own.limits);
});

it('a node is learned within each class by an arrow from the target, unless it causes the target', () => {
  const { arrows, refused } = classArrows(map, [byClass('side'), byClass('child'), byClass('cause')], 'y');
  expect(arrows.map(({ from, to }) => [from, to])).toEqual([['y', 'side']]);
  expect(refused).toHaveLength(1);
  expect(refused[0]).toContain('"cause" cannot be learned within each class');
});
