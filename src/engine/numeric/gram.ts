/**
 * X' diag(w) X, row-major (p, p), for columns of shape (n,). Four sums run side by side: each adds in row order, so the numbers
 * are those of one sum after the other, sooner.
 * @param known The matrix of the first columns, where it is known already; shape (q, q).
 */
export function weightedGram(
  columns: readonly Float64Array[],
  weights: Float64Array,
  known: Float64Array = new Float64Array(0),
): Float64Array {
  const p = columns.length;
  const q = Math.sqrt(known.length);
  const out = new Float64Array(p * p);
  for (let a = 0; a < q; a++) for (let b = 0; b < q; b++) out[a * p + b] = known[a * q + b]!;
  const weighted = new Float64Array(weights.length);
  for (let a = q; a < p; a++) {
    const x = columns[a]!;
    for (let i = 0; i < weighted.length; i++) weighted[i] = weights[i]! * x[i]!;
    dotsInto(out, a * p, weighted, columns, a + 1);
    for (let b = 0; b < a; b++) out[b * p + a] = out[a * p + b]!;
  }
  return out;
}

/** The sums of `values` times each of the first `count` columns, put from `at` on. */
export function dotsInto(
  out: Float64Array,
  at: number,
  values: Float64Array,
  columns: readonly Float64Array[],
  count: number,
): void {
  const n = values.length;
  let b = 0;
  for (; b + 3 < count; b += 4) {
    const c0 = columns[b]!;
    const c1 = columns[b + 1]!;
    const c2 = columns[b + 2]!;
    const c3 = columns[b + 3]!;
    let s0 = 0;
    let s1 = 0;
    let s2 = 0;
    let s3 = 0;
    for (let i = 0; i < n; i++) {
      const v = values[i]!;
      s0 += v * c0[i]!;
      s1 += v * c1[i]!;
      s2 += v * c2[i]!;
      s3 += v * c3[i]!;
    }
    out[at + b] = s0;
    out[at + b + 1] = s1;
    out[at + b + 2] = s2;
    out[at + b + 3] = s3;
  }
  for (; b < count; b++) {
    const column = columns[b]!;
    let sum = 0;
    for (let i = 0; i < n; i++) sum += values[i]! * column[i]!;
    out[at + b] = sum;
  }
}
