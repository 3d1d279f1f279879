import { readFileSync } from 'node:fs';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nastyNames, randomMap } from '../testing/randomMap';
import { type CausalMap, createEdge, createNode } from './causalMap';
import { ancestors, cycleIfAdded, dagOf, descendants, findCycle } from './dag';
import { markovBlanket, moralEdges } from './moralGraph';

interface GoldenCase {
  readonly id: string;
  readonly graph: {
    readonly nodes: string[];
    readonly directed: [string, string][];
    readonly bidirected: [string, string][];
    readonly latent: string[];
  };
  readonly expected: {
    readonly ancestors: Record<string, string[]>;
    readonly descendants: Record<string, string[]>;
    readonly moralEdges: [string, string][];
  };
}
const golden = (name: string) =>
  JSON.parse(readFileSync(new URL(`./golden/${name}.golden.json`, import.meta.url), 'utf8'));
const mapOf = ({ nodes, directed, bidirected, latent }: GoldenCase['graph']): CausalMap => ({
  nodes: nodes.map((name) => createNode(name, { latent: latent.includes(name) })),
  edges: [
    ...directed.map(([from, to]) => createEdge(from, to)),
    ...bidirected.map(([from, to]) => createEdge(from, to, '<->')),
  ],
});
const chain = (...names: string[]): CausalMap => ({
  nodes: [...new Set(names)].map((name) => createNode(name)),
  edges: names.slice(1).map((name, i) => createEdge(names[i]!, name)),
});
const sortedPairs = (pairs: [string, string][]) => pairs.map((pair) => [...pair].sort().join('|')).sort();

describe.each(['named', 'random-dag', 'random-latent'])('%s', (file) => {
  it.each(golden(file) as GoldenCase[])('order, ancestors, descendants and moral graph: $id', ({ graph, expected }) => {
    const dag = dagOf(mapOf(graph));
    const place = new Map(dag.order.map((node, i) => [dag.names[node], i]));
    expect(place.size).toBe(graph.nodes.length);
    for (const [from, to] of graph.directed) expect(place.get(from)!).toBeLessThan(place.get(to)!);
    for (const name of graph.nodes) {
      expect(ancestors(dag, name).sort()).toEqual(expected.ancestors[name]);
      expect(descendants(dag, name).sort()).toEqual(expected.descendants[name]);
    }
    expect(sortedPairs(moralEdges(dag))).toEqual(sortedPairs(expected.moralEdges));
  });
});

it.each(
  golden('causal-graph').cases as {
    id: string;
    args: { nodes: string[]; edges: [string, string][] };
    expected: { markov_blanket: { value: Record<string, string[]> } };
  }[],
)('Markov blanket: $id', ({ args, expected }) => {
  const dag = dagOf(mapOf({ nodes: args.nodes, directed: args.edges, bidirected: [], latent: [] }));
  for (const name of args.nodes) expect(markovBlanket(dag, name).sort()).toEqual(expected.markov_blanket.value[name]);
});

describe('refusals', () => {
  const refusal = (map: CausalMap) => {
    try {
      dagOf(map);
    } catch (error) {
      return error as { code: string; message: string; detail: Record<string, unknown> };
    }
    throw new Error('the map was accepted');
  };

  it('names the cycle in words, from the first node drawn', () => {
    const error = refusal({ ...chain('z', 'c', 'a', 'b', 'c'), nodes: chain('a', 'b', 'c', 'z').nodes });
    expect(error.code).toBe('cycle');
    expect(error.message).toContain('a -> b -> c -> a');
    expect(error.detail.cycle).toEqual(['a', 'b', 'c', 'a']);
  });
  it('refuses duplicates, self loops, repeated edges, unknown ends and empty names', () => {
    expect(refusal({ nodes: [createNode('a'), createNode('a')], edges: [] })).toMatchObject({ code: 'duplicate-node' });
    expect(refusal({ nodes: [createNode('')], edges: [] })).toMatchObject({ code: 'bad-map' });
    expect(refusal(chain('a', 'a'))).toMatchObject({
      code: 'bad-map',
      message: 'edges[0] joins a to itself: remove it.',
    });
    expect(refusal({ ...chain('a', 'b'), edges: [createEdge('a', 'b'), createEdge('a', 'b')] }).message).toContain(
      'edges[1] repeats a -> b',
    );
    expect(
      refusal({ ...chain('a', 'b'), edges: [createEdge('a', 'b', '<->'), createEdge('b', 'a', '<->')] }).code,
    ).toBe('bad-map');
    expect(refusal({ nodes: [createNode('age')], edges: [createEdge('age', 'agee')] }).message).toContain(
      'edges[0].to: the map has no node agee',
    );
  });
  it('accepts an arrow and a common cause between the same two nodes', () => {
    const both = dagOf({ ...chain('a', 'b'), edges: [createEdge('a', 'b'), createEdge('a', 'b', '<->')] });
    expect(both.spouses[0]).toEqual([1]);
    expect(both.parents[1]).toEqual([0]);
  });
  it('takes any column name', () => {
    const dag = dagOf(chain(...nastyNames));
    expect(ancestors(dag, nastyNames.at(-1)!)).toEqual(nastyNames);
    expect(() => ancestors(dag, 'toString')).toThrow(/no node toString/);
  });
});

describe('cycleIfAdded', () => {
  it('gives the shortest cycle that the new arrow would close', () => {
    const map: CausalMap = {
      ...chain('a', 'b', 'c', 'd'),
      edges: [...chain('a', 'b', 'c', 'd').edges, createEdge('a', 'c')],
    };
    expect(cycleIfAdded(map, 'd', 'a')).toEqual(['d', 'a', 'c', 'd']);
    expect(cycleIfAdded(dagOf(map), 'd', 'a')).toEqual(['d', 'a', 'c', 'd']);
    expect(cycleIfAdded(map, 'a', 'd')).toBeNull();
    expect(cycleIfAdded(map, 'a', 'a')).toEqual(['a', 'a']);
    expect(cycleIfAdded(map, 'new', 'a')).toBeNull();
  });
  it('agrees with refusing the map that has the arrow', () => {
    fc.assert(
      fc.property(randomMap(7), fc.nat(), fc.nat(), (map, i, j) => {
        const from = map.nodes[i % map.nodes.length]!.name;
        const to = map.nodes[j % map.nodes.length]!.name;
        const cycle = cycleIfAdded(map, from, to);
        const extended = { ...map, edges: [...map.edges, createEdge(from, to)] };
        expect(cycle === null).toBe(findCycle(extended) === null);
        expect(cycleIfAdded(dagOf(map), from, to)).toEqual(cycle);
        if (!cycle || from === to) return;
        expect([cycle[0], cycle[1], cycle.at(-1)]).toEqual([from, to, from]);
        for (let k = 1; k < cycle.length - 1; k++)
          expect(map.edges).toContainEqual(createEdge(cycle[k]!, cycle[k + 1]!));
      }),
    );
  });
});
