import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type ReferenceGraph, referenceMap } from '../testing/referenceMap';
import { basisSet } from './basisSet';
import { essentialGraph } from './cpdag';
import { ancestors, type Dag, dagOf, descendants, nodeIndex, reached } from './dag';
import { isDSeparated } from './dSeparation';
import { frontDoorSets } from './frontDoor';
import { instruments } from './instrument';
import { listPaths } from './listPaths';
import { moralEdges } from './moralGraph';
import { openEdges } from './pathEdges';
import { minimalSeparators } from './separators';

const readGolden = <T>(name: string): T[] =>
  JSON.parse(readFileSync(new URL(`./golden/${name}.golden.json`, import.meta.url), 'utf8'));

type Pair = [string, string];
interface ReferenceCase {
  readonly id: string;
  readonly graph: ReferenceGraph;
  readonly expected: {
    readonly topologicalOrder: string[];
    readonly ancestors: Record<string, string[]>;
    readonly descendants: Record<string, string[]>;
    readonly moralEdges: Pair[];
    readonly cpdag: { directed: Pair[]; undirected: Pair[] } | null;
    readonly dsep: { x: string[]; y: string[]; z: string[]; separated: boolean }[];
    readonly totalEffect: { readonly frontDoorMinimalSets?: string[][] | null };
    readonly instruments: { instrument: string }[] | null;
    readonly paths:
      | { path: string; causal: boolean; open: boolean; colliders: string[]; nodes: string[]; arrows: string[] }[]
      | null;
    readonly openCausalPathEdges?: [string, string, string][] | null;
    readonly openBiasingPathEdges?: [string, string, string][] | null;
    readonly implications: {
      readonly separablePairs: Pair[];
      readonly minimal: { x: string; y: string; z: string[] }[] | null;
      readonly basisSet: { node: string; independentOf: string[]; given: string[] }[] | null;
    };
  };
}

const pairs = (list: readonly (readonly string[])[]) => list.map((pair) => [...pair].sort().join(' ')).sort();
const arrows = (list: readonly (readonly string[])[]) => list.map((arrow) => arrow.join(' ')).sort();
const sets = (list: readonly (readonly string[])[]) => list.map((set) => [...set].sort().join()).sort();
const edgeTexts = (list: readonly (readonly string[])[]) =>
  list
    .map(([a, arrow, b]) =>
      arrow === '<->' ? [a, b].sort().join(' <-> ') : arrow === '<-' ? `${b} -> ${a}` : `${a} ${arrow} ${b}`,
    )
    .sort();

describe.each(['named', 'random-dag', 'random-latent', 'random-roles'])('%s', (file) => {
  const cases = readGolden<ReferenceCase>(file);
  it.each(cases)('structure of $id', ({ graph, expected }) => {
    const map = referenceMap(graph);
    const dag = dagOf(map);
    for (const name of graph.nodes) {
      expect(ancestors(dag, name).sort()).toEqual(expected.ancestors[name]!.toSorted());
      expect(descendants(dag, name).sort()).toEqual(expected.descendants[name]!.toSorted());
    }
    const place = new Map(dag.order.map((node, k) => [dag.names[node]!, k]));
    for (const [from, to] of graph.directed) expect(place.get(from)!).toBeLessThan(place.get(to)!);
    expect(pairs(moralEdges(dag))).toEqual(pairs(expected.moralEdges));
    const essential = essentialGraph(dag);
    expect(essential && { directed: arrows(essential.directed), undirected: pairs(essential.undirected) }).toEqual(
      expected.cpdag && { directed: arrows(expected.cpdag.directed), undirected: pairs(expected.cpdag.undirected) },
    );
    for (const { x, y, z, separated } of expected.dsep) expect(isDSeparated(dag, x, y, z)).toBe(separated);
  });
  it.each(cases)('implications of $id', ({ graph, expected: { implications: expected } }) => {
    const dag = dagOf(referenceMap(graph));
    if (expected.minimal) {
      const ours = graph.nodes.flatMap((x, i) =>
        graph.nodes
          .slice(i + 1)
          .filter((y) => ![x, y].some((name) => graph.latent.includes(name)))
          .flatMap((y) => minimalSeparators(dag, x, y).map((z) => `${[x, y].sort()} | ${z.toSorted()}`)),
      );
      expect(ours.sort()).toEqual(expected.minimal.map(({ x, y, z }) => `${[x, y].sort()} | ${z.toSorted()}`).sort());
    }
    if (expected.basisSet && graph.bidirected.length === 0) {
      // The reference counts latent nodes as if they were recorded.
      const { statements } = basisSet(referenceMap({ ...graph, latent: [] }));
      const shown = (list: readonly { node: string; independentOf: readonly string[]; given: readonly string[] }[]) =>
        list
          .map(({ node, independentOf, given }) => `${node} ${[...independentOf].sort()} | ${[...given].sort()}`)
          .sort();
      expect(shown(statements)).toEqual(shown(expected.basisSet));
    }
    const basis = basisSet(referenceMap(graph));
    expect(basis.truncated).toBe(false);
    for (const { node, independentOf, given } of basis.statements)
      expect(isDSeparated(dag, [node], independentOf, given)).toBe(true);
  });
  const single = cases.filter(({ graph }) => graph.exposures.length === 1 && graph.outcomes.length === 1);
  it.each(single)('effect questions of $id', ({ graph, expected }) => {
    const dag = dagOf(referenceMap(graph));
    const [x, y] = [graph.exposures[0]!, graph.outcomes[0]!];
    const frontDoor = expected.totalEffect.frontDoorMinimalSets;
    if (frontDoor) expect(sets(frontDoorSets(dag, x, y, 1000).sets)).toEqual(sets(frontDoor));
    if (expected.instruments && graph.nodes.length <= 14) {
      const ours = instruments(dag, x, y, 50);
      expect(ours.map(({ instrument }) => instrument).sort()).toEqual(
        [...new Set(expected.instruments.map(({ instrument }) => instrument))].sort(),
      );
      for (const { instrument, given } of ours)
        for (const set of given) expect(isInstrument(dag, instrument, x, y, set), `${instrument} | ${set}`).toBe(true);
    }
    if (expected.paths) {
      const { paths } = listPaths(dag, x, y, [...graph.adjusted, ...graph.selected], 1e5);
      const shown = (
        list: readonly { nodes: readonly string[]; arrows: readonly string[]; causal: boolean; open: boolean }[],
      ) => list.map(({ nodes, arrows: drawn, causal, open }) => `${nodes} ${drawn} ${causal} ${open}`).sort();
      expect(shown(paths)).toEqual(shown(expected.paths));
      if (expected.openCausalPathEdges) {
        const edges = openEdges(paths);
        const shownEdges = (list: readonly { from: string; kind: string; to: string }[]) =>
          edgeTexts(list.map(({ from, kind, to }) => [from, kind, to]));
        expect(shownEdges(edges.causal)).toEqual(edgeTexts(expected.openCausalPathEdges));
        expect(shownEdges(edges.biasing)).toEqual(edgeTexts(expected.openBiasingPathEdges!));
      }
    }
  });
});

/** The definition of an instrument as the reference states it, looked up by separation alone. */
function isInstrument(dag: Dag, z: string, x: string, y: string, given: readonly string[]): boolean {
  const at = (name: string) => nodeIndex(dag, name);
  const causesY = reached(dag.parents, [at(y)]);
  const causedByX = reached(dag.children, [at(x)]);
  const causedByY = reached(dag.children, [at(y)]);
  const cut: Dag = {
    ...dag,
    children: dag.children.map((list, i) => (i === at(x) ? list.filter((child) => !causesY[child]) : list)),
    parents: dag.parents.map((list, i) => (causesY[i] ? list.filter((parent) => parent !== at(x)) : list)),
  };
  const above = reached(cut.parents, [at(y), at(z)]);
  return (
    given.every(
      (w) => !dag.latent[at(w)] && !causedByY[at(w)] && !(causedByX[at(w)] && causesY[at(w)]) && above[at(w)],
    ) &&
    isDSeparated(cut, [y], [z], given) &&
    !isDSeparated(cut, [x], [z], given)
  );
}
