/**
 * The j-th function of a restricted cubic spline, linear beyond the outer knots:
 * (v - t_j)^3_+ - (v - t_{k-1})^3_+ (t_k - t_j) / (t_k - t_{k-1}) + (v - t_k)^3_+ (t_{k-1} - t_j) / (t_k - t_{k-1}), in units
 * of (t_k - t_1)^2.
 */
export function cubic(knots: readonly number[], j: number, v: number): number {
  const out = new Float64Array(1);
  cubicColumn(knots, j, Float64Array.of(v), out);
  return out[0]!;
}

/** The same for every value of a column, into `out`; knots increase, a missing value gives NaN. */
export function cubicColumn(knots: readonly number[], j: number, values: Float64Array, out: Float64Array): void {
  const last = knots[knots.length - 1]!;
  const before = knots[knots.length - 2]!;
  const own = knots[j]!;
  const unit = (last - knots[0]!) ** 2;
  const fromLast = last - own;
  const fromBefore = before - own;
  const gap = last - before;
  for (let i = 0; i < values.length; i++) {
    const v = values[i]!;
    if (v <= own) {
      out[i] = 0;
      continue;
    }
    let cube = (v - own) * (v - own) * (v - own);
    if (v > before) {
      const ofBefore = (v - before) * (v - before) * (v - before);
      const ofLast = v > last ? (v - last) * (v - last) * (v - last) : 0;
      cube -= (ofBefore * fromLast - ofLast * fromBefore) / gap;
    }
    out[i] = cube / unit;
  }
}
