import { type Rng, shuffleInPlace } from '../rng';
import { subtask, type Task } from '../task';
import { essentialGraph } from './essentialGraph';
import { createParentSearch, type ParentSearch } from './growShrink';
import type { Knowledge } from './knowledge';
import type { PartialGraph } from './partialGraph';
import type { SufficientStatistics } from './sufficientStatistics';

export interface BossOptions {
  /** Factor of log n in the score; 1 is BIC. More asks for stronger evidence. */
  readonly penalty: number;
  /** Orders to start from; the best end counts. */
  readonly starts: number;
}

/** Rounding must not pass for an improvement. */
const LEAST_GAIN = 1e-6;

/**
 * Rounds over all nodes without improvement before the search ends. Within them nodes still move among equally good places,
 * which leads out of most local optima: many orders stand for the same graph, and not all have a way on.
 */
const IDLE_ROUNDS = 3;

/**
 * Best Order Score Search: an order of the nodes is scored by the grow-shrink parents of each node among those before it;
 * each node in turn goes to the place where the total is lowest, until none can be moved. Orders that break the knowledge
 * are not entered, forbidden parents not considered, required ones always there. In place of the backward equivalence
 * search that closes the paper's algorithm, several random starts and moves among equally good places guard against local
 * optima: it has no notion of the knowledge.
 * @returns All graphs with the same separations as the best one as one graph: edges that these do not orient, and that
 * knowledge does not either, are undirected. Never has a directed cycle.
 * @throws EngineError `cancelled`.
 * @see Fast scalable and accurate discovery of DAGs using the best order score search and grow-shrink trees, NeurIPS 2023.
 */
export async function boss(
  statistics: SufficientStatistics,
  knowledge: Knowledge,
  { penalty, starts }: BossOptions,
  rng: Rng,
  task: Task,
): Promise<PartialGraph> {
  const { size, allowed, required } = knowledge;
  const nodes = Array.from({ length: size }, (_, node) => node);
  const searches = nodes.map((y) =>
    createParentSearch(
      statistics,
      y,
      nodes.filter((x) => allowed[x * size + y] === 1),
      nodes.filter((x) => required[x * size + y] === 1),
      penalty,
    ),
  );
  let best: { readonly order: readonly number[]; readonly score: number } | null = null;
  for (let start = 0; start < starts; start++) {
    const order = randomOrder(knowledge, rng);
    const part = subtask(task, start / starts, (start + 1) / starts);
    const score = await improveInPlace(order, searches, knowledge, rng, part);
    if (best === null || score < best.score - LEAST_GAIN) best = { order, score };
  }
  const parents: (readonly number[])[] = nodes.map(() => []);
  const isBefore = new Uint8Array(size);
  for (const node of best?.order ?? []) {
    parents[node] = searches[node]!(isBefore).parents;
    isBefore[node] = 1;
  }
  return essentialGraph(parents, knowledge);
}

/** A random order that agrees with the knowledge: again and again one of the nodes with nothing left before them. */
function randomOrder({ size, before }: Knowledge, rng: Rng): number[] {
  const left = shuffleInPlace(
    Array.from({ length: size }, (_, node) => node),
    rng,
  );
  const order: number[] = [];
  while (left.length > 0) {
    const at = left.findIndex((node) => left.every((other) => before[other * size + node] === 0));
    order.push(...left.splice(at, 1));
  }
  return order;
}

/** Moves nodes to their best places until none moves; returns the score of the order. */
async function improveInPlace(
  order: number[],
  searches: readonly ParentSearch[],
  { size, before }: Knowledge,
  rng: Rng,
  task: Task,
): Promise<number> {
  const isBefore = new Uint8Array(size);
  let current = Number.POSITIVE_INFINITY;
  for (let round = 0, idle = 0; idle < IDLE_ROUNDS; round++, idle++) {
    for (const [turn, node] of shuffleInPlace([...order], rng).entries()) {
      // How many rounds there will be is not known: each is taken for half of what is left.
      await task.checkpoint(1 - 0.5 ** (round + turn / size), 'Searching an order');
      const others = order.filter((other) => other !== node);
      const scores = scoresOfPlaces(node, others, searches, isBefore);
      const first = 1 + others.findLastIndex((other) => before[other * size + node] === 1);
      const stop = others.findIndex((other) => before[node * size + other] === 1);
      const range = scores.subarray(first, stop < 0 ? scores.length : stop + 1);
      const least = range.reduce((low, score) => Math.min(low, score), Number.POSITIVE_INFINITY);
      const ties = Array.from(range.keys()).filter((i) => range[i]! <= least + LEAST_GAIN);
      const at = first + ties[rng.integer(ties.length)]!;
      order.splice(0, order.length, ...others.slice(0, at), node, ...others.slice(at));
      if (least < current - LEAST_GAIN) {
        current = least;
        idle = -1;
      }
    }
  }
  return current;
}

/**
 * Total score with `node` put before the i-th of the others, shape (others + 1,): a running sum of the others' scores
 * without it before the place, and of theirs with it after the place.
 */
function scoresOfPlaces(
  node: number,
  others: readonly number[],
  searches: readonly ParentSearch[],
  isBefore: Uint8Array,
): Float64Array {
  const scores = new Float64Array(others.length + 1);
  isBefore.fill(0);
  let sum = 0;
  others.forEach((other, i) => {
    scores[i]! += sum + searches[node]!(isBefore).score;
    sum += searches[other]!(isBefore).score;
    isBefore[other] = 1;
  });
  scores[others.length]! += sum + searches[node]!(isBefore).score;
  isBefore[node] = 1;
  let after = 0;
  for (let i = others.length - 1; i >= 0; i--) {
    isBefore[others[i]!] = 0;
    after += searches[others[i]!]!(isBefore).score;
    scores[i]! += after;
  }
  return scores;
}
