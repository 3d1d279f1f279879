/** Running sums over their total; the last is 1. */
export function runningShares(weights: Float64Array): Float64Array {
  const out = new Float64Array(weights.length);
  let sum = 0;
  for (let i = 0; i < weights.length; i++) {
    sum += weights[i]!;
    out[i] = sum;
  }
  return out.map((v) => v / sum);
}

/** Index of the first value above `u` in an increasing array. */
export function firstAbove(increasing: Float64Array | Int32Array, u: number): number {
  let low = 0;
  let high = increasing.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (increasing[middle]! > u) high = middle;
    else low = middle + 1;
  }
  return low;
}
