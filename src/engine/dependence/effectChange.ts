import { rmsCanonical } from './canonical';
import type { Interval } from './comparison';
import { twoOneSided } from './equivalence';
import {
  type Effect,
  effectOf,
  normInterval,
  reachOf,
  rootRank,
  type SampleEffects,
  standardError,
} from './sampleEffects';

/** A dependence before and after, with the change between. */
export interface EffectChange {
  readonly before: Effect;
  readonly after: Effect;
  /** Negative: weaker, or turned round. */
  readonly difference: number;
  readonly differenceInterval: Interval;
  /** True where both sides have a direction and it differs. */
  readonly turnedRound: boolean;
  /** With their sign; null where a side has more than one column. */
  readonly signed: { readonly before: number; readonly after: number } | null;
  /** Small: shown to be inside the margin. */
  readonly pValueKept: number;
}

/**
 * Effects of two samples and their difference, with intervals from one bootstrap over donors.
 * With one residual column a side the scale is the partial correlation, turned so that `before` is not negative; the
 * difference has a normal interval with the bootstrap's standard error. With more columns C is the matrix whose singular
 * values are the canonical correlations; an effect is |C| / sqrt(s) (Frobenius norm, s the smaller rank) and the difference
 * |C2 - C1| / sqrt(s), signed by which side is stronger, both less what noise alone adds to a squared norm. So a link that
 * only swaps its levels counts as changed.
 * @param width Columns of the design that the residuals were taken on.
 * @param margin Largest change that does not matter.
 */
export function effectChange(first: SampleEffects, second: SampleEffects, width: number, margin: number): EffectChange {
  const reach = reachOf(first.sample.rows, width, first.groups);
  const root = rootRank(first);
  const before = effectOf(first, reach, root);
  const after = effectOf(second, reach, root);
  const [c1, c2] = [first.canonical.matrix, second.canonical.matrix];
  if (first.sample.p === 1 && first.sample.q === 1) {
    const sign = c1[0]! < 0 ? -1 : 1;
    const difference = sign * (c2[0]! - c1[0]!);
    const changes = second.replicates.map((value, i) => value - first.replicates[i]!);
    const error = reach.stretch * standardError(changes);
    const half = reach.critical * error;
    return {
      before,
      after,
      difference,
      differenceInterval: { low: difference - half, high: difference + half },
      turnedRound: c1[0]! * c2[0]! < 0,
      signed: { before: c1[0]!, after: c2[0]! },
      pValueKept: error > 0 ? twoOneSided(difference, margin, error).pValue : Number(Math.abs(difference) > margin),
    };
  }
  const change = c2.map((value, i) => value - c1[i]!);
  const changes = second.replicates.map((value, i) => value - first.replicates[i]!);
  const norm = normInterval(change, changes, reach, root);
  const weaker = rmsCanonical(second.canonical) < rmsCanonical(first.canonical);
  return {
    before,
    after,
    difference: weaker ? -norm.value : norm.value,
    differenceInterval: signedInterval(norm.low, norm.high, weaker),
    turnedRound: false,
    signed: null,
    pValueKept: twoOneSided(norm.value, margin, Math.max(1e-12, (norm.high - norm.value) / reach.critical)).pValue,
  };
}

/** A norm's interval on the signed scale: where it reaches 0 the sign is open. */
function signedInterval(low: number, high: number, negative: boolean): Interval {
  if (low === 0) return { low: -high, high };
  return negative ? { low: -high, high: -low } : { low, high };
}
