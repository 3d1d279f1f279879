import { type ResidualDistribution, residualQuantile } from './residualDistribution';

const COUNT = 24;
const LEVELS = Float64Array.from({ length: COUNT }, (_, k) => (k + 0.5) / COUNT);

/**
 * Continuous ranked probability score of laws given by their quantiles against the outcomes, as the mean of
 * 2 (1[y < q] - tau)(q - y) over 24 levels tau. Same units as y; lower is better; proper.
 * @param quantile The tau quantile of every row, asked for increasing tau.
 * @see Strictly Proper Scoring Rules, Prediction, and Estimation, JASA 102 (2007), section 4.2.
 */
export function crpsOfQuantiles(
  quantile: (tau: number, at: number) => Float64Array,
  outcome: Float64Array,
): Float64Array {
  const out = new Float64Array(outcome.length);
  LEVELS.forEach((tau, at) => {
    const q = quantile(tau, at);
    const above = 2 * (1 - tau);
    const below = 2 * (0 - tau);
    for (let i = 0; i < out.length; i++) {
      const gap = q[i]! - outcome[i]!;
      out[i]! += ((gap > 0 ? above : below) * gap) / COUNT;
    }
  });
  return out;
}

/** The same for the law mu_i + sigma_i e. */
export function crps(
  mu: Float64Array,
  sigma: Float64Array,
  residuals: ResidualDistribution,
  outcome: Float64Array,
): Float64Array {
  const quantiles = new Float64Array(outcome.length);
  return crpsOfQuantiles((tau) => {
    const e = residualQuantile(residuals, tau);
    for (let i = 0; i < quantiles.length; i++) quantiles[i] = mu[i]! + sigma[i]! * e;
    return quantiles;
  }, outcome);
}
