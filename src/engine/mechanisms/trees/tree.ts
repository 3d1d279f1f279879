import type { FeatureBins } from './binning';

/** A regression tree of at most DEPTH levels over binned parents, flat: node k has children 2k + 1 and 2k + 2. */
export interface Tree {
  /** Split parent of each inner node; -1 where the node is a leaf. */
  readonly feature: Int16Array;
  /** leftBins[k][bin] = 1 sends the bin left; null for a leaf. */
  readonly leftBins: readonly (Uint8Array | null)[];
  readonly value: Float64Array;
}

export const DEPTH = 3;
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
  readonly feature: number;
  readonly leftBins: Uint8Array;
}

/**
 * Grows one tree on gradients g and hessians h by second-order gain: a leaf takes -G / (H + penalty), a split gains
 * G_L^2/(H_L + penalty) + G_R^2/(H_R + penalty) - G^2/(H + penalty). Rows with h = 0 and g = 0 do not count.
 * @param assigned Scratch of shape (n,), overwritten with each row's leaf.
 */
export function growTree(
  features: readonly FeatureBins[],
  binned: readonly Uint8Array[],
  gradient: Float64Array,
  hessian: Float64Array,
  options: GrowOptions,
  assigned: Uint8Array,
): Tree {
  const n = gradient.length;
  const feature = new Int16Array(NODES).fill(-1);
  const leftBins: (Uint8Array | null)[] = new Array(NODES).fill(null);
  const value = new Float64Array(NODES);
  assigned.fill(0);
  const sumG = new Float64Array(NODES);
  const sumH = new Float64Array(NODES);
  for (let i = 0; i < n; i++) {
    sumG[0]! += gradient[i]!;
    sumH[0]! += hessian[i]!;
  }
  const offsets: number[] = [];
  let width = 0;
  for (const { bins } of features) {
    offsets.push(width);
    width += bins;
  }
  for (let depth = 0; depth < DEPTH; depth++) {
    const first = 2 ** depth - 1;
    const count = 2 ** depth;
    const histG = new Float64Array(count * width);
    const histH = new Float64Array(count * width);
    for (let f = 0; f < features.length; f++) {
      const bins = binned[f]!;
      const offset = offsets[f]!;
      for (let i = 0; i < n; i++) {
        const node = assigned[i]! - first;
        if (node < 0) continue;
        const at = node * width + offset + bins[i]!;
        histG[at]! += gradient[i]!;
        histH[at]! += hessian[i]!;
      }
    }
    let grown = false;
    for (let k = 0; k < count; k++) {
      const node = first + k;
      if (depth > 0 && feature[(node - 1) >> 1]! < 0) continue;
      let best: Split | null = null;
      for (let f = 0; f < features.length; f++) {
        const from = k * width + offsets[f]!;
        const to = from + features[f]!.bins;
        const split = bestSplit(
          features[f]!,
          histG.subarray(from, to),
          histH.subarray(from, to),
          sumG[node]!,
          sumH[node]!,
          options,
        );
        if (split && (!best || split.gain > best.gain)) best = { ...split, feature: f };
      }
      if (!best) continue;
      grown = true;
      feature[node] = best.feature;
      leftBins[node] = best.leftBins;
    }
    if (!grown) break;
    for (let i = 0; i < n; i++) {
      const node = assigned[i]!;
      if (node < first || feature[node]! < 0) continue;
      const child = 2 * node + (leftBins[node]![binned[feature[node]!]![i]!] ? 1 : 2);
      assigned[i] = child;
      sumG[child]! += gradient[i]!;
      sumH[child]! += hessian[i]!;
    }
  }
  for (let k = 0; k < NODES; k++) value[k] = -sumG[k]! / (sumH[k]! + options.penalty);
  return { feature, leftBins, value };
}

function bestSplit(
  feature: FeatureBins,
  g: Float64Array,
  h: Float64Array,
  totalG: number,
  totalH: number,
  { leastWeight, penalty }: GrowOptions,
): Omit<Split, 'feature'> | null {
  const order: number[] = [];
  for (let bin = 0; bin < feature.bins; bin++) if (h[bin]! > 0) order.push(bin);
  // For categories the best two-way split is found along the order of the bins' mean gradients.
  if (feature.categorical) order.sort((a, b) => g[a]! / (h[a]! + penalty) - g[b]! / (h[b]! + penalty) || a - b);
  const parent = (totalG * totalG) / (totalH + penalty);
  let left = 0;
  let leftH = 0;
  let bestGain = 1e-9 * (1 + parent);
  let bestAt = -1;
  for (let at = 0; at < order.length - 1; at++) {
    left += g[order[at]!]!;
    leftH += h[order[at]!]!;
    const rightH = totalH - leftH;
    if (leftH < leastWeight || rightH < leastWeight) continue;
    const right = totalG - left;
    const gain = (left * left) / (leftH + penalty) + (right * right) / (rightH + penalty) - parent;
    if (gain > bestGain) {
      bestGain = gain;
      bestAt = at;
    }
  }
  if (bestAt < 0) return null;
  const leftBins = new Uint8Array(feature.bins);
  if (feature.categorical) for (let at = 0; at <= bestAt; at++) leftBins[order[at]!] = 1;
  else leftBins.fill(1, 0, order[bestAt]! + 1);
  return { gain: bestGain, leftBins };
}

/** Adds rate times the tree's value of every row to `out`. */
export function addTree(tree: Tree, binned: readonly Uint8Array[], rate: number, out: Float64Array): void {
  const { feature, leftBins, value } = tree;
  if (feature[0]! < 0) {
    const constant = rate * value[0]!;
    for (let i = 0; i < out.length; i++) out[i]! += constant;
    return;
  }
  for (let i = 0; i < out.length; i++) {
    let node = 0;
    while (node < INNER && feature[node]! >= 0)
      node = 2 * node + (leftBins[node]![binned[feature[node]!]![i]!] ? 1 : 2);
    out[i]! += rate * value[node]!;
  }
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
