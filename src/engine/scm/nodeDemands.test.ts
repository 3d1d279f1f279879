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
  expect(nodeDemands(map, [], []).map(({ node, limits }) => [node, limits])).toEqual([
    ['y', [{ parent: 'cause', sign: '+', monotone: false, most: null }]],
    ['child', [{ parent: 'y', sign: null, monotone: true, most: null }]],
  ]);
  const own = {
    ...defaultNodeSettings('y'),
    limits: [{ parent: 'cause', sign: '-' as const, monotone: true, most: 2 }],
  };
  expect(nodeDemands(map, [own], [])[0]!.limits).toEqual(own.limits);
});

it('rules about an effect become one demand, before what is said of the arrow', () => {
  const rule = { id: 'r', reason: '', enabled: true, cause: 'cause', effect: 'y' };
  const rules = [
    { ...rule, kind: 'monotone' as const, direction: 'falls' as const },
    { ...rule, kind: 'bounded-effect' as const, most: 3 },
    { ...rule, kind: 'bounded-effect' as const, most: 1, enabled: false },
  ];
  expect(nodeDemands(map, [], rules)[0]!.limits).toEqual([{ parent: 'cause', sign: '-', monotone: true, most: 3 }]);
});

it('a node is learned within each class by an arrow from the target, unless it causes the target', () => {
  const { arrows, refused } = classArrows(map, [byClass('side'), byClass('child'), byClass('cause')], 'y');
  expect(arrows.map(({ from, to }) => [from, to])).toEqual([['y', 'side']]);
  expect(refused).toHaveLength(1);
  expect(refused[0]).toContain('"cause" cannot be learned within each class');
});
