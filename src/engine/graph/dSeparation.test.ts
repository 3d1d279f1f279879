import { readFileSync } from 'node:fs';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { randomMap, threeSets } from '../testing/randomMap';
import { type CausalMap, createEdge, createNode } from './causalMap';
import { dagOf, nodeIndex } from './dag';
import { findOpenPath, isDSeparated } from './dSeparation';
import { ancestralMoralGraph, takeOutInPlace } from './moralGraph';

interface Query {
  readonly x: string[];
  readonly y: string[];
  readonly z: string[];
  readonly separated: boolean;
}
interface BenchQuery {
  readonly x: string;
  readonly y: string;
  readonly z: string[];
  readonly separated: boolean;
}
interface GoldenGraph {
  readonly id: string;
  readonly graph: { nodes: string[]; directed: [string, string][]; bidirected: [string, string][] };
  readonly expected: { dsep: Query[] };
}
interface GoldenNetwork {
  readonly id: string;
  readonly args: { nodes: string[]; edges: [string, string][] };
  readonly expected: { d_separation: { value: BenchQuery[] } };
}
const golden = (name: string) =>
  JSON.parse(readFileSync(new URL(`./golden/${name}.golden.json`, import.meta.url), 'utf8'));
const mapOf = (nodes: string[], directed: [string, string][], bidirected: [string, string][] = []): CausalMap => ({
  nodes: nodes.map((name) => createNode(name)),
  edges: [
    ...directed.map(([from, to]) => createEdge(from, to)),
    ...bidirected.map(([from, to]) => createEdge(from, to, '<->')),
  ],
});
/** 'x -> m <- y; m <-> w' */
const drawn = (text: string): CausalMap => {
  const edges = text.split(';').flatMap((part) => {
    const words = part.trim().split(' ');
    return words.slice(2).flatMap((to, i) => {
      if (i % 2 === 1) return [];
      const [from, arrow] = [words[i]!, words[i + 1]!];
      return [arrow === '<-' ? createEdge(to, from) : createEdge(from, to, arrow as '->' | '<->')];
    });
  });
  return { nodes: [...new Set(edges.flatMap(({ from, to }) => [from, to]))].map((name) => createNode(name)), edges };
};

describe.each(['named', 'random-dag', 'random-latent'])('%s', (file) => {
  it.each(golden(file) as GoldenGraph[])('every separation statement: $id', ({ graph, expected }) => {
    const dag = dagOf(mapOf(graph.nodes, graph.directed, graph.bidirected));
    for (const { x, y, z, separated } of expected.dsep) {
      expect(isDSeparated(dag, x, y, z), `${x} | ${y} given ${z}`).toBe(separated);
      expect(findOpenPath(dag, x, y, z) === null).toBe(separated);
    }
  });
});

it.each(golden('causal-graph').cases as GoldenNetwork[])('separation, networkx: $id', ({ args, expected }) => {
  const dag = dagOf(mapOf(args.nodes, args.edges));
  for (const { x, y, z, separated } of expected.d_separation.value)
    expect(isDSeparated(dag, [x], [y], z)).toBe(separated);
});

it.each(
  golden('bench-graphs') as { id: string; nodes: string[]; directed: [string, string][]; queries: BenchQuery[] }[],
)('200 statements on a large map: $id', ({ nodes, directed, queries }) => {
  const dag = dagOf(mapOf(nodes, directed));
  for (const { x, y, z, separated } of queries) expect(isDSeparated(dag, [x], [y], z)).toBe(separated);
});

it.each([
  ['x -> m <- y', 'm', false],
  ['x -> m <- y', '', true],
  ['x -> m -> y', 'm', true],
  ['x -> m <- y; m -> d', 'd', false],
  ['x <-> m <-> y', '', true],
  ['x <-> m <-> y', 'm', false],
  ['x <-> m -> y', 'm', true],
])('%s given {%s}: separated %s', (text, given, expected) => {
  expect(isDSeparated(dagOf(drawn(text)), ['x'], ['y'], given ? [given] : [])).toBe(expected);
});

describe('sets that meet', () => {
  const dag = dagOf(drawn('x -> y; x -> w'));
  it('treats a conditioned node as constant, a shared node as dependent, an empty set as separated', () => {
    expect(isDSeparated(dag, ['x'], ['y'], ['x'])).toBe(true);
    expect(isDSeparated(dag, ['x', 'w'], ['w'], [])).toBe(false);
    expect(isDSeparated(dag, ['x', 'w'], ['w'], ['w'])).toBe(true);
    expect(isDSeparated(dag, [], ['w'], [])).toBe(true);
  });
  it('names an unknown node', () => {
    expect(() => isDSeparated(dag, ['x'], ['nobody'], [])).toThrow(/no node nobody; its nodes are x, y, w/);
  });
});

describe('findOpenPath', () => {
  it('says who opened each collider', () => {
    const path = findOpenPath(dagOf(drawn('x -> m <- y; m -> d -> e')), ['x'], ['y'], ['e'])!;
    expect(path.text).toBe('x -> m <- y');
    expect(path.colliders).toMatchObject([{ node: 'm', openedBy: 'e', via: { text: 'm -> d -> e' } }]);
  });
  it('prefers the arrow that is open when a pair has both kinds of edge', () => {
    const path = findOpenPath(dagOf(drawn('x -> m; m -> y; m <-> y')), ['x'], ['y'], ['m'])!;
    expect(path.text).toBe('x -> m <-> y');
    expect(findOpenPath(dagOf(drawn('x -> m; m -> y; m <-> y')), ['x'], ['y'], [])!.text).toBe('x -> m -> y');
  });
  it('always gives a drawn, simple path that is open by the definition', () => {
    fc.assert(
      fc.property(
        randomMap(7).chain((map) => fc.tuple(fc.constant(map), threeSets(map))),
        ([map, { x, y, z }]) => {
          const dag = dagOf(map);
          const path = findOpenPath(dag, x, y, z);
          expect(path === null).toBe(isDSeparated(dag, x, y, z));
          if (!path) return;
          expect(new Set(path.nodes).size).toBe(path.nodes.length);
          expect(x).toContain(path.nodes[0]);
          expect(y).toContain(path.nodes.at(-1));
          path.arrows.forEach((arrow, i) => {
            const [a, b] = [path.nodes[i]!, path.nodes[i + 1]!];
            const found = map.edges.some(({ from, to, kind }) =>
              arrow === '<->'
                ? kind === '<->' && ((from === a && to === b) || (from === b && to === a))
                : kind === '->' && (arrow === '->' ? from === a && to === b : from === b && to === a),
            );
            expect(found).toBe(true);
          });
          const colliders = new Map(path.colliders.map((collider) => [collider.node, collider]));
          path.nodes.slice(1, -1).forEach((node, i) => {
            const isCollider = path.arrows[i] !== '<-' && path.arrows[i + 1] !== '->';
            expect(colliders.has(node)).toBe(isCollider);
            if (!isCollider) expect(z).not.toContain(node);
            else expect(z).toContain(colliders.get(node)!.openedBy);
          });
        },
      ),
      { numRuns: 500 },
    );
  });
});

describe('laws', () => {
  const scene = randomMap(8).chain((map) => fc.tuple(fc.constant(dagOf(map)), threeSets(map)));
  it('is symmetric', () => {
    fc.assert(
      fc.property(scene, ([dag, { x, y, z }]) => {
        expect(isDSeparated(dag, x, y, z)).toBe(isDSeparated(dag, y, x, z));
      }),
    );
  });
  it('decomposes, and keeps what moves into the conditioning set (weak union)', () => {
    fc.assert(
      fc.property(scene, ([dag, { x, y, z }]) => {
        fc.pre(isDSeparated(dag, x, y, z));
        for (const part of y) {
          const rest = y.filter((name) => name !== part);
          expect(isDSeparated(dag, x, [part], z)).toBe(true);
          expect(isDSeparated(dag, x, [part], [...z, ...rest])).toBe(true);
        }
      }),
      { numRuns: 300 },
    );
  });
  it('agrees with cutting the moral graph of the ancestors', () => {
    fc.assert(
      fc.property(scene, ([dag, { x, y, z }]) => {
        const [xs, ys, zs] = [x, y, z].map((names) => names.map((name) => nodeIndex(dag, name)));
        const graph = ancestralMoralGraph(dag, [...xs!, ...ys!, ...zs!]);
        for (const node of zs!) takeOutInPlace(graph, node, false);
        const found = new Set(xs);
        for (const node of found)
          for (let k = 0; k < graph.size; k++)
            if ((graph.rows[node * graph.words + (k >>> 5)]! >>> (k & 31)) & 1) found.add(k);
        expect(isDSeparated(dag, x, y, z)).toBe(!ys!.some((node) => found.has(node)));
      }),
      { numRuns: 500 },
    );
  });
});
