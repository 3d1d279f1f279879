import { readFileSync } from 'node:fs';
import { listAdjustmentSets, minimalAdjustmentSets } from '../src/engine/graph/adjustmentSets';
import { basisSet } from '../src/engine/graph/basisSet';
import { type CausalMap, createEdge, createNode } from '../src/engine/graph/causalMap';
import { essentialGraph } from '../src/engine/graph/cpdag';
import { type Dag, dagOf } from '../src/engine/graph/dag';
import { isDSeparated } from '../src/engine/graph/dSeparation';
import { parseDagittyCode, writeDagittyCode } from '../src/engine/graph/formats/dagittyCode';
import { implications } from '../src/engine/graph/implications';

interface BenchGraph {
  readonly nodes: readonly string[];
  readonly directed: readonly (readonly [string, string])[];
  readonly queries: readonly { x: string; y: string; z: string[] }[];
}

/** Milliseconds that DAGitty took for the same graphs, median over the graphs of a size (reference table, node 20). */
const dagitty: Readonly<Record<number, Readonly<Record<Question, number>>>> = {
  20: { parse: 0.14, query: 0.035, basis: 0.11, sets: 0.54, missing: 4.6, cpdag: 0.23 },
  50: { parse: 0.35, query: 0.055, basis: 0.49, sets: 1, missing: 7, cpdag: 0.49 },
  100: { parse: 0.65, query: 0.073, basis: 1.8, sets: 2.4, missing: 10.8, cpdag: 0.94 },
  200: { parse: 1.4, query: 0.11, basis: 7.2, sets: 3.9, missing: 15.9, cpdag: 1.9 },
};
type Question = 'parse' | 'query' | 'basis' | 'sets' | 'missing' | 'cpdag';
const titles: Readonly<Record<Question, string>> = {
  parse: 'read DAGitty code',
  query: 'one d-separation query',
  basis: 'all basis statements',
  sets: 'first 10 minimal adjustment sets, reading included',
  missing: 'first 100 missing-arrow statements',
  cpdag: 'CPDAG',
};

interface Prepared extends BenchGraph {
  readonly map: CausalMap;
  readonly dag: Dag;
  readonly code: string;
  /** The two ends of the effect asked about: of 40 pairs, the one with the most minimal sets, ten at most. */
  readonly cause: string;
  readonly effect: string;
}

function prepare(graph: BenchGraph): Prepared {
  const map = {
    nodes: graph.nodes.map((name) => createNode(name)),
    edges: graph.directed.map(([from, to]) => createEdge(from, to)),
  };
  const dag = dagOf(map);
  const pairs = graph.directed.slice(0, 40).map(([cause, effect]) => {
    const question = { exposures: [cause], outcomes: [effect], effect: 'total' } as const;
    return { cause, effect, count: listAdjustmentSets(dag, question, { limit: 10 }).sets.length };
  });
  const { cause, effect } = pairs.toSorted((a, b) => b.count - a.count)[0]!;
  return { ...graph, map, dag, code: writeDagittyCode(map), cause, effect };
}

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
  const prepared = new Map(graphs.map((graph) => [graph, prepare(graph)]));
  const lines = ['Median over 5 graphs a size, milliseconds; in brackets the share of what DAGitty took.', ''];
  const questions = Object.keys(titles) as Question[];
  lines.push(
    `| nodes | ${questions.map((one) => titles[one]).join(' | ')} |`,
    `|---|${'---|'.repeat(questions.length)}`,
  );
  for (const [size, reference] of Object.entries(dagitty).map(([key, value]) => [Number(key), value] as const)) {
    const ofSize = graphs.filter((graph) => graph.nodes.length === size);
    const works: Readonly<Record<Question, (given: Prepared) => void>> = {
      parse: ({ code }) => void dagOf(parseDagittyCode(code).map),
      query: ({ dag, queries }) => {
        for (const { x, y, z } of queries) isDSeparated(dag, [x], [y], z);
      },
      basis: ({ map }) => void basisSet(map),
      sets: ({ code, cause, effect }) => {
        const sets = minimalAdjustmentSets(dagOf(parseDagittyCode(code).map), {
          exposures: [cause],
          outcomes: [effect],
          effect: 'total',
        });
        for (let k = 0; k < 10 && !sets.next().done; k++);
      },
      missing: ({ dag }) => void implications(dag, null, { total: 100 }),
      cpdag: ({ dag }) => void essentialGraph(dag),
    };
    const cells = questions.map((question) => {
      // The first size would otherwise pay for compiling.
      for (let warm = 0; warm < 60; warm++) works[question](prepared.get(ofSize[warm % ofSize.length]!)!);
      const queries = question === 'query' ? 200 : 1;
      const ms = median(ofSize.map((graph) => bestMs(() => works[question](prepared.get(graph)!), 3))) / queries;
      figures[`graph.${question}Ms.${size}`] = ms;
      figures[`graph.${question}OfDagitty.${size}`] = ms / reference[question];
      return `${ms.toPrecision(2)} (${(ms / reference[question]).toFixed(2)})`;
    });
    lines.push(`| ${size} | ${cells.join(' | ')} |`);
  }
  return { name: 'Causal map algorithms', lines, figures };
}
