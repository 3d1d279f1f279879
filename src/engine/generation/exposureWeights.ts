/** Weights that give a table with tilted rows its original law back. */
export interface RowWeights {
  /** By row of the source, as the donors count them. */
  readonly real: Float64Array;
  /** By synthetic row. */
  readonly synthetic: Float64Array;
}

/** Rows drawn with root causes tilted by `ratio`: how much more often than in the real table each real row's causes occur. */
export interface Exposure {
  readonly rows: number;
  readonly ratio: Float64Array;
}

/**
 * n real rows of law p and, of each part k, M_k rows whose root causes are drawn r_k times as often are one sample of the
 * mixture; its weight at a row with causes x is p / mixture = (n + M) / (n + sum_k M_k r_k(x)), M the sum of the M_k.
 * Weighted means over the augmented table are those of the original law; the largest weight is (n + M) / n.
 * @param donors Real row whose causes each synthetic row has.
 * @see Safe and Effective Importance Sampling, JASA 95 (2000), section 3.
 */
export function exposureWeights(realRows: number, exposures: readonly Exposure[], donors: Int32Array): RowWeights {
  const total = exposures.reduce((sum, { rows }) => sum + rows, realRows);
  const real = Float64Array.from({ length: realRows }, (_, i) => {
    const density = exposures.reduce((sum, { rows, ratio }) => sum + rows * ratio[i]!, realRows);
    return total / density;
  });
  return { real, synthetic: Float64Array.from(donors, (row) => real[row]!) };
}
