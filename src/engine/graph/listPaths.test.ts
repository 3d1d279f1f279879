import { readFileSync } from 'node:fs';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { randomMap } from '../testing/randomMap';
import { drawnMap, type ReferenceGraph, referenceMap } from '../testing/referenceMap';
import { dagOf } from './dag';
import { isDSeparated } from './dSeparation';
import { listPaths } from './listPaths';

interface ReferencePath {
  readonly nodes: string[];
  readonly arrows: string[];
  readonly causal: boolean;
  readonly open: boolean;
  readonly colliders: string[];
}
interface ReferenceCase {
  readonly id: string;
  readonly graph: ReferenceGraph;
  readonly expected: {
    readonly paths: ReferencePath[] | null;
  };
}
const casesOf = (name: string): ReferenceCase[] =>
  JSON.parse(readFileSync(new URL(`./golden/${name}.golden.json`, import.meta.url), 'utf8'));

const comparable = ({
  nodes,
  arrows,
  causal,
  open,
  colliders,
}: Omit<ReferencePath, 'nodes' | 'arrows' | 'colliders'> & {
  readonly nodes: readonly string[];
  readonly arrows: readonly string[];
  readonly colliders: readonly string[];
}) => JSON.stringify([nodes, arrows, causal, open, [...colliders].sort()]);

describe.each(['named', 'random-dag', 'random-latent', 'random-roles'])('%s', (file) => {
  it.each(casesOf(file).filter(({ expected }) => expected.paths !== null))('every path: $id', ({ graph, expected }) => {
    const dag = dagOf(referenceMap(graph));
    const [x, y] = [graph.exposures[0]!, graph.outcomes[0]!];
    const { paths, truncated } = listPaths(dag, x, y, [...graph.adjusted, ...graph.selected], 1e5);
    expect(truncated).toBe(false);
    expect(paths.map(comparable).sort()).toEqual(expected.paths!.map(comparable).sort());
    for (const path of paths) expect(path.blockedBy === null).toBe(path.open);
  });
});

it('says why, and who opened a collider from off the path', () => {
  const dag = dagOf(drawnMap('x -> m <- y; m -> d; x <- c -> y'));
  const reasons = (given: string[], selection: string[] = []) =>
    Object.fromEntries(listPaths(dag, 'x', 'y', given, 10, selection).paths.map(({ text, reason }) => [text, reason]));
  expect(reasons([])['x -> m <- y']).toBe(
    'Two arrowheads meet in m, and neither it nor anything it causes is held fixed.',
  );
  expect(reasons(['d'])['x -> m <- y']).toMatch(/^m, in which two arrowheads meet, is opened by d, which it causes/);
  expect(reasons([], ['d'])['x -> m <- y']).toMatch(/opened by how rows were chosen/);
  expect(reasons(['c'])['x <- c -> y']).toBe('c is held fixed.');
});

it('is open somewhere exactly when the pair is d-connected', () => {
  fc.assert(
    fc.property(randomMap(6), fc.array(fc.nat(), { maxLength: 3 }), (map, picks) => {
      const dag = dagOf(map);
      const [x, y] = dag.names as [string, string];
      const given = [...new Set(picks.map((pick) => dag.names[pick % dag.names.length]!))].filter(
        (name) => name !== x && name !== y,
      );
      const { paths } = listPaths(dag, x, y, given, 1e6);
      expect(paths.some((path) => path.open)).toBe(!isDSeparated(dag, [x], [y], given));
    }),
    { numRuns: 300 },
  );
});

it('stops at the limit where paths are too many to count', () => {
  const layers = Array.from(
    { length: 15 },
    (_, i) => `a${i} -> b${i}; a${i} -> c${i}; b${i} -> a${i + 1}; c${i} -> a${i + 1}`,
  );
  const { paths, truncated } = listPaths(dagOf(drawnMap(layers.join('; '))), 'a0', 'a15', [], 20);
  expect(paths).toHaveLength(20);
  expect(truncated).toBe(true);
});
