import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { randomMap, threeSets } from '../testing/randomMap';
import { type CausalMap, createEdge, createNode } from './causalMap';
import { dagOf } from './dag';
import { isDSeparated } from './dSeparation';
import { projectLatents } from './projection';

const mapOf = (observed: string, latent: string, edges: CausalMap['edges']): CausalMap => ({
  nodes: [...observed]
    .map((name) => createNode(name))
    .concat([...latent].map((name) => createNode(name, { latent: true }))),
  edges,
});
const drawn = (map: CausalMap) => map.edges.map(({ from, to, kind }) => `${from} ${kind} ${to}`).sort();

it('turns a latent common cause into <->', () => {
  const map = mapOf('abc', 'u', [
    createEdge('u', 'a'),
    createEdge('u', 'b'),
    createEdge('u', 'c'),
    createEdge('a', 'b'),
  ]);
  expect(drawn(projectLatents(map))).toEqual(['a -> b', 'a <-> b', 'a <-> c', 'b <-> c']);
});
it('bridges a latent mediator', () => {
  const map = mapOf('abc', 'm', [createEdge('a', 'm'), createEdge('m', 'b'), createEdge('m', 'c')]);
  expect(drawn(projectLatents(map))).toEqual(['a -> b', 'a -> c', 'b <-> c']);
});
it('carries a <-> that ends in a latent node down to its observed effects', () => {
  const map = mapOf('ab', 'u', [createEdge('a', 'u', '<->'), createEdge('u', 'b')]);
  expect(drawn(projectLatents(map))).toEqual(['a <-> b']);
});
it('forgets a latent collider and keeps reasons', () => {
  const map = mapOf('ab', 'u', [
    createEdge('a', 'u'),
    createEdge('b', 'u'),
    createEdge('a', 'b', '->', { reason: 'trial 3' }),
  ]);
  expect(projectLatents(map).edges).toEqual([createEdge('a', 'b', '->', { reason: 'trial 3' })]);
});
it('returns a map without latent nodes as it is', () => {
  const map = mapOf('ab', '', [createEdge('a', 'b')]);
  expect(projectLatents(map)).toBe(map);
});
it('keeps every separation between observed sets', () => {
  fc.assert(
    fc.property(
      randomMap(8)
        .filter((map) => map.nodes.filter((node) => !node.latent).length >= 2)
        .chain((map) => fc.tuple(fc.constant(map), fc.array(threeSets(map, true), { minLength: 1, maxLength: 8 }))),
      ([map, queries]) => {
        const [before, after] = [dagOf(map), dagOf(projectLatents(map))];
        for (const { x, y, z } of queries) expect(isDSeparated(after, x, y, z)).toBe(isDSeparated(before, x, y, z));
      },
    ),
    { numRuns: 500 },
  );
});
