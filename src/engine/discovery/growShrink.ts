import {
  conditionalLogDeterminant,
  ownColumns,
  residualCovariance,
  type SufficientStatistics,
} from './sufficientStatistics';

/** The parents of a node and its score with them; lower is better. */
export interface ScoredParents {
  readonly parents: readonly number[];
  readonly score: number;
}

/** Finds parents of one node among those allowed by a mask of shape (nodes,). */
export type ParentSearch = (isBefore: Uint8Array) => ScoredParents;

/** One set of parents met while growing: its score, and the additions that improve on it, best first. */
interface GrowStep {
  readonly parents: readonly number[];
  readonly score: number;
  additions: readonly Addition[] | null;
  shrunk: ScoredParents | null;
}

interface Addition {
  readonly node: number;
  /** Where it leads; null until it is first taken. */
  to: GrowStep | null;
}

/** Rounding must not decide between graphs that score the same. */
const LEAST_GAIN = 1e-7;

/**
 * Grow and shrink: starting from the required parents, adds the node that lowers the score most until none does, then
 * takes away the one whose loss lowers it most until none does. The score is the degenerate Gaussian BIC
 *   n log det(S_yy|parents) + penalty log(n) |y| |parents|,
 * |.| counting encoded columns: a category counts as the block of its level columns. Up to a constant it is -2 log
 * likelihood plus penalty, and it is score-equivalent: graphs with the same separations have the same sum.
 * Every set of parents is scored once and remembered, so asking again under another order costs a walk.
 * @param candidates Nodes that may be parents of y. @param required Nodes that are.
 * @see Learning high-dimensional directed acyclic graphs with mixed data-types, PMLR 104 (2019), section 3;
 * Fast scalable and accurate discovery of DAGs using the best order score search and grow-shrink trees, NeurIPS 2023, section 3.
 */
export function createParentSearch(
  statistics: SufficientStatistics,
  y: number,
  candidates: readonly number[],
  required: readonly number[],
  penalty: number,
): ParentSearch {
  const { effectiveRows: n, width } = statistics;
  const price = penalty * Math.log(n);
  const columns = width.map((_, node) => ownColumns(statistics, node));
  const own = columns[y]!;
  const mine = own.map((_, i) => i);
  const steps = new Map<string, GrowStep>();
  const columnsOf = (nodes: readonly number[]) => {
    const joined: number[] = [];
    for (const node of nodes) joined.push(...columns[node]!);
    return joined;
  };
  const scoreOf = (logDeterminant: number, parents: readonly number[]) =>
    n * logDeterminant + price * own.length * parents.reduce((sum, node) => sum + width[node]!, 0);

  const stepOf = (parents: readonly number[]): GrowStep => {
    const sorted = [...parents].sort((a, b) => a - b);
    const key = sorted.join();
    let step = steps.get(key);
    if (step === undefined) {
      const covariance = residualCovariance(statistics, own, columnsOf(sorted));
      const logDeterminant = conditionalLogDeterminant(covariance, mine, 0);
      step = { parents: sorted, score: scoreOf(logDeterminant, sorted), additions: null, shrunk: null };
      steps.set(key, step);
    }
    return step;
  };

  const additionsOf = ({ parents, score }: GrowStep): Addition[] => {
    const others = candidates.filter((node) => !parents.includes(node));
    // One factorisation of the parents serves all candidates.
    const block = [...own, ...columnsOf(others)];
    const covariance = residualCovariance(statistics, block, columnsOf(parents));
    const scored: { readonly node: number; readonly score: number }[] = [];
    let at = own.length;
    for (const node of others) {
      const wide = width[node]!;
      const logDeterminant =
        wide === 1 && own.length === 1
          ? Math.log(Math.max(1e-12, covariance(0, 0) - covariance(0, at) ** 2 / covariance(at, at)))
          : conditionalLogDeterminant(covariance, [...Array.from({ length: wide }, (_, i) => at + i), ...mine], wide);
      const better = scoreOf(logDeterminant, parents) + price * own.length * wide;
      if (better < score - LEAST_GAIN) scored.push({ node, score: better });
      at += wide;
    }
    return scored.sort((a, b) => a.score - b.score || a.node - b.node).map(({ node }) => ({ node, to: null }));
  };

  const shrink = (grown: GrowStep): ScoredParents => {
    let best = grown;
    for (;;) {
      const smaller = best.parents
        .filter((node) => !required.includes(node))
        .map((node) => stepOf(best.parents.filter((other) => other !== node)))
        .reduce<GrowStep | null>((least, step) => (least === null || step.score < least.score ? step : least), null);
      if (smaller === null || smaller.score > best.score - LEAST_GAIN) return best;
      best = smaller;
    }
  };

  const root = stepOf(required);
  return (isBefore) => {
    let step = root;
    for (;;) {
      step.additions ??= additionsOf(step);
      const best = step.additions.find(({ node }) => isBefore[node] === 1);
      if (best === undefined) break;
      best.to ??= stepOf([...step.parents, best.node]);
      step = best.to;
    }
    step.shrunk ??= shrink(step);
    return step.shrunk;
  };
}
