import type { FeatureBins } from './binning';

/** A regression tree over binned parents, flat: node k has children 2k + 1 and 2k + 2. */
export interface Tree {
  /** Split parent of each inner node; -1 where the node is a leaf. */
  readonly feature: Int16Array;
  /** leftBins[k][bin] = 1 sends the bin left; null for a leaf. */
  readonly leftBins: readonly (Uint8Array | null)[];
  readonly value: Float64Array;
}

export interface GrowOptions {
  /** Splits from the root to a leaf, at most. */
  readonly depth: number;
  /** Least sum of hessians (rows, for squared loss) in a leaf. */
  readonly leastWeight: number;
  /** L2 penalty on leaf values, in the same units. */
  readonly penalty: number;
  /**
   * Direction of each feature's effect: 1 never falls, -1 never rises, 0 free. A missing cell (bin 0) is held to no order with
   * the others, but goes the way of one side of each split.
   */
  readonly directions?: Int8Array;
  /** Features with 0 are never split on. */
  readonly allowed?: Uint8Array;
}

interface Split {
  readonly gain: number;
  /** Sums of g and h on the left side. */
  readonly g: number;
  readonly h: number;
  readonly feature: number;
  readonly leftBins: Uint8Array;
  /** Values the two sides would take. */
  readonly left: number;
  readonly right: number;
}

/** A tree and the rows it was grown on, each node's rows side by side. */
export interface GrownTree {
  readonly tree: Tree;
  readonly rows: Uint32Array;
  /** Node k's rows are rows[start[k]] to rows[end[k] - 1]; a node that no row reaches has none. */
  readonly start: Uint32Array;
  readonly end: Uint32Array;
}

/** What is left in a bin by subtraction is rounding error below this share of what was there. */
const NOTHING = 1e-9;

/**
 * Grows one tree on gradients g and hessians h by second-order gain: a leaf takes -G / (H + penalty), a split gains
 * G_L^2/(H_L + penalty) + G_R^2/(H_R + penalty) - G^2/(H + penalty). The sums of g and h by bin are taken over the smaller
 * of two children and had by subtraction for the other. A feature with a direction only splits where the sides' values are in
 * order, and holds all that grows below to either side of their middle, so that the whole tree keeps the direction.
 * @param rows The rows to grow on; put in another order in place.
 */
export function growTree(
  features: readonly FeatureBins[],
  binned: readonly Uint8Array[],
  gradient: Float64Array,
  hessian: Float64Array,
  options: GrowOptions,
  rows: Uint32Array,
): GrownTree {
  const { depth, penalty, directions, allowed } = options;
  const nodes = 2 ** (depth + 1) - 1;
  const inner = 2 ** depth - 1;
  const feature = new Int16Array(nodes).fill(-1);
  const leftBins: (Uint8Array | null)[] = new Array(nodes).fill(null);
  const value = new Float64Array(nodes);
  const start = new Uint32Array(nodes);
  const end = new Uint32Array(nodes);
  const offsets: number[] = [];
  let width = 0;
  for (const { bins } of features) {
    offsets.push(width);
    width += bins;
  }
  /** Sums of g and h, alternating, by bin of each feature. */
  const sums: (Float64Array | null)[] = new Array(nodes).fill(null);
  const sumRows = (node: number): Float64Array => {
    const out = new Float64Array(2 * width);
    const to = end[node]!;
    for (let f = 0; f < features.length; f++) {
      const bins = binned[f]!;
      const offset = offsets[f]!;
      for (let at = start[node]!; at < to; at++) {
        const i = rows[at]!;
        const cell = 2 * (offset + bins[i]!);
        out[cell]! += gradient[i]!;
        out[cell + 1]! += hessian[i]!;
      }
    }
    return out;
  };
  end[0] = rows.length;
  sums[0] = sumRows(0);
  const sumG = new Float64Array(nodes);
  const sumH = new Float64Array(nodes);
  let totalG = 0;
  let totalH = 0;
  for (let at = 0; at < rows.length; at++) {
    totalG += gradient[rows[at]!]!;
    totalH += hessian[rows[at]!]!;
  }
  sumG[0] = totalG;
  sumH[0] = totalH;
  const spare = new Uint32Array(rows.length);
  const lowest = new Float64Array(nodes).fill(-Infinity);
  const highest = new Float64Array(nodes).fill(Infinity);
  for (let node = 0; node < nodes; node++) {
    if (start[node] === end[node]) continue;
    const g = sumG[node]!;
    const h = sumH[node]!;
    const bounds = { low: lowest[node]!, high: highest[node]! };
    value[node] = leafValue(g, h, penalty, bounds);
    if (node >= inner) continue;
    let best: Split | null = null;
    for (let f = 0; f < features.length; f++) {
      if (allowed && !allowed[f]) continue;
      const split = bestSplit(features[f]!, sums[node]!, offsets[f]!, g, h, options, directions?.[f] ?? 0, bounds);
      if (split && (!best || split.gain > best.gain)) best = { ...split, feature: f };
    }
    if (!best) continue;
    feature[node] = best.feature;
    leftBins[node] = best.leftBins;
    const middle = partition(rows, start[node]!, end[node]!, binned[best.feature]!, best.leftBins, spare);
    const left = 2 * node + 1;
    const right = left + 1;
    start[left] = start[node]!;
    end[left] = middle;
    start[right] = middle;
    end[right] = end[node]!;
    const way = directions?.[best.feature] ?? 0;
    const halfway = (best.left + best.right) / 2;
    for (const child of [left, right]) {
      lowest[child] = bounds.low;
      highest[child] = bounds.high;
      if (way === 0) continue;
      if ((child === left) === way > 0) highest[child] = Math.min(bounds.high, halfway);
      else lowest[child] = Math.max(bounds.low, halfway);
    }
    sumG[left] = best.g;
    sumH[left] = best.h;
    sumG[right] = g - best.g;
    sumH[right] = h - best.h;
    if (left >= inner) continue;
    const [small, large] = middle - start[left]! <= end[right]! - middle ? [left, right] : [right, left];
    sums[small] = sumRows(small);
    sums[large] = difference(sums[node]!, sums[small]!);
  }
  return { tree: { feature, leftBins, value }, rows, start, end };
}

/** Puts the rows that go left first, each side in its old order; returns where the right side starts. */
function partition(
  rows: Uint32Array,
  from: number,
  to: number,
  bins: Uint8Array,
  leftBins: Uint8Array,
  spare: Uint32Array,
): number {
  let left = from;
  let right = 0;
  for (let at = from; at < to; at++) {
    const i = rows[at]!;
    if (leftBins[bins[i]!] === 1) rows[left++] = i;
    else spare[right++] = i;
  }
  rows.set(spare.subarray(0, right), left);
  return left;
}

/** Gradients and hessians of one child by bin, from those of the parent and the other child. */
function difference(parent: Float64Array, child: Float64Array): Float64Array {
  const out = new Float64Array(parent.length);
  for (let cell = 0; cell < out.length; cell += 2) {
    const h = parent[cell + 1]! - child[cell + 1]!;
    if (h <= NOTHING * parent[cell + 1]!) continue;
    out[cell] = parent[cell]! - child[cell]!;
    out[cell + 1] = h;
  }
  return out;
}

interface Bounds {
  readonly low: number;
  readonly high: number;
}

const leafValue = (g: number, h: number, penalty: number, { low, high }: Bounds): number =>
  Math.min(high, Math.max(low, -g / (h + penalty)));

/** What a leaf of this value takes off the loss, twice; G^2 / (H + penalty) at the best value. */
const gainOf = (g: number, h: number, penalty: number, value: number): number =>
  -(2 * g + (h + penalty) * value) * value;

function bestSplit(
  feature: FeatureBins,
  sums: Float64Array,
  offset: number,
  totalG: number,
  totalH: number,
  { leastWeight, penalty }: GrowOptions,
  direction: number,
  bounds: Bounds,
): Omit<Split, 'feature'> | null {
  const g = (bin: number) => sums[2 * (offset + bin)]!;
  const h = (bin: number) => sums[2 * (offset + bin) + 1]!;
  const order: number[] = [];
  for (let bin = 0; bin < feature.bins; bin++) if (h(bin) > 0) order.push(bin);
  // For categories the best two-way split is found along the order of the bins' mean gradients.
  const isOrdered = !feature.categorical || direction !== 0;
  if (!isOrdered) order.sort((a, b) => g(a) / (h(a) + penalty) - g(b) / (h(b) + penalty) || a - b);
  const parent = gainOf(totalG, totalH, penalty, leafValue(totalG, totalH, penalty, bounds));
  let best: Omit<Split, 'feature'> | null = null;
  let bestGain = 1e-9 * (1 + Math.abs(parent));
  let bestAt = -1;
  let bestOrder = order;
  const scan = (ordered: readonly number[]) => {
    let leftG = 0;
    let leftH = 0;
    for (let at = 0; at < ordered.length - 1; at++) {
      leftG += g(ordered[at]!);
      leftH += h(ordered[at]!);
      const rightH = totalH - leftH;
      if (leftH < leastWeight || rightH < leastWeight) continue;
      const rightG = totalG - leftG;
      const left = leafValue(leftG, leftH, penalty, bounds);
      const right = leafValue(rightG, rightH, penalty, bounds);
      if (direction * (right - left) < 0) continue;
      const gain = gainOf(leftG, leftH, penalty, left) + gainOf(rightG, rightH, penalty, right) - parent;
      if (gain > bestGain) {
        bestGain = gain;
        bestAt = at;
        bestOrder = ordered as number[];
        best = { gain, g: leftG, h: leftH, left, right, leftBins: new Uint8Array(0) };
      }
    }
  };
  scan(order);
  // Missing cells may as well go with the high values.
  if (isOrdered && order[0] === 0 && order.length > 2) scan([...order.slice(1), 0]);
  if (bestAt < 0) return null;
  const leftBins = new Uint8Array(feature.bins);
  for (let at = 0; at <= bestAt; at++) leftBins[bestOrder[at]!] = 1;
  // Values between those seen go with their lower neighbour.
  if (!feature.categorical) {
    const missing = leftBins[0]!;
    const last = bestOrder.slice(0, bestAt + 1).reduce((a, b) => Math.max(a, b), 0);
    leftBins.fill(1, 0, last + 1);
    leftBins[0] = order[0] === 0 ? missing : 1;
  }
  return { ...best!, leftBins };
}

/** Adds the tree's value to `out` for the rows it was grown on: their leaves are known. */
export function addGrownTree({ tree, rows, start, end }: GrownTree, out: Float64Array): void {
  for (let node = 0; node < tree.feature.length; node++) {
    if (tree.feature[node]! >= 0) continue;
    const step = tree.value[node]!;
    for (let at = start[node]!; at < end[node]!; at++) out[rows[at]!]! += step;
  }
}

/** The node in which a row ends. */
function leafOf({ feature, leftBins }: Tree, binned: readonly Uint8Array[], i: number): number {
  let node = 0;
  while (feature[node]! >= 0) node = 2 * node + (leftBins[node]![binned[feature[node]!]![i]!] ? 1 : 2);
  return node;
}

/** Adds the tree's value to `out` for some rows. */
export function addTreeTo(tree: Tree, binned: readonly Uint8Array[], out: Float64Array, rows: Uint32Array): void {
  for (let at = 0; at < rows.length; at++) {
    const i = rows[at]!;
    out[i]! += tree.value[leafOf(tree, binned, i)]!;
  }
}

/** Adds the tree's value of every row to `out`. */
export function addTree(tree: Tree, binned: readonly Uint8Array[], out: Float64Array): void {
  for (let i = 0; i < out.length; i++) out[i]! += tree.value[leafOf(tree, binned, i)]!;
}

export const treeToJson = (tree: Tree) => ({
  feature: Array.from(tree.feature),
  leftBins: tree.leftBins.map((bins) => (bins ? Array.from(bins).join('') : null)),
  value: Array.from(tree.value),
});
export type TreeJson = ReturnType<typeof treeToJson>;
export const treeFromJson = (json: TreeJson): Tree => ({
  feature: Int16Array.from(json.feature),
  leftBins: json.leftBins.map((bins) => (bins === null ? null : Uint8Array.from(bins, Number))),
  value: Float64Array.from(json.value),
});
