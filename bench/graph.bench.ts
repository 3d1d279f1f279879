import { readFileSync } from 'node:fs';
import { createEdge, createNode } from '../src/engine/graph/causalMap';
import { type Dag, dagOf } from '../src/engine/graph/dag';
import { isDSeparated } from '../src/engine/graph/dSeparation';
import { parseDagittyCode, writeDagittyCode } from '../src/engine/graph/formats/dagittyCode';
import { implications, oneImplicationPerPair } from '../src/engine/graph/implications';

interface BenchGraph {
  readonly nodes: readonly string[];
  readonly directed: readonly (readonly [string, string])[];
  readonly queries: readonly { x: string; y: string; z: string[] }[];
}

/** Milliseconds that DAGitty took for the same graphs, median over the graphs of a size (reference table, node 20). */
const dagitty: Readonly<Record<number, { parse: number; query: number; missingArrows: number }>> = {
  20: { parse: 0.14, query: 0.035, missingArrows: 4.6 },
  50: { parse: 0.35, query: 0.055, missingArrows: 7 },
  100: { parse: 0.65, query: 0.073, missingArrows: 10.8 },
  200: { parse: 1.4, query: 0.11, missingArrows: 15.9 },
};

/** Best of seven warm runs, in milliseconds; repeated within a run until the clock can see it. */
function bestMs(work: () => void, repeats: number): number {
  work();
  let best = Number.POSITIVE_INFINITY;
  for (let run = 0; run < 7; run++) {
    const start = performance.now();
    for (let k = 0; k < repeats; k++) work();
    best = Math.min(best, (performance.now() - start) / repeats);
  }
  return best;
}

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1]!;

/** Parsing, d-separation and implied independences on random maps of 20 to 200 nodes, beside DAGitty's times. */
export async function run(): Promise<{ name: string; lines: string[]; figures: Record<string, number> }> {
  const file = new URL('../src/engine/graph/golden/bench-graphs.golden.json', import.meta.url);
  const graphs = JSON.parse(readFileSync(file, 'utf8')) as BenchGraph[];
  const figures: Record<string, number> = {};
  const lines = ['Median over 5 graphs a size, milliseconds (DAGitty in brackets):', ''];
  lines.push(
    '| nodes | parse | one d-separation query | first 100 missing-arrow statements | smallest set for every missing arrow |',
    '|---|---|---|---|---|',
  );
  for (const [size, reference] of Object.entries(dagitty).map(([key, value]) => [Number(key), value] as const)) {
    const ofSize = graphs.filter((graph) => graph.nodes.length === size);
    const timed = (work: (dag: Dag, graph: BenchGraph, code: string) => void, repeats: number) =>
      median(
        ofSize.map((graph) => {
          const map = {
            nodes: graph.nodes.map((name) => createNode(name)),
            edges: graph.directed.map(([from, to]) => createEdge(from, to)),
          };
          const dag = dagOf(map);
          const code = writeDagittyCode(map);
          return bestMs(() => work(dag, graph, code), repeats);
        }),
      );
    const parse = timed((_, __, code) => void dagOf(parseDagittyCode(code).map), 10);
    const query =
      timed((dag, { queries }) => {
        for (const { x, y, z } of queries) isDSeparated(dag, [x], [y], z);
      }, 3) / 200;
    const missing = timed((dag) => void implications(dag, null, { total: 100 }), 3);
    const smallest = timed((dag) => void oneImplicationPerPair(dag), 1);
    Object.assign(figures, {
      [`graph.parseMs.${size}`]: parse,
      [`graph.dSeparationMs.${size}`]: query,
      [`graph.missingArrowsMs.${size}`]: missing,
      [`graph.smallestSetsMs.${size}`]: smallest,
    });
    lines.push(
      `| ${size} | ${parse.toFixed(3)} (${reference.parse}) | ${query.toFixed(4)} (${reference.query}) | ${missing.toFixed(2)} (${reference.missingArrows}) | ${smallest.toFixed(1)} |`,
    );
  }
  return { name: 'Causal map algorithms', lines, figures };
}
