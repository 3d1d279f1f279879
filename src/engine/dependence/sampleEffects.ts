import { type CanonicalMatrix, canonicalMatrix } from './canonical';
import type { Interval } from './comparison';
import { type DonorBootstrap, MOST_GROUPS, REPLICATES, replicateTotal } from './donorBootstrap';
import type { SampleMoments } from './sample';

/** What effects are made of: residual moments by bootstrap group. */
export type EffectMoments = Pick<SampleMoments, 'p' | 'q' | 'perGroup' | 'total' | 'rows'>;

/** Strength of one dependence in one sample. */
export interface Effect {
  /** In [0, 1]. */
  readonly value: number;
  /** 95 %. */
  readonly interval: Interval;
}

/** A sample's canonical matrix and those of its bootstrap replicates. */
export interface SampleEffects {
  readonly sample: EffectMoments;
  readonly canonical: CanonicalMatrix;
  /** One matrix after the other, shape (REPLICATES, p, q). */
  readonly replicates: Float64Array;
  /** False where x or y does not vary once its conditions are known. */
  readonly isDefined: boolean;
  /** Groups that the replicates drew from. */
  readonly groups: number;
}

export function sampleEffects(sample: EffectMoments, bootstrap: DonorBootstrap): SampleEffects {
  const { p, q, perGroup, total } = sample;
  const canonical = canonicalMatrix(total, p, q);
  const replicates = new Float64Array(REPLICATES * p * q);
  const moments = new Float64Array(total.length);
  for (let replicate = 0; replicate < REPLICATES; replicate++) {
    replicateTotal(bootstrap, replicate, perGroup, moments);
    replicates.set(canonicalMatrix(moments, p, q).matrix, replicate * p * q);
  }
  const isDefined = Math.min(canonical.rankX, canonical.rankY) > 0;
  return { sample, canonical, replicates, isDefined, groups: bootstrap.groups };
}

/**
 * How bootstrap deviations become an interval for `rows` rows in `groups` bootstrap groups and regressions of `width` columns.
 * Few groups are few degrees of freedom, however many rows they hold.
 */
export interface Reach {
  /** 0.975 quantile of Student's t, good to 1 % from 5 degrees of freedom on. */
  readonly critical: number;
  /** Residuals of k columns on n rows vary less than the errors do, sqrt(n / (n - k)), and g groups drawn whole sqrt(g / (g - 1)). */
  readonly stretch: number;
}

export function reachOf(rows: number, width: number, groups: number): Reach {
  const isClustered = groups < Math.min(rows, MOST_GROUPS);
  const freedom = isClustered ? Math.min(rows - width, groups - 1) : rows - width;
  return {
    critical: 1.96 + 2.4 / Math.max(1, freedom - 1.2),
    stretch: Math.sqrt((rows / Math.max(1, rows - width)) * (isClustered ? groups / Math.max(1, groups - 1) : 1)),
  };
}

/**
 * The effect in one sample. With one residual column a side it is |r|, with an interval that is symmetric in atanh r;
 * with more it is |C| / root (Frobenius norm), less what noise adds to its square.
 * @param root Square root of the smaller rank.
 */
export function effectOf({ sample, canonical, replicates }: SampleEffects, reach: Reach, root: number): Effect {
  if (sample.p === 1 && sample.q === 1) {
    return correlationEffect(canonical.matrix[0]!, reach.critical * reach.stretch * standardError(replicates));
  }
  const { value, low, high } = normInterval(canonical.matrix, replicates, reach, root);
  return { value: Math.min(1, value), interval: { low: Math.min(1, low), high: Math.min(1, high) } };
}

export const rootRank = ({ canonical }: SampleEffects): number =>
  Math.sqrt(Math.max(1, Math.min(canonical.rankX, canonical.rankY)));

function correlationEffect(r: number, half: number): Effect {
  const bounded = Math.min(0.999999, Math.max(-0.999999, r));
  const z = Math.atanh(bounded);
  const halfZ = half / (1 - bounded * bounded);
  const low = Math.tanh(z - halfZ);
  const high = Math.tanh(z + halfZ);
  const interval =
    low <= 0 && high >= 0
      ? { low: 0, high: Math.max(-low, high) }
      : { low: Math.min(Math.abs(low), Math.abs(high)), high: Math.max(Math.abs(low), Math.abs(high)) };
  return { value: Math.abs(r), interval };
}

export function standardError(values: Float64Array): number {
  const mean = values.reduce((sum, value) => sum + value / values.length, 0);
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2 / (values.length - 1), 0));
}

/**
 * Norm of a matrix over `root`, less the noise in its square. Low end: |C| less the 95 % quantile of |C* - C|, which
 * rejects a true 0 in 5 %. High end: the value plus the normal reach in the noisiest direction; adding the quantile
 * there too would count the noise twice.
 */
export function normInterval(
  matrix: Float64Array,
  replicates: Float64Array,
  { critical, stretch }: Reach,
  root: number,
): { readonly value: number; readonly low: number; readonly high: number } {
  const cells = matrix.length;
  const scale = stretch / root;
  const norm = Math.hypot(...matrix) / root;
  const cellVariance = new Float64Array(cells);
  const squaredDeviations = Float64Array.from({ length: REPLICATES }, (_, replicate) => {
    let squares = 0;
    for (let i = 0; i < cells; i++) {
      const square = ((replicates[replicate * cells + i]! - matrix[i]!) * scale) ** 2;
      cellVariance[i]! += square / REPLICATES;
      squares += square;
    }
    return squares;
  }).sort();
  const noise = cellVariance.reduce((sum, variance) => sum + variance, 0);
  const value = Math.sqrt(Math.max(0, norm * norm - noise));
  return {
    value,
    low: Math.max(0, norm - Math.sqrt(squaredDeviations[Math.floor(0.95 * REPLICATES)]!)),
    high: value + critical * Math.sqrt(Math.max(...cellVariance)),
  };
}
