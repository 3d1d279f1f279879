import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Frame } from '../data/frame';
import { type CausalMap, createEdge, createNode } from '../graph/causalMap';
import { dagOf } from '../graph/dag';
import { separated } from '../graph/dSeparation';
import { createRng, shuffleInPlace } from '../rng';
import { silentTask } from '../task';
import { linearFrame, randomArrows } from '../testing/linearWorld';
import { randomMap } from '../testing/randomMap';
import { drawnMap } from '../testing/referenceMap';
import { rareDisease } from '../worlds/rareDisease';
import { mapOf, simulateWorld } from '../worlds/simulate';
import { type FalsificationOptions, falsifyMap } from './falsifyMap';
import { relabellings } from './relabellings';
import { claimsOf } from './statements';
import { judge } from './verdict';

const falsify = (frame: Frame, map: CausalMap, options: Partial<FalsificationOptions> = {}) =>
  falsifyMap(frame, map, { permutations: 200, ...options }, silentTask);
const demoMap = mapOf(rareDisease);

/** The map with its names dealt out anew, at the same places. */
function shuffled(map: CausalMap, seed: number): CausalMap {
  const names = map.nodes.map(({ name }) => name);
  const order = shuffleInPlace(
    Int32Array.from(names, (_, i) => i),
    createRng(seed, 'test-shuffle'),
  );
  const nameOf = new Map(names.map((name, i) => [name, names[order[i]!]!]));
  return { ...map, edges: map.edges.map(({ from, to }) => createEdge(nameOf.get(from)!, nameOf.get(to)!)) };
}

describe('verdicts', () => {
  it.each([500, 6000])('the true map of the demo world is supported on %d rows', async (rows) => {
    const found = await falsify(simulateWorld(rareDisease, rows, 5), demoMap);
    expect(found).toMatchObject({ verdict: 'supported', why: null, permutations: 200, rows });
    expect(found.violated).toBeLessThan(0.1);
    expect(found.shareAsGood).toBeLessThan(0.02);
    expect(found.statements).toHaveLength(44);
    expect(found.text).toMatch(
      /^The data support the map against chance: \d+ of 44 independences that the map claims are violated, and only/,
    );
  });

  it.each([1, 2, 3, 4, 5])('with its names shuffled it is refuted (%d)', async (seed) => {
    const found = await falsify(simulateWorld(rareDisease, 2000, 5), shuffled(demoMap, seed));
    expect(found.verdict).toBe('refuted');
    expect(found.violated).toBeGreaterThan(0.2);
  });

  it.each([17, 20, 24])(
    'a map with causes and effects exchanged is refuted, its original supported (%d)',
    async (seed) => {
      const columns = Array.from({ length: 8 }, (_, i) => `v${i}`);
      const arrows = randomArrows(8, 0.35, seed);
      const frame = linearFrame(columns, arrows, 1000, seed);
      const nodes = columns.map((name) => createNode(name));
      const drawn = { nodes, edges: arrows.map(([from, to]) => createEdge(columns[from]!, columns[to]!)) };
      const turned = { nodes, edges: drawn.edges.map(({ from, to }) => createEdge(to, from)) };
      expect((await falsify(frame, drawn)).verdict).toBe('supported');
      expect((await falsify(frame, turned)).verdict).toBe('refuted');
    },
  );

  it('a map without a missing arrow has nothing to test', async () => {
    const frame = linearFrame(['a', 'b', 'c'], [], 500, 1);
    const found = await falsify(frame, drawnMap('a -> b -> c; a -> c'));
    expect(found).toMatchObject({ verdict: 'cannot-tell', why: 'nothing-to-test', statements: [], permutations: 0 });
    expect(found.text).toBe(
      'The data cannot tell: the map claims no independence among its columns, so that any data fit it.',
    );
  });

  it('too few rows, or rows with too many missing cells, cannot tell', async () => {
    expect(await falsify(simulateWorld(rareDisease, 25, 1), demoMap)).toMatchObject({ why: 'too-few-rows' });
    const frame = simulateWorld(rareDisease, 500, 1);
    const columns = frame.columns.map((column) => column.slice());
    columns[0]!.fill(Number.NaN, 20);
    expect(await falsify({ ...frame, columns }, demoMap)).toMatchObject({
      verdict: 'cannot-tell',
      why: 'too-few-rows',
    });
  });

  it('a map that most relabellings repeat cannot be told from them', async () => {
    const frame = linearFrame(
      ['a', 'b', 'c'],
      [
        [0, 1, 1],
        [1, 2, 1],
      ],
      1000,
      1,
    );
    const found = await falsify(frame, drawnMap('a -> b -> c'));
    // Of six orders of the names two claim a independent of c given b, and the data agree with those alone.
    expect(found).toMatchObject({ verdict: 'cannot-tell', why: 'not-informative', permutations: 5 });
    expect(found.shareSameClaims).toBeCloseTo(2 / 6, 12);
    expect(found.shareAsGood).toBeCloseTo(2 / 6, 12);
  });

  it('columns that have nothing to do with each other fit every map', async () => {
    const columns = ['a', 'b', 'c', 'd', 'e', 'f'];
    const found = await falsify(linearFrame(columns, [], 300, 3), drawnMap('a -> b -> c -> d; b -> e; a -> f'));
    expect(found).toMatchObject({ verdict: 'cannot-tell', why: 'no-contrast' });
  });

  it('many rows do not make a trace of dependence a violation', async () => {
    const columns = ['a', 'b', 'c', 'd', 'e', 'f'];
    const chain: [number, number, number][] = [
      [0, 1, 1],
      [1, 2, 1],
      [2, 3, 1],
      [3, 4, 1],
      [4, 5, 1],
    ];
    const found = await falsify(
      linearFrame(columns, [...chain, [0, 2, 0.05]], 20_000, 1),
      drawnMap('a -> b -> c -> d -> e -> f'),
    );
    expect(found.statements.find(({ x, y }) => x === 'a' && y === 'c')!.pValue).toBeLessThan(0.01);
    expect(found).toMatchObject({ verdict: 'supported', violated: 0 });
  });

  it('says so where a supported map has violations beyond chance', () => {
    const standing = {
      statements: 20,
      violated: 1,
      isBeyondChance: true,
      shareAsGood: 0.01,
      shareSameClaims: 0.001,
      relabelled: 999,
      alpha: 0.05,
    };
    expect(judge(standing).text).toBe(
      'The data support the map against chance: 1 of 20 independences that the map claims is violated, and only 1.0 % of 999 maps with the names dealt out at random are violated as little. Yet some violations are more than chance makes: look at these first.',
    );
    expect(judge({ ...standing, shareAsGood: 0.2 }).verdict).toBe('refuted');
    expect(judge({ ...standing, shareAsGood: 0.2, isBeyondChance: false }).why).toBe('no-contrast');
    expect(judge({ ...standing, statements: 0 }).why).toBe('too-few-rows');
  });
});

describe('claims', () => {
  it('are true by d-separation in the map with its unrecorded nodes', () => {
    fc.assert(
      fc.property(randomMap(7), (map) => {
        const dag = dagOf(map);
        const columns = map.nodes.filter(({ latent }) => !latent).map(({ name }) => name);
        const at = (i: number) => dag.indexOf.get(columns[i]!)!;
        const { statements, claims } = claimsOf(map, columns);
        for (const statement of statements) {
          expect(separated(dag, [at(statement.x)], [at(statement.y)], statement.given.map(at))).toBe(true);
          expect(claims(statement)).toBe(true);
        }
      }),
      { numRuns: 200 },
    );
  });

  it('hold nothing fixed that has no column', () => {
    // Given u, x and y are independent; without u nothing separates them.
    const map = drawnMap('x <- u -> y; x -> z');
    expect(claimsOf(map, ['x', 'y', 'z', 'u']).statements).toHaveLength(3);
    expect(claimsOf(map, ['x', 'y', 'z']).statements).toEqual([{ x: 1, y: 2, given: [0] }]);
    expect(claimsOf(drawnMap('x <-> y; x -> z'), ['x', 'y', 'z']).statements).toEqual([{ x: 1, y: 2, given: [0] }]);
  });

  it('a common cause without a column does not count against the map', async () => {
    const columns = ['u', 'x', 'y', 'z', 'w', 'v'];
    const frame = linearFrame(
      columns,
      [
        [0, 1, 1],
        [0, 2, 1],
        [1, 3, 1],
        [2, 4, 1],
        [3, 5, 1],
      ],
      2000,
      1,
    );
    const map = drawnMap('(h) -> x -> z -> v; (h) -> y -> w');
    const seen = { ...frame, specs: frame.specs.slice(1), columns: frame.columns.slice(1) };
    expect(await falsify(seen, map)).toMatchObject({ verdict: 'supported', violated: 0 });
  });
});

describe('relabelled maps', () => {
  it('are all others where they are few, and random where they are many', () => {
    const all = relabellings(4, 100, createRng(1, 'test'));
    expect(all).toMatchObject({ isComplete: true });
    expect(new Set(all.each.map(String)).size).toBe(23);
    expect(all.each.map(String)).not.toContain('0,1,2,3');
    const some = relabellings(10, 50, createRng(1, 'test'));
    expect(some).toMatchObject({ isComplete: false });
    for (const names of some.each) expect([...names].sort((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  });

  it('the same seed gives the same answer, and cancelling is heard', async () => {
    const frame = simulateWorld(rareDisease, 300, 2);
    const first = await falsify(frame, demoMap, { seed: 3 });
    expect(await falsify(frame, demoMap, { seed: 3 })).toEqual(first);
    expect((await falsify(frame, demoMap, { seed: 4 })).violatedByRelabelled).not.toEqual(first.violatedByRelabelled);
    const stopped = falsifyMap(frame, demoMap, {}, { checkpoint: () => Promise.reject(new Error('stopped')) });
    await expect(stopped).rejects.toThrow('stopped');
    await expect(falsify(frame, demoMap, { permutations: 5 })).rejects.toMatchObject({ code: 'bad-parameter' });
  });

  it('a column named by no node, and a node without a column, are left alone', async () => {
    const frame = simulateWorld(rareDisease, 500, 5);
    const map = {
      ...demoMap,
      nodes: [...demoMap.nodes, createNode('planned')],
      edges: [...demoMap.edges, createEdge('planned', 'age')],
    };
    const some = { ...frame, specs: frame.specs.slice(0, 8), columns: frame.columns.slice(0, 8) };
    const { statements } = await falsify(some, map);
    const names = new Set(some.specs.map(({ name }) => name));
    expect(statements.length).toBeGreaterThan(5);
    expect(statements.every(({ x, y, given }) => [x, y, ...given].every((name) => names.has(name)))).toBe(true);
  });
});
