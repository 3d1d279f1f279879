import { readFileSync } from 'node:fs';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { randomMap } from '../testing/randomMap';
import { type CausalMap, createEdge, createNode } from './causalMap';
import { type Dag, dagOf } from './dag';
import { isDSeparated } from './dSeparation';
import { implications, oneImplicationPerPair, oneWithinClassPerPair, survivesBalancing } from './implications';
import { minimalSeparators, nearestSeparator } from './separators';

interface GoldenGraph {
  readonly id: string;
  readonly graph: { nodes: string[]; directed: [string, string][]; bidirected: [string, string][]; latent: string[] };
  readonly expected: {
    implications: { minimal: { x: string; y: string; z: string[] }[]; separablePairs: [string, string][] };
  };
}
interface GoldenNetwork {
  readonly id: string;
  readonly args: { nodes: string[]; edges: [string, string][] };
  readonly expected: { missing_edge_statements: { value: { x: string; y: string; z: string[] }[] } };
}
interface GoldenBalanced {
  readonly id: string;
  readonly graph: GoldenGraph['graph'];
  readonly outcome: string;
  readonly queries: { x: string; y: string; z: string[]; separatedPopulation: boolean; separatedBalanced: boolean }[];
}
const golden = (name: string) =>
  JSON.parse(readFileSync(new URL(`./golden/${name}.golden.json`, import.meta.url), 'utf8'));
const mapOf = (graph: {
  nodes: string[];
  directed: [string, string][];
  bidirected?: [string, string][];
  latent?: string[];
}): CausalMap => ({
  nodes: graph.nodes.map((name) => createNode(name, { latent: graph.latent?.includes(name) ?? false })),
  edges: [
    ...graph.directed.map(([from, to]) => createEdge(from, to)),
    ...(graph.bidirected ?? []).map(([from, to]) => createEdge(from, to, '<->')),
  ],
});
const asText = (statements: readonly { x: string; y: string; given: readonly string[] }[]) =>
  statements.map(({ x, y, given }) => `${[x, y].sort().join(' , ')} | ${[...given].sort().join(' , ')}`).sort();

describe.each(['named', 'random-dag', 'random-latent'])('%s', (file) => {
  it.each(golden(file) as GoldenGraph[])('missing-arrow list and separable pairs: $id', ({ graph, expected }) => {
    const dag = dagOf(mapOf(graph));
    const { statements, truncated } = implications(dag);
    const reference = expected.implications.minimal.map(({ x, y, z }) => ({
      x,
      y,
      given: z,
    }));
    expect(asText(statements)).toEqual(asText(reference));
    expect(truncated).toBe(false);

    const smallest = oneImplicationPerPair(dag);
    expect(smallest.map(({ x, y }) => [x, y].sort()).sort()).toEqual(
      expected.implications.separablePairs.map((pair) => [...pair].sort()).sort(),
    );
    for (const { x, y, given } of smallest) {
      const sizes = statements.filter((s) => s.x === x && s.y === y).map((s) => s.given.length);
      expect(given.length).toBe(Math.min(...sizes));
      expect(isDSeparated(dag, [x], [y], given)).toBe(true);
    }
  });
});

it.each(golden('causal-graph').cases as GoldenNetwork[])('missing-arrow list, networkx: $id', ({ args, expected }) => {
  const dag = dagOf(mapOf({ nodes: args.nodes, directed: args.edges }));
  const listed = new Set(asText(implications(dag).statements));
  for (const { x, y, z } of expected.missing_edge_statements.value)
    expect(isDSeparated(dag, [x], [y], z), `${x} ${y} ${z}`).toBe(true);
  expect(listed.size).toBeGreaterThan(0);
});

describe('class-balanced', () => {
  it.each(golden('class-balanced') as GoldenBalanced[])('$id', ({ graph, outcome, queries }) => {
    const dag = dagOf(mapOf(graph));
    for (const { x, y, z, separatedPopulation, separatedBalanced } of queries) {
      expect(isDSeparated(dag, [x], [y], z)).toBe(separatedPopulation);
      expect(survivesBalancing(dag, [x], [y], z, outcome)).toBe(separatedBalanced);
    }
  });
  it('equals the closed form on random maps', () => {
    fc.assert(
      fc.property(randomMap(7, { latent: false }), fc.nat(), (map, pick) => {
        const dag = dagOf(map);
        const target = map.nodes[pick % map.nodes.length]!.name;
        for (const { x, y, given, survivesBalancing: survives, withinClass } of implications(dag, target).statements) {
          const closedForm =
            [x, y, ...given].includes(target) ||
            isDSeparated(dag, [x], [target], given) ||
            isDSeparated(dag, [y], [target], given);
          expect(survives).toBe(closedForm);
          expect(withinClass).toBe(x !== target && y !== target && isDSeparated(dag, [x], [y], [...given, target]));
        }
      }),
      { numRuns: 300 },
    );
  });
});

/** Every subset of the candidates that separates and loses that with any member taken out. */
function minimalByBruteForce(dag: Dag, x: string, y: string, always: readonly string[] = []): string[][] {
  const candidates = dag.names.filter(
    (name, i) => !dag.latent[i] && name !== x && name !== y && !always.includes(name),
  );
  const separating = (mask: number) =>
    isDSeparated(dag, [x], [y], [...always, ...candidates.filter((_, i) => (mask >> i) & 1)]);
  const good: number[] = [];
  for (let mask = 0; mask < 1 << candidates.length; mask++)
    if (separating(mask) && !good.some((smaller) => (smaller & mask) === smaller)) good.push(mask);
  return good
    .filter((mask) => !good.some((other) => other !== mask && (other & mask) === other))
    .map((mask) => [...always, ...candidates.filter((_, i) => (mask >> i) & 1)].sort());
}

describe('separators', () => {
  it('lists exactly the minimal sets, each once', () => {
    fc.assert(
      fc.property(randomMap(7), (map) => {
        const dag = dagOf(map);
        const [x, y] = dag.names as [string, string];
        const listed = minimalSeparators(dag, x, y).map((set) => [...set].sort().join());
        expect(new Set(listed).size).toBe(listed.length);
        expect(listed.sort()).toEqual(
          minimalByBruteForce(dag, x, y)
            .map((set) => set.join())
            .sort(),
        );
        expect(nearestSeparator(dag, x, y)).toEqual(minimalSeparators(dag, x, y, 1)[0] ?? null);
      }),
      { numRuns: 400 },
    );
  });
  it('stays lazy where the sets are too many to list', () => {
    // Twenty parallel chains of two nodes: 2^20 minimal sets.
    const names = Array.from({ length: 20 }, (_, i) => [`a${i}`, `b${i}`] as const);
    const dag = dagOf(
      mapOf({
        nodes: ['x', 'y', ...names.flat()],
        directed: names.flatMap(([a, b]): [string, string][] => [
          ['x', a],
          [a, b],
          [b, 'y'],
        ]),
      }),
    );
    expect(minimalSeparators(dag, 'x', 'y', 50)).toHaveLength(50);
    expect(minimalSeparators(dag, 'x', 'y', 1)[0]!.every((name) => name.startsWith('a'))).toBe(true);
    expect(implications(dag, null, { perPair: 10, total: 30 })).toMatchObject({ truncated: true });
  });
});

describe('oneWithinClassPerPair', () => {
  it('finds the smallest set that separates with the target held, or none', () => {
    fc.assert(
      fc.property(randomMap(7), (map) => {
        const target = map.nodes.find((node) => !node.latent)?.name;
        fc.pre(target !== undefined);
        const dag = dagOf(map);
        const found = oneWithinClassPerPair(dag, target!);
        for (const x of dag.names)
          for (const y of dag.names) {
            const [i, j] = [dag.indexOf.get(x)!, dag.indexOf.get(y)!];
            if (i >= j || dag.latent[i] || dag.latent[j] || x === target || y === target) continue;
            const sizes = minimalByBruteForce(dag, x, y, [target!]).map((set) => set.length);
            const statement = found.find((s) => s.x === x && s.y === y);
            expect(statement?.given.length).toBe(sizes.length > 0 ? Math.min(...sizes) : undefined);
            if (statement) expect(statement).toMatchObject({ withinClass: true, survivesBalancing: true });
          }
      }),
      { numRuns: 150 },
    );
  });
  it('refuses a target that is latent or not drawn', () => {
    const dag = dagOf(mapOf({ nodes: ['a', 'b'], directed: [], latent: ['b'] }));
    expect(() => implications(dag, 'b')).toThrow(/marked as unrecorded/);
    expect(() => implications(dag, 'c')).toThrow(/no node for the target c/);
  });
});
