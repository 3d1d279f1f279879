import type { Task } from '../task';
import { orientByKnowledgeInPlace } from './essentialGraph';
import type { IndependenceTest } from './independence';
import type { Knowledge } from './knowledge';
import type { IsAmbiguous } from './meekRules';
import { areAdjacent, emptyGraph, leadsTo, neighboursOf, type PartialGraph } from './partialGraph';

export interface PcOptions {
  /** Level of each test: an edge goes where a test does not reject independence at it. */
  readonly alpha: number;
  /** Most nodes held fixed at once; a guard against sets that the rows cannot carry. */
  readonly mostGiven: number;
}

/**
 * PC-stable: edges go as soon as some neighbours of one end make both ends look independent, sets of one size on the same
 * neighbours whatever the order of the columns. Colliders by majority: the middle of an unjoined triple is one where it
 * is in less than half of the sets of neighbours that separate the ends; at half, or with no such set, it is ambiguous
 * and rules that would need to know leave it alone. An edge that two colliders want to point both ways stays undirected.
 * Then knowledge and Meek's rules; knowledge judges arrow by arrow, so a chain through nodes without a tier may lead back
 * in time. Tests without degrees of freedom left keep the edge.
 * @returns Never has a directed cycle: a collider whose arrows would close one is left out, in order of the columns.
 * @throws EngineError `cancelled`.
 * @see Order-independent constraint-based causal structure learning, JMLR 15 (2014), sections 3.1, 4.1 and 4.2.
 */
export async function pcStable(
  test: IndependenceTest,
  knowledge: Knowledge,
  { alpha, mostGiven }: PcOptions,
  task: Task,
): Promise<PartialGraph> {
  const { size, allowed, required } = knowledge;
  const graph = emptyGraph(size);
  for (let a = 0; a < size; a++)
    for (let b = 0; b < size; b++)
      if (allowed[a * size + b] === 1 || allowed[b * size + a] === 1) graph.edge[a * size + b] = 1;
  const separates = (a: number, b: number, given: readonly number[]) => test(a, b, given).pValue > alpha;
  // What comes later than an end cannot be among its causes, and causes are all that is needed to separate.
  const mayGive = (node: number, other: number) =>
    neighboursOf(graph, node).filter((c) => c !== other && allowed[c * size + node] === 1);

  for (let count = 0; count <= mostGiven; count++) {
    const neighbours = Array.from({ length: size }, (_, a) =>
      Array.from({ length: size }, (_, b) => (areAdjacent(graph, a, b) ? mayGive(a, b) : [])),
    );
    if (count > 0 && neighbours.every((lists) => lists.every((list) => list.length < count))) break;
    for (let a = 0; a < size; a++) {
      await task.checkpoint((count + a / size) / (mostGiven + 2), 'Testing for separations');
      for (let b = a + 1; b < size; b++) {
        if (!areAdjacent(graph, a, b) || required[a * size + b] === 1 || required[b * size + a] === 1) continue;
        if (anySubset([neighbours[a]![b]!, neighbours[b]![a]!], count, (given) => separates(a, b, given))) {
          graph.edge[a * size + b] = 0;
          graph.edge[b * size + a] = 0;
        }
      }
    }
  }
  await task.checkpoint((mostGiven + 1) / (mostGiven + 2), 'Directing arrows');
  const verdicts = collidersByMajority(graph, mayGive, mostGiven, separates);
  orientCollidersInPlace(graph, knowledge, verdicts.colliders);
  orientByKnowledgeInPlace(graph, knowledge, verdicts.isAmbiguous);
  return graph;
}

/** Calls `visit` with every subset of a size of each pool, each once, until one says true. */
function anySubset(
  pools: readonly (readonly number[])[],
  count: number,
  visit: (subset: readonly number[]) => boolean,
): boolean {
  const chosen: number[] = [];
  const choose = (pool: readonly number[], from: number, seenIn: readonly number[] | null): boolean => {
    if (chosen.length === count)
      return !seenIn?.length || !chosen.every((c) => seenIn.includes(c)) ? visit(chosen) : false;
    for (let i = from; i <= pool.length - (count - chosen.length); i++) {
      chosen.push(pool[i]!);
      if (choose(pool, i + 1, seenIn)) return true;
      chosen.pop();
    }
    return false;
  };
  return pools.some((pool, i) => (count === 0 && i > 0 ? false : choose(pool, 0, i > 0 ? pools[0]! : null)));
}

type Triple = readonly [number, number, number];

function collidersByMajority(
  graph: PartialGraph,
  mayGive: (node: number, other: number) => readonly number[],
  mostGiven: number,
  separates: (a: number, b: number, given: readonly number[]) => boolean,
): { readonly colliders: readonly Triple[]; readonly isAmbiguous: IsAmbiguous } {
  const { size } = graph;
  const colliders: Triple[] = [];
  const ambiguous = new Set<string>();
  for (let a = 0; a < size; a++)
    for (let c = a + 1; c < size; c++) {
      if (areAdjacent(graph, a, c)) continue;
      const middles = neighboursOf(graph, a).filter((b) => areAdjacent(graph, b, c));
      if (middles.length === 0) continue;
      const holds = new Map(middles.map((b) => [b, 0]));
      let separators = 0;
      const pools = [mayGive(a, c), mayGive(c, a)];
      for (let count = 0; count <= mostGiven; count++)
        anySubset(pools, count, (given) => {
          if (!separates(a, c, given)) return false;
          separators++;
          for (const b of given) if (holds.has(b)) holds.set(b, holds.get(b)! + 1);
          return false;
        });
      for (const [b, times] of holds) {
        if (separators === 0 || 2 * times === separators) ambiguous.add(`${a},${b},${c}`);
        else if (2 * times < separators) colliders.push([a, b, c]);
      }
    }
  return {
    colliders,
    isAmbiguous: (a, b, c) => ambiguous.has(`${Math.min(a, c)},${b},${Math.max(a, c)}`),
  };
}

function orientCollidersInPlace(graph: PartialGraph, { size, allowed }: Knowledge, colliders: readonly Triple[]): void {
  const possible = colliders.filter(([a, b, c]) => allowed[a * size + b] === 1 && allowed[c * size + b] === 1);
  const wanted = new Set(possible.flatMap(([a, b, c]) => [a * size + b, c * size + b]));
  const isContested = (from: number, to: number) => wanted.has(to * size + from);
  for (const [a, b, c] of possible)
    for (const from of [a, c]) if (!isContested(from, b) && !leadsTo(graph, b, from)) graph.edge[b * size + from] = 0;
}
