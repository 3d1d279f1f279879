import { expect, it } from 'vitest';
import { type CausalMap, createEdge, createNode } from './causalMap';
import { parseDagittyCode, writeDagittyCode } from './formats/dagittyCode';
import { redrawn } from './redrawn';

const map: CausalMap = {
  nodes: [
    createNode('a', { tag: 'confounder', tier: 1, note: 'asked twice', position: { x: 10, y: 20 } }),
    createNode('b', { sensitive: true, position: { x: 200, y: 20 } }),
    createNode('U', { latent: true }),
  ],
  edges: [
    createEdge('a', 'b', '->', { reason: 'a trial', sign: '+' }),
    createEdge('b', 'U', '<->', { reason: 'guess' }),
  ],
  comments: [{ id: 'comment 1', text: 'hm', position: { x: 0, y: 0 } }],
};

it('gives back the same map for its own text', () => {
  const back = redrawn(map, parseDagittyCode(writeDagittyCode(map)).map);
  expect(back.edges).toEqual(map.edges);
  expect(back.nodes.map(({ position: _, ...node }) => node)).toEqual(map.nodes.map(({ position: _, ...node }) => node));
  expect(back.comments).toEqual(map.comments);
});

it('forgets what is gone, keeps what stays, and takes what is new as it is written', () => {
  const back = redrawn(map, parseDagittyCode('dag { a -> b  b -> c  U [latent] }').map);
  expect(back.edges.map(({ from, to, reason }) => [from, to, reason])).toEqual([
    ['a', 'b', 'a trial'],
    ['b', 'c', ''],
  ]);
  expect(back.nodes.find(({ name }) => name === 'a')).toEqual(map.nodes[0]);
  expect(back.nodes.map(({ name }) => name).sort()).toEqual(['U', 'a', 'b', 'c']);
});
