import { addBit, bitsOf, hasBit, removeBit, wordsFor } from './bitSet';
import { type Dag, nodeIndex, reached } from './dag';

/** An undirected graph over the node indices of a `Dag`: row i of `rows` holds the neighbours of i as bits. */
export interface MoralGraph {
  readonly size: number;
  /** Words a row. */
  readonly words: number;
  readonly rows: Int32Array;
}

/**
 * The moral graph of the part of the map where `within` is 1 (shape (nodes,); must hold the parents of its members):
 * every district, the nodes joined by `<->`, forms a clique together with its parents. For a map without `<->` this joins
 * each node to its parents and the parents of each node to each other. x and y are d-separated by z exactly when z cuts
 * them in the moral graph of the ancestors of x, y and z.
 * @see Ancestral graph Markov models, Annals of Statistics 30 (2002), section 3.
 */
function moralGraph(dag: Dag, within: Uint8Array): MoralGraph {
  const size = dag.names.length;
  const words = wordsFor(size);
  const rows = new Int32Array(size * words);
  const inDistrict = new Uint8Array(size);
  const family = new Int32Array(words);
  for (let node = 0; node < size; node++) {
    if (!within[node] || inDistrict[node]) continue;
    family.fill(0);
    const district = [node];
    inDistrict[node] = 1;
    for (const member of district) {
      addBit(family, member);
      for (const parent of dag.parents[member]!) addBit(family, parent);
      for (const spouse of dag.spouses[member]!) {
        if (!within[spouse] || inDistrict[spouse]) continue;
        inDistrict[spouse] = 1;
        district.push(spouse);
      }
    }
    joinAll(rows, words, family);
  }
  for (let node = 0; node < size; node++) removeBit(rows, node, node * words);
  return { size, words, rows };
}

function joinAll(rows: Int32Array, words: number, members: Int32Array): void {
  for (const member of bitsOf(members)) {
    const row = member * words;
    for (let w = 0; w < words; w++) rows[row + w]! |= members[w]!;
  }
}

/** Takes `node` out; with `bridge`, joins its neighbours to each other first, so that paths through it remain. Changes `graph`. */
export function takeOutInPlace(graph: MoralGraph, node: number, bridge: boolean): void {
  const { rows, words } = graph;
  const neighbours = rows.slice(node * words, (node + 1) * words);
  if (bridge) joinAll(rows, words, neighbours);
  for (const other of bitsOf(neighbours)) {
    removeBit(rows, node, other * words);
    if (bridge) removeBit(rows, other, other * words);
  }
  rows.fill(0, node * words, (node + 1) * words);
}

export const neighboursOf = (graph: MoralGraph, node: number): number[] =>
  bitsOf(graph.rows, node * graph.words, graph.words);

export const areJoined = (graph: MoralGraph, a: number, b: number): boolean => hasBit(graph.rows, b, a * graph.words);

/** Edges of the moral graph of the whole map as pairs of names, each once, in drawing order. */
export function moralEdges(dag: Dag): [string, string][] {
  const graph = moralGraph(dag, new Uint8Array(dag.names.length).fill(1));
  return dag.names.flatMap((name, i) =>
    neighboursOf(graph, i)
      .filter((j) => j > i)
      .map((j): [string, string] => [name, dag.names[j]!]),
  );
}

/**
 * The Markov blanket: the smallest set that separates the node from all others. Parents, children and the children's other
 * parents; with `<->`, the districts of the node and of its children, and the parents of both. In drawing order.
 * @throws EngineError `unknown-column`.
 * @see Probabilistic Reasoning in Intelligent Systems, 1988, section 3.3.
 */
export function markovBlanket(dag: Dag, name: string): string[] {
  const node = nodeIndex(dag, name);
  const graph = moralGraph(dag, new Uint8Array(dag.names.length).fill(1));
  return neighboursOf(graph, node).map((i) => dag.names[i]!);
}

/** The moral graph of the ancestors of `seeds`. */
export const ancestralMoralGraph = (dag: Dag, seeds: readonly number[]): MoralGraph =>
  moralGraph(dag, reached(dag.parents, seeds));
