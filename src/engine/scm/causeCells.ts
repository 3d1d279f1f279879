import { runningShares } from '../numeric/runningShares';
import { ancestorsOf } from './ancestors';
import type { StructuralModel } from './structuralModel';
import { targetLikelihood } from './targetLikelihood';

const MOST_CELLS = 50_000;

/**
 * All combinations of the causes with their law given Y = m: P(cell | Y = m) = P(cell) P(Y = m | cell) / P(Y = m).
 * @returns Null unless all causes are categories without missing cells, in at most 50,000 combinations, and there is no `<->`.
 */
export function causeCells(
  model: StructuralModel,
  target: number,
  rareCode: number,
): {
  readonly columns: readonly Float64Array[];
  readonly cumulative: Float64Array;
  readonly prevalence: number;
} | null {
  const nodes = ancestorsOf(model, target);
  const order = model.order.filter((node) => nodes.has(node));
  const cells = combinationCount(model, order);
  if (model.bidirected.length > 0 || cells > MOST_CELLS) return null;
  const columns = combinations(model, order, cells);
  const log = targetLikelihood(model, target, rareCode)(columns, columns);
  const lawOf = (node: number) =>
    model.mechanisms[node]!.logDensity(
      model.parents[node]!.map((p) => columns[p]!),
      columns[node]!,
    );
  const before = new Float64Array(cells);
  for (const node of order)
    lawOf(node).forEach((value, cell) => {
      before[cell]! += value;
    });
  // Causes that can be missing have combinations beside these.
  if (before.reduce((sum, value) => sum + Math.exp(value), 0) < 1 - 1e-9) return null;
  const law = log.map((value, cell) => Math.exp(value + before[cell]!));
  return { columns, cumulative: runningShares(law), prevalence: law.reduce((sum, p) => sum + p, 0) };
}

/**
 * A bound of P(Y = m | pa): the largest probability over the parents' combinations where all are categories, else 1.
 */
export function riskBound(model: StructuralModel, target: number, rareCode: number): number {
  const parents = model.parents[target]!;
  const cells = combinationCount(model, parents);
  const canBeMissing = parents.some((p) => model.mechanisms[p]!.family === 'mixture');
  if (model.bidirected.flat().includes(target) || cells > MOST_CELLS || canBeMissing) return 1;
  const columns = combinations(model, parents, cells);
  return Math.exp(
    targetLikelihood(model, target, rareCode)(columns, columns).reduce((a, b) => Math.max(a, b), -Infinity),
  );
}

/** Combinations of the levels of some nodes; Infinity where one is a number. */
const combinationCount = (model: StructuralModel, nodes: readonly number[]): number =>
  nodes.reduce((product, node) => product * (model.specs[node]!.levels?.length ?? Infinity), 1);

/** Columns of the model with a row for each combination, the first of the nodes changing fastest; all others are 0. */
function combinations(model: StructuralModel, nodes: readonly number[], cells: number): Float64Array[] {
  const columns = model.specs.map(() => new Float64Array(cells));
  let run = 1;
  for (const node of nodes) {
    const size = model.specs[node]!.levels!.length;
    for (let cell = 0; cell < cells; cell++) columns[node]![cell] = Math.floor(cell / run) % size;
    run *= size;
  }
  return columns;
}
