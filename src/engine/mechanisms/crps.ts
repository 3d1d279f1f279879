import { type ResidualDistribution, residualQuantile } from './residualDistribution';

const LEVELS = Float64Array.from({ length: 24 }, (_, k) => (k + 0.5) / 24);

/**
 * Continuous ranked probability score of the law mu_i + sigma_i e against the outcome y_i, as the mean of
 * 2 (1[y < q] - tau)(q - y) over 24 levels tau. Same units as y; lower is better; proper.
 * @see Strictly Proper Scoring Rules, Prediction, and Estimation, JASA 102 (2007), section 4.2.
 */
export function crps(
  mu: Float64Array,
  sigma: Float64Array,
  residuals: ResidualDistribution,
  outcome: Float64Array,
): Float64Array {
  const e = LEVELS.map((tau) => residualQuantile(residuals, tau));
  return outcome.map((y, i) => {
    let sum = 0;
    for (let k = 0; k < LEVELS.length; k++) {
      const gap = mu[i]! + sigma[i]! * e[k]! - y;
      sum += ((gap > 0 ? 1 : 0) - LEVELS[k]!) * gap;
    }
    return (2 * sum) / LEVELS.length;
  });
}
