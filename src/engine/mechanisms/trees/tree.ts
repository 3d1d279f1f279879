import type { FeatureBins } from './binning';

/** A regression tree of at most DEPTH levels over binned parents, flat: node k has children 2k + 1 and 2k + 2. */
export interface Tree {
  /** Split parent of each inner node; -1 where the node is a leaf. */
  readonly feature: Int16Array;
  /** leftBins[k][bin] = 1 sends the bin left; null for a leaf. */
  readonly leftBins: readonly (Uint8Array | null)[];
  readonly value: Float64Array;
}

const DEPTH = 3;
const NODES = 2 ** (DEPTH + 1) - 1;
const INNER = 2 ** DEPTH - 1;

export interface GrowOptions {
  /** Least sum of hessians (rows, for squared loss) in a leaf. */
  readonly leastWeight: number;
  /** L2 penalty on leaf values, in the same units. */
  readonly penalty: number;
}

interface Split {
  readonly gain: number;
  /** Sums of g and h on the left side. */
  readonly g: number;
  readonly h: number;
  readonly feature: number;
  readonly leftBins: Uint8Array;
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
 * of two children and had by subtraction for the other.
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
  const feature = new Int16Array(NODES).fill(-1);
  const leftBins: (Uint8Array | null)[] = new Array(NODES).fill(null);
  const value = new Float64Array(NODES);
  const start = new Uint32Array(NODES);
  const end = new Uint32Array(NODES);
  const offsets: number[] = [];
  let width = 0;
  for (const { bins } of features) {
    offsets.push(width);
    width += bins;
  }
  /** Sums of g and h, alternating, by bin of each feature. */
  const sums: (Float64Array | null)[] = new Array(NODES).fill(null);
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
  const sumG = new Float64Array(NODES);
  const sumH = new Float64Array(NODES);
  for (let at = 0; at < rows.length; at++) {
    sumG[0]! += gradient[rows[at]!]!;
    sumH[0]! += hessian[rows[at]!]!;
  }
  const spare = new Uint32Array(rows.length);
  for (let node = 0; node < NODES; node++) {
    if (start[node] === end[node]) continue;
    const g = sumG[node]!;
    const h = sumH[node]!;
    value[node] = -g / (h + options.penalty);
    if (node >= INNER) continue;
    let best: Split | null = null;
    for (let f = 0; f < features.length; f++) {
      const split = bestSplit(features[f]!, sums[node]!, offsets[f]!, g, h, options);
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
    sumG[left] = best.g;
    sumH[left] = best.h;
    sumG[right] = g - best.g;
    sumH[right] = h - best.h;
    if (left >= INNER) continue;
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

function bestSplit(
  feature: FeatureBins,
  sums: Float64Array,
  offset: number,
  totalG: number,
  totalH: number,
  { leastWeight, penalty }: GrowOptions,
): Omit<Split, 'feature'> | null {
  const g = (bin: number) => sums[2 * (offset + bin)]!;
  const h = (bin: number) => sums[2 * (offset + bin) + 1]!;
  const order: number[] = [];
  for (let bin = 0; bin < feature.bins; bin++) if (h(bin) > 0) order.push(bin);
  // For categories the best two-way split is found along the order of the bins' mean gradients.
  if (feature.categorical) order.sort((a, b) => g(a) / (h(a) + penalty) - g(b) / (h(b) + penalty) || a - b);
  const parent = (totalG * totalG) / (totalH + penalty);
  let left = 0;
  let leftH = 0;
  let bestGain = 1e-9 * (1 + parent);
  let bestAt = -1;
  let bestG = 0;
  let bestH = 0;
  for (let at = 0; at < order.length - 1; at++) {
    left += g(order[at]!);
    leftH += h(order[at]!);
    const rightH = totalH - leftH;
    if (leftH < leastWeight || rightH < leastWeight) continue;
    const right = totalG - left;
    const gain = (left * left) / (leftH + penalty) + (right * right) / (rightH + penalty) - parent;
    if (gain > bestGain) {
      bestGain = gain;
      bestAt = at;
      bestG = left;
      bestH = leftH;
    }
  }
  if (bestAt < 0) return null;
  const leftBins = new Uint8Array(feature.bins);
  if (feature.categorical) for (let at = 0; at <= bestAt; at++) leftBins[order[at]!] = 1;
  else leftBins.fill(1, 0, order[bestAt]! + 1);
  return { gain: bestGain, g: bestG, h: bestH, leftBins };
}

/** Adds rate times the tree's value to `out` for the rows it was grown on: their leaves are known. */
export function addGrownTree({ tree, rows, start, end }: GrownTree, rate: number, out: Float64Array): void {
  for (let node = 0; node < NODES; node++) {
    if (tree.feature[node]! >= 0) continue;
    const step = rate * tree.value[node]!;
    for (let at = start[node]!; at < end[node]!; at++) out[rows[at]!]! += step;
  }
}

/** The node in which a row ends. */
function leafOf({ feature, leftBins }: Tree, binned: readonly Uint8Array[], i: number): number {
  let node = 0;
  while (node < INNER && feature[node]! >= 0) node = 2 * node + (leftBins[node]![binned[feature[node]!]![i]!] ? 1 : 2);
  return node;
}

/** Adds rate times the tree's value to `out` for some rows. */
export function addTreeTo(
  tree: Tree,
  binned: readonly Uint8Array[],
  rate: number,
  out: Float64Array,
  rows: Uint32Array,
): void {
  for (let at = 0; at < rows.length; at++) {
    const i = rows[at]!;
    out[i]! += rate * tree.value[leafOf(tree, binned, i)]!;
  }
}

/** Adds rate times the tree's value of every row to `out`. */
export function addTree(tree: Tree, binned: readonly Uint8Array[], rate: number, out: Float64Array): void {
  for (let i = 0; i < out.length; i++) out[i]! += rate * tree.value[leafOf(tree, binned, i)]!;
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
