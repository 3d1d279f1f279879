import { readFileSync } from 'node:fs';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CausalMap, createEdge, createNode, emptyMap } from '../graph/causalMap';
import { dagOf } from '../graph/dag';
import { separated } from '../graph/dSeparation';
import { createRng } from '../rng';
import { silentTask } from '../task';
import { linearFrame, randomArrows } from '../testing/linearWorld';
import { randomMap } from '../testing/randomMap';
import { drawnMap } from '../testing/referenceMap';
import { boss } from './boss';
import { encodeColumns } from './encodedColumns';
import { essentialGraph } from './essentialGraph';
import { createIndependenceTest, type IndependenceTest } from './independence';
import { knowledgeOf } from './knowledge';
import { closeUnderMeekInPlace } from './meekRules';
import { areAdjacent, emptyGraph, hasArrow, isUndirected, leadsTo, type PartialGraph } from './partialGraph';
import { pcStable } from './pcStable';
import { type SufficientStatistics, sufficientStatistics } from './sufficientStatistics';

interface GoldenCase {
  readonly id: string;
  readonly graph: { readonly nodes: string[]; readonly directed: [string, string][] };
  readonly expected: {
    readonly cpdag: { readonly directed: [string, string][]; readonly undirected: [string, string][] };
  };
}
const golden: GoldenCase[] = JSON.parse(
  readFileSync(new URL('../graph/golden/random-dag.golden.json', import.meta.url), 'utf8'),
);

const namesOf = (map: CausalMap) => map.nodes.map(({ name }) => name);
const parentsOf = (map: CausalMap) => dagOf(map).parents;
/** Edges as sorted text, such as `a -> b` and `a - b`. */
const textOf = (graph: PartialGraph, names: readonly string[]): string[] => {
  const edges: string[] = [];
  names.forEach((a, i) => {
    names.forEach((b, j) => {
      if (hasArrow(graph, i, j)) edges.push(`${a} -> ${b}`);
      if (i < j && isUndirected(graph, i, j)) edges.push([a, b].sort().join(' - '));
    });
  });
  return edges.sort();
};
const hasCycle = (graph: PartialGraph) =>
  Array.from({ length: graph.size }, (_, a) => a).some((a) =>
    Array.from({ length: graph.size }, (_, b) => b).some((b) => hasArrow(graph, a, b) && leadsTo(graph, b, a)),
  );
/** A test that knows the truth. */
const oracle = (map: CausalMap): IndependenceTest => {
  const dag = dagOf(map);
  return (x, y, given) => (separated(dag, [x], [y], given) ? { pValue: 1, effect: 0 } : { pValue: 0, effect: 1 });
};
const goldenMap = ({ graph }: GoldenCase): CausalMap => ({
  nodes: graph.nodes.map((name) => createNode(name)),
  edges: graph.directed.map(([from, to]) => createEdge(from, to)),
});

describe('graphs of all maps with the same separations', () => {
  it.each(golden)('the essential graph agrees with the reference: $id', (one) => {
    const map = goldenMap(one);
    const graph = essentialGraph(parentsOf(map), knowledgeOf(emptyMap, namesOf(map)));
    expect(textOf(graph, namesOf(map))).toEqual(
      [
        ...one.expected.cpdag.directed.map(([a, b]) => `${a} -> ${b}`),
        ...one.expected.cpdag.undirected.map((pair) => [...pair].sort().join(' - ')),
      ].sort(),
    );
  });

  it.each(golden.filter(({ graph }) => graph.nodes.length <= 9))('PC with perfect tests finds it: $id', async (one) => {
    const map = goldenMap(one);
    const knowledge = knowledgeOf(emptyMap, namesOf(map));
    const found = await pcStable(oracle(map), knowledge, { alpha: 0.05, mostGiven: 9 }, silentTask);
    expect(textOf(found, namesOf(map))).toEqual(textOf(essentialGraph(parentsOf(map), knowledge), namesOf(map)));
  });

  it('PC with perfect tests under tiers orients what they say, and no edge against the truth', async () => {
    await fc.assert(
      fc.asyncProperty(randomMap(6, { latent: false, bidirected: false }), fc.nat(2), async (map, tiers) => {
        const dag = dagOf(map);
        const place = new Map(dag.order.map((node, i) => [dag.names[node]!, i]));
        const known: CausalMap = {
          ...map,
          nodes: map.nodes.map((node) => ({
            ...node,
            tier: Math.floor((place.get(node.name)! * (tiers + 1)) / map.nodes.length),
          })),
        };
        const knowledge = knowledgeOf(known, namesOf(map));
        const found = await pcStable(oracle(map), knowledge, { alpha: 0.05, mostGiven: 6 }, silentTask);
        expect(textOf(found, namesOf(map))).toEqual(textOf(essentialGraph(dag.parents, knowledge), namesOf(map)));
        dag.parents.forEach((list, child) => {
          for (const parent of list) {
            expect(found.edge[parent * found.size + child]).toBe(1);
            if (known.nodes[parent]!.tier !== known.nodes[child]!.tier)
              expect(hasArrow(found, parent, child)).toBe(true);
          }
        });
      }),
      { numRuns: 200 },
    );
  });

  it.each([
    ['rule 1', 'a>b b-c', 'a -> b,b -> c'],
    ['rule 1 needs an unjoined pair', 'a>b b-c a-c', 'a - c,a -> b,b - c'],
    ['rule 2', 'a>c c>b a-b', 'a -> b,a -> c,c -> b'],
    ['rule 3', 'a-b a-c a-d c>b d>b', 'a - c,a - d,a -> b,c -> b,d -> b'],
    ['rule 4', 'a-b a-c a-d c>d d>b', 'a - c,a - d,a -> b,c -> d,d -> b'],
  ])('Meek %s', (_, drawn, expected) => {
    const names = ['a', 'b', 'c', 'd'];
    const graph = emptyGraph(4);
    for (const edge of drawn.split(' ')) {
      const [x, y] = [names.indexOf(edge[0]!), names.indexOf(edge[2]!)];
      graph.edge[x * 4 + y] = 1;
      if (edge[1] === '-') graph.edge[y * 4 + x] = 1;
    }
    closeUnderMeekInPlace(graph);
    expect(textOf(graph, names).join()).toBe(expected);
  });
});

const statisticsOf = async (size: number, arrows: readonly [number, number, number][], rows: number, seed: number) => {
  const names = Array.from({ length: size }, (_, i) => `v${i}`);
  const frame = linearFrame(names, arrows, rows, seed);
  const encoded = await encodeColumns(frame, names, { scale: 'normal-scores', degree: 1 }, silentTask);
  return sufficientStatistics(encoded, null, silentTask);
};
const search = {
  boss: (statistics: SufficientStatistics, map: CausalMap, seed = 1) =>
    boss(
      statistics,
      knowledgeOf(map, statistics.names),
      { penalty: 2, starts: 3 },
      createRng(seed, 'test-search'),
      silentTask,
    ),
  'pc-stable': (statistics: SufficientStatistics, map: CausalMap) =>
    pcStable(
      createIndependenceTest(statistics),
      knowledgeOf(map, statistics.names),
      { alpha: 0.001, mostGiven: 4 },
      silentTask,
    ),
};
const methods = ['boss', 'pc-stable'] as const;

describe.each(methods)('%s on rows', (method) => {
  it.each([
    [
      'chain',
      [
        [0, 1, 0.8],
        [1, 2, 0.8],
      ],
      'v0 - v1,v1 - v2',
    ],
    [
      'fork',
      [
        [0, 1, 0.8],
        [0, 2, 0.8],
      ],
      'v0 - v1,v0 - v2',
    ],
    [
      'collider',
      [
        [0, 2, 0.8],
        [1, 2, 0.8],
      ],
      'v0 -> v2,v1 -> v2',
    ],
    [
      'collider with a tail',
      [
        [0, 2, 0.8],
        [1, 2, 0.8],
        [2, 3, 0.8],
      ],
      'v0 -> v2,v1 -> v2,v2 -> v3',
    ],
    [
      'diamond',
      [
        [0, 1, 0.8],
        [0, 2, 0.8],
        [1, 3, 0.7],
        [2, 3, 0.7],
      ],
      'v0 - v1,v0 - v2,v1 -> v3,v2 -> v3',
    ],
    ['nothing', [], ''],
  ] as [string, [number, number, number][], string][])('%s', async (_, arrows, expected) => {
    const size = 1 + Math.max(2, ...arrows.map(([, to]) => to));
    const statistics = await statisticsOf(size, arrows, 5000, 3);
    expect(textOf(await search[method](statistics, emptyMap), statistics.names).join()).toBe(expected);
  });

  it('finds random graphs of 8 nodes on 5,000 rows but for a few edges', async () => {
    let wrong = 0;
    let edges = 0;
    for (let seed = 0; seed < 20; seed++) {
      const arrows = randomArrows(8, 0.3, seed);
      const statistics = await statisticsOf(8, arrows, 5000, seed);
      const knowledge = knowledgeOf(emptyMap, statistics.names);
      const parents = statistics.names.map((_, node) => arrows.filter(([, to]) => to === node).map(([from]) => from));
      const truth = essentialGraph(parents, knowledge);
      const found = await search[method](statistics, emptyMap, seed);
      expect(hasCycle(found)).toBe(false);
      for (let a = 0; a < 8; a++)
        for (let b = a + 1; b < 8; b++) {
          const same = [a * 8 + b, b * 8 + a].every((cell) => found.edge[cell] === truth.edge[cell]);
          wrong += Number(!same);
          edges += Number(areAdjacent(truth, a, b));
        }
    }
    // Structural Hamming distance, summed over the twenty graphs.
    expect(wrong).toBeLessThan(0.15 * edges);
  });

  it('obeys tiers, certain and forbidden arrows, on rows that say nothing of them', async () => {
    const statistics = await statisticsOf(
      3,
      [
        [0, 1, 0.8],
        [1, 2, 0.8],
      ],
      3000,
      4,
    );
    const nodes = (tiers: readonly (number | null)[]) => tiers.map((tier, i) => createNode(`v${i}`, { tier }));
    const text = async (map: CausalMap) => textOf(await search[method](statistics, map), statistics.names).join();
    expect(await text({ nodes: nodes([2, 1, 0]), edges: [] })).toBe('v1 -> v0,v2 -> v1');
    expect(await text({ nodes: nodes([null, 1, 0]), edges: [] })).toBe('v1 -> v0,v2 -> v1');
    expect(await text({ nodes: nodes([null, null, 0]), edges: [] })).toBe('v0 - v1,v1 - v2');
    const certain = createEdge('v0', 'v1', '->', { confidence: 'certain' });
    expect(await text({ nodes: nodes([null, null, null]), edges: [certain] })).toBe('v0 -> v1,v1 -> v2');
    const far = createEdge('v0', 'v2', '->', { confidence: 'certain' });
    expect(await text({ nodes: nodes([null, null, null]), edges: [far] })).toContain('v0 -> v2');
    const forbidden = [
      { from: 'v0', to: 'v1' },
      { from: 'v1', to: 'v0' },
    ];
    expect(await text({ nodes: nodes([null, null, null]), edges: [], forbidden })).not.toMatch(/v0 -?>? ?-? v1/);
    expect(await text({ nodes: nodes([null, null, null]), edges: [], forbidden: forbidden.slice(0, 1) })).toContain(
      'v1 -> v0',
    );
  });

  it('never has a directed cycle, whatever the rows', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(10_000), fc.integer({ min: 40, max: 120 }), async (seed, rows) => {
        const statistics = await statisticsOf(6, randomArrows(6, 0.6, seed), rows, seed);
        const map = {
          nodes: statistics.names.map((name, i) => createNode(name, { tier: i % 3 ? null : i })),
          edges: [],
        };
        const found = await search[method](statistics, map, seed);
        expect(hasCycle(found)).toBe(false);
        expect(found.edge[3 * 6 + 0] === 1).toBe(false);
      }),
      { numRuns: 60 },
    );
  });

  it('stands copies and constants', async () => {
    const { names, ...frame } = { names: ['a', 'b', 'copy', 'one'], ...linearFrame(['a', 'b'], [[0, 1, 1]], 500, 1) };
    const [a, b] = frame.columns as [Float64Array, Float64Array];
    const wide = {
      ...frame,
      specs: names.map((name) => ({ ...frame.specs[0]!, name })),
      columns: [a, b, a.slice(), new Float64Array(500).fill(7)],
    };
    const encoded = await encodeColumns(wide, names, { scale: 'values', degree: 1 }, silentTask);
    const statistics = await sufficientStatistics(encoded, null, silentTask);
    const found = await search[method](statistics, emptyMap);
    expect(areAdjacent(found, 0, 2)).toBe(true);
    expect([0, 1, 2].some((other) => areAdjacent(found, other, 3))).toBe(false);
  });
});

describe('knowledge', () => {
  const certain = (map: CausalMap): CausalMap => ({
    ...map,
    edges: map.edges.map((edge) => ({ ...edge, confidence: 'certain' as const })),
  });

  it('runs through nodes without a column', () => {
    const { before, allowed } = knowledgeOf(certain(drawnMap('a -> (u) -> b')), ['b', 'a']);
    expect([before[1 * 2 + 0], allowed[0 * 2 + 1], allowed[1 * 2 + 0]]).toEqual([1, 0, 1]);
  });

  it('that contradicts itself is refused, by name', () => {
    const late: CausalMap = {
      nodes: [createNode('early', { tier: 0 }), createNode('late', { tier: 1 })],
      edges: [createEdge('late', 'early', '->', { confidence: 'certain' })],
    };
    expect(() => knowledgeOf(late, ['early', 'late'])).toThrow(/late -> early is certain, but tiers/);
    const both = { ...certain(drawnMap('a -> b')), forbidden: [{ from: 'a', to: 'b' }] };
    expect(() => knowledgeOf(both, ['a', 'b'])).toThrow(/both certain and forbidden/);
  });
});
