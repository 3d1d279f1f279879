import { canonicalMatrix, rmsCanonical } from './canonical';
import type { Interval } from './comparison';
import { type DonorBootstrap, REPLICATES, replicateTotal } from './donorBootstrap';
import type { SampleMoments } from './sample';

/** Strength of one dependence in one sample. */
export interface Effect {
  /** In [0, 1]. */
  readonly value: number;
  /** 95 %. */
  readonly interval: Interval;
}

/** A dependence before and after, with the change between. */
export interface EffectChange {
  readonly before: Effect;
  readonly after: Effect;
  /** Negative: weaker, or turned round. */
  readonly difference: number;
  readonly differenceInterval: Interval;
  /** True where both sides have a direction and it differs. */
  readonly turnedRound: boolean;
  /** False where one side does not vary once its conditions are known. */
  readonly isDefined: boolean;
}

/** 0.975 quantile of Student's t, good to 1 % from 5 degrees of freedom on. */
const criticalValue = (degrees: number): number => 1.96 + 2.4 / Math.max(1, degrees - 1.2);

/** Residuals of a regression with k columns on n rows vary less than the errors do, by (n - k) / n. */
const inflation = (rows: number, width: number): number => Math.sqrt(rows / Math.max(1, rows - width));

/**
 * Effects of two samples and their difference, with intervals from the bootstrap over donors.
 * With one residual column a side the scale is the partial correlation, turned so that `before` is not negative; the
 * difference has a normal interval with the bootstrap's standard error. With more columns C is the matrix whose singular
 * values are the canonical correlations; an effect is |C| / sqrt(s) (Frobenius norm, s the smaller rank) and the difference
 * |C2 - C1| / sqrt(s), signed by which side is stronger, both less what noise alone adds to a squared norm. So a link that
 * only swaps its levels counts as changed.
 * @param width Columns of the design that the residuals were taken on.
 */
export function effectChange(
  before: SampleMoments,
  after: SampleMoments,
  bootstrap: DonorBootstrap,
  width: number,
): EffectChange {
  const { p, q } = before;
  const c1 = canonicalMatrix(before.total, p, q);
  const c2 = canonicalMatrix(after.total, p, q);
  const s = Math.min(c1.rankX, c1.rankY);
  const replicates1 = replicateMatrices(before, bootstrap);
  const replicates2 = replicateMatrices(after, bootstrap);
  const critical = criticalValue(before.rows - width);
  const stretch = inflation(before.rows, width);
  const isDefined = s > 0;
  if (p === 1 && q === 1) {
    const [r1, r2] = [c1.matrix[0]!, c2.matrix[0]!];
    const sign = r1 < 0 ? -1 : 1;
    const difference = sign * (r2 - r1);
    const change = replicates2.map((value, i) => sign * (value - replicates1[i]!));
    const half = critical * stretch * standardError(change);
    return {
      before: correlationEffect(r1, critical * stretch * standardError(replicates1)),
      after: correlationEffect(r2, critical * stretch * standardError(replicates2)),
      difference,
      differenceInterval: { low: difference - half, high: difference + half },
      turnedRound: r1 * r2 < 0,
      isDefined,
    };
  }
  const root = Math.sqrt(Math.max(1, s));
  const change = c2.matrix.map((value, i) => value - c1.matrix[i]!);
  const changes = replicates2.map((value, i) => value - replicates1[i]!);
  const norm = normInterval(change, changes, stretch, root, critical);
  const weaker = rmsCanonical(c2) < rmsCanonical(c1);
  return {
    before: normEffect(c1.matrix, replicates1, stretch, root, critical),
    after: normEffect(c2.matrix, replicates2, stretch, root, critical),
    difference: weaker ? -norm.value : norm.value,
    differenceInterval: signedInterval(norm.low, norm.high, weaker),
    turnedRound: false,
    isDefined,
  };
}

/**
 * The effect in one sample, with its interval; on the same scales as `effectChange`. Null where a side does not vary once
 * its conditions are known.
 */
export function sampleEffect(sample: SampleMoments, bootstrap: DonorBootstrap, width: number): Effect | null {
  const { p, q } = sample;
  const canonical = canonicalMatrix(sample.total, p, q);
  const s = Math.min(canonical.rankX, canonical.rankY);
  if (s === 0) return null;
  const replicates = replicateMatrices(sample, bootstrap);
  const stretch = inflation(sample.rows, width);
  const critical = criticalValue(sample.rows - width);
  if (p === 1 && q === 1) {
    return correlationEffect(canonical.matrix[0]!, critical * stretch * standardError(replicates));
  }
  return normEffect(canonical.matrix, replicates, stretch, Math.sqrt(s), critical);
}

/** The canonical matrix of every replicate, one after the other. */
function replicateMatrices({ p, q, perGroup, total }: SampleMoments, bootstrap: DonorBootstrap): Float64Array {
  const replicates = new Float64Array(REPLICATES * p * q);
  const moments = new Float64Array(total.length);
  for (let replicate = 0; replicate < REPLICATES; replicate++) {
    replicateTotal(bootstrap, replicate, perGroup, moments);
    replicates.set(canonicalMatrix(moments, p, q).matrix, replicate * p * q);
  }
  return replicates;
}

/** |r| with an interval that is symmetric on the scale of atanh r. */
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

function standardError(values: Float64Array): number {
  const mean = values.reduce((sum, value) => sum + value / values.length, 0);
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2 / (values.length - 1), 0));
}

/** A norm's interval on the signed scale: where it reaches 0 the sign is open. */
function signedInterval(low: number, high: number, negative: boolean): Interval {
  if (low === 0) return { low: -high, high };
  return negative ? { low: -high, high: -low } : { low, high };
}

/** |C| / root in [0, 1]. */
function normEffect(
  matrix: Float64Array,
  replicates: Float64Array,
  stretch: number,
  root: number,
  critical: number,
): Effect {
  const { value, low, high } = normInterval(matrix, replicates, stretch, root, critical);
  return { value: Math.min(1, value), interval: { low: Math.min(1, low), high: Math.min(1, high) } };
}

/**
 * Norm of a matrix over `root`, less the noise in its square. Low end: |C| less the 95 % quantile of |C* - C|, which
 * rejects a true 0 in 5 %. High end: the value plus the normal reach in the noisiest direction; adding the quantile
 * there too would count the noise twice.
 */
function normInterval(
  matrix: Float64Array,
  replicates: Float64Array,
  stretch: number,
  root: number,
  critical: number,
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
