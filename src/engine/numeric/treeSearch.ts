import type { Task } from '../task';
import type { KdTree } from './kdTree';
import { type MixedPoints, type NearestLists, offerInPlace, squaredDistance } from './nearestLists';

const QUERIES_PER_CHECKPOINT = 256;

/** Fills the lists by walking the tree once a row; codes only add to a distance, so numeric bounds stay valid. */
export async function searchTree(
  points: MixedPoints,
  tree: KdTree,
  queries: Int32Array | null,
  lists: NearestLists,
  task: Task,
): Promise<void> {
  const { numeric, numericColumns: width } = points;
  const { order, start, end, splitColumn, splitValue } = tree;
  const { k, squared } = lists;
  const offset = new Float64Array(width);

  const visit = (list: number, row: number, node: number, bound: number) => {
    const column = splitColumn[node]!;
    const last = list * k + k - 1;
    if (column < 0) {
      for (let p = start[node]!; p < end[node]!; p++) {
        const candidate = order[p]!;
        if (candidate === row) continue;
        const distance = squaredDistance(points, row, candidate, squared[last]!);
        if (distance <= squared[last]!) offerInPlace(lists, list, candidate, distance);
      }
      return;
    }
    const gap = numeric[row * width + column]! - splitValue[node]!;
    const left = 2 * node + 1;
    visit(list, row, gap < 0 ? left : left + 1, bound);
    const previous = offset[column]!;
    const farBound = bound - previous * previous + gap * gap;
    // The slack keeps rounding in the running bound from hiding an exact tie.
    if (farBound * (1 - 1e-9) > squared[last]!) return;
    offset[column] = gap;
    visit(list, row, gap < 0 ? left + 1 : left, farBound);
    offset[column] = previous;
  };

  const count = queries?.length ?? points.rows;
  for (let q = 0; q < count; q++) {
    if (q % QUERIES_PER_CHECKPOINT === 0) await task.checkpoint(q / count, 'Finding neighbours');
    if (queries) visit(q, queries[q]!, 0, 0);
    else visit(order[q]!, order[q]!, 0, 0); // leaf order: consecutive queries touch the same leaves
  }
}
