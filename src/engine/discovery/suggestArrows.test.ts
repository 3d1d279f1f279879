import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Frame } from '../data/frame';
import { type CausalMap, createEdge, createNode } from '../graph/causalMap';
import { findCycle } from '../graph/dag';
import { createRng } from '../rng';
import { silentTask } from '../task';
import { categoricalSpec, numericSpec } from '../testing/generatorInput';
import { linearFrame, randomArrows } from '../testing/linearWorld';
import { drawnMap } from '../testing/referenceMap';
import { rareDisease } from '../worlds/rareDisease';
import { mapOf, simulateWorld } from '../worlds/simulate';
import type { ArrowHint } from './hints';
import { type HintOptions, suggestArrows } from './suggestArrows';

const suggest = (frame: Frame, map: CausalMap, options: Partial<HintOptions> = {}) =>
  suggestArrows(frame, map, { resamples: 10, ...options }, silentTask);
const short = ({ kind, from, to, edge }: ArrowHint) => `${kind} ${from} ${edge} ${to}`;
const names = ['a', 'b', 'c', 'd'];
/** a -> c <- b, c -> d. */
const collider = linearFrame(
  names,
  [
    [0, 2, 0.8],
    [1, 2, 0.8],
    [2, 3, 0.8],
  ],
  2000,
  1,
);
const right = drawnMap('a -> c <- b; c -> d');

describe('hints', () => {
  it('a right map gets none', async () => {
    expect((await suggest(collider, right)).hints).toEqual([]);
    expect((await suggest(collider, right, { method: 'pc-stable' })).hints).toEqual([]);
  });

  it('a missing arrow is suggested, with its direction where the data tell', async () => {
    const { hints, graph } = await suggest(collider, { ...drawnMap('b -> c -> d'), nodes: right.nodes });
    expect(hints.map(short)).toEqual(['add a -> c']);
    expect(hints[0]!.text).toBe(
      'The data would also allow a -> c: 10 of 10 resamples have the link, 10 in this direction.',
    );
    expect(graph.directed).toEqual([
      ['a', 'c'],
      ['b', 'c'],
      ['c', 'd'],
    ]);
  });

  it('without a direction where they do not', async () => {
    const pair = linearFrame(['a', 'b'], [[0, 1, 0.8]], 500, 1);
    const map = { nodes: [createNode('a'), createNode('b')], edges: [] };
    const { hints, pairs } = await suggest(pair, map);
    expect(hints.map(short)).toEqual(['add a -- b']);
    expect(hints[0]!.text).toMatch(/its direction is undecided\.$/);
    expect(pairs).toEqual([
      { a: 'a', b: 'b', forward: 0, backward: 0, undirected: 1, present: 1, whole: 'undirected' },
    ]);
    const tiers = { ...map, nodes: [createNode('a', { tier: 1 }), createNode('b', { tier: 0 })] };
    expect((await suggest(pair, tiers)).hints.map(short)).toEqual(['add b -> a']);
    const never = {
      ...map,
      forbidden: [
        { from: 'a', to: 'b' },
        { from: 'b', to: 'a' },
      ],
    };
    expect(await suggest(pair, never)).toMatchObject({ hints: [], pairs: [] });
  });

  it('a superfluous arrow and one the wrong way round are named, unless certain', async () => {
    const map = drawnMap('a -> c <- b; d -> c; a -> b');
    const { hints } = await suggest(collider, map);
    expect(hints.map(short).sort()).toEqual(['remove a -> b', 'reverse c -> d']);
    const sure = { ...map, edges: map.edges.map((edge) => ({ ...edge, confidence: 'certain' as const })) };
    expect((await suggest(collider, sure)).hints.filter(({ kind }) => kind !== 'add')).toEqual([]);
  });

  it('few rows are no reason to take an arrow out', async () => {
    const weak = linearFrame(['a', 'b'], [[0, 1, 0.05]], 60, 2);
    expect((await suggest(weak, drawnMap('a -> b'))).hints).toEqual([]);
  });

  it('a link that an unrecorded cause explains is none, nor is one that latents force', async () => {
    const rng = createRng(1, 'test-latent');
    const u = Float64Array.from({ length: 2000 }, () => rng.normal());
    const frame: Frame = {
      rows: 2000,
      specs: [numericSpec('a'), numericSpec('b')],
      columns: [u.map((value) => value + rng.normal()), u.map((value) => value + rng.normal())],
    };
    const bare = { nodes: [createNode('a'), createNode('b')], edges: [] };
    expect((await suggest(frame, bare)).hints).toHaveLength(1);
    expect((await suggest(frame, { ...bare, edges: [createEdge('a', 'b', '<->')] })).hints).toEqual([]);
    expect((await suggest(frame, drawnMap('a <- (u) -> b'))).hints).toEqual([]);
    // No latent mark, but no column either.
    expect((await suggest(frame, drawnMap('a <- u -> b'))).hints).toEqual([]);
  });

  it('drawn with the map they close no cycle, whatever the map and the rows', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(10_000), fc.nat(10_000), async (truth, drawn) => {
        const columns = ['a', 'b', 'c', 'd', 'e', 'f'];
        const frame = linearFrame(columns, randomArrows(6, 0.5, truth), 300, truth);
        const order = [3, 1, 5, 0, 4, 2];
        const map: CausalMap = {
          nodes: columns.map((name) => createNode(name)),
          edges: randomArrows(6, 0.4, drawn).map(([from, to]) =>
            createEdge(columns[order[from]!]!, columns[order[to]!]!),
          ),
        };
        const { hints } = await suggest(frame, map, { resamples: 4, threshold: 0.6 });
        const turned = new Set(hints.flatMap(({ kind, from, to }) => (kind === 'reverse' ? [`${to} ${from}`] : [])));
        const added = hints.filter(({ kind, edge }) => kind !== 'remove' && edge === '->');
        const edges = map.edges.filter(({ from, to }) => !turned.has(`${from} ${to}`));
        const all = [...edges, ...added.map(({ from, to }) => createEdge(from, to))];
        expect(findCycle({ ...map, edges: all })).toBeNull();
      }),
      { numRuns: 60 },
    );
  });
});

describe('runs', () => {
  it('a categorical cause of numbers and a categorical effect are found', async () => {
    const rng = createRng(1, 'test-mixed');
    const columns = Array.from({ length: 4 }, () => new Float64Array(3000));
    for (let row = 0; row < 3000; row++) {
      const site = rng.integer(3);
      const x = [0, 1, -0.5][site]! + rng.normal();
      const z = rng.normal();
      columns[0]![row] = site;
      columns[1]![row] = x;
      columns[2]![row] = z;
      columns[3]![row] = Number(0.8 * x + 0.8 * z + rng.normal() > 0.7);
    }
    const specs = [
      categoricalSpec('site', ['n', 'e', 's']),
      numericSpec('x'),
      numericSpec('z'),
      categoricalSpec('y', ['0', '1']),
    ];
    const nodes = specs.map(({ name }) => createNode(name));
    for (const method of ['boss', 'pc-stable'] as const) {
      const { graph } = await suggest({ rows: 3000, specs, columns }, { nodes, edges: [] }, { method });
      expect(graph).toEqual({
        directed: [
          ['x', 'y'],
          ['z', 'y'],
        ],
        undirected: [['site', 'x']],
      });
    }
  });

  it('the true map of the demo world gets none', async () => {
    const { hints } = await suggest(simulateWorld(rareDisease, 6000, 5), mapOf(rareDisease));
    expect(hints).toEqual([]);
  });

  it('the same seed gives the same answer', async () => {
    const frame = linearFrame(names, randomArrows(4, 0.6, 5), 150, 5);
    for (const method of ['boss', 'pc-stable'] as const) {
      const first = await suggest(frame, right, { method, seed: 7 });
      expect(await suggest(frame, right, { method, seed: 7 })).toEqual(first);
      expect(JSON.stringify(await suggest(frame, right, { method, seed: 8 }))).not.toBe(JSON.stringify(first));
    }
  });

  it('rows with a missing cell are counted and told', async () => {
    const columns = collider.columns.map((column) => column.slice());
    columns[0]!.fill(Number.NaN, 0, 300);
    const { rows, incompleteRows, messages } = await suggest({ ...collider, columns }, right);
    expect([rows, incompleteRows]).toEqual([1700, 300]);
    expect(messages).toContain('300 of 2,000 rows lack a cell in one of the columns and were left out.');
  });

  it.each(['boss', 'pc-stable'] as const)('%s reports rising shares and stops when asked', async (method) => {
    const shares: number[] = [];
    const watch = { checkpoint: async (share: number) => void shares.push(share) };
    await suggestArrows(collider, right, { method, resamples: 3 }, watch);
    expect(shares).toEqual([...shares].sort((x, y) => x - y));
    expect(shares.at(-1)).toBe(1);
    const stopped = suggestArrows(
      collider,
      right,
      { method },
      { checkpoint: () => Promise.reject(new Error('stopped')) },
    );
    await expect(stopped).rejects.toThrow('stopped');
  });

  it.each([{ resamples: 0 }, { threshold: 0.4 }, { alpha: 1 }, { penalty: 0 }])('%j is refused', async (options) => {
    await expect(suggest(collider, right, options)).rejects.toMatchObject({ code: 'bad-parameter' });
  });
});
