import { ksDistance, totalVariation } from '../validation/columnFidelity';

/** How far a column's law has moved from a reference to a current sample. */
export interface Drift {
  /** Numbers: the Kolmogorov-Smirnov distance. Categories: total variation. */
  readonly distance: number;
  /** Population stability index, sum (q_k - p_k) ln(q_k / p_k); numbers over ten bins with equal shares of the reference. */
  readonly psi: number;
  /** Jensen-Shannon divergence of the same shares, in bits. */
  readonly jensenShannon: number;
}

const BINS = 10;
/** Share put in place of an empty bin, so that the logarithm stays finite. */
const LEAST_SHARE = 1e-4;

/**
 * Drift of numbers; both samples without missing values. Empty samples have not drifted.
 * @see Jensen-Shannon: Divergence measures based on the Shannon entropy, IEEE Trans. Inf. Theory 37 (1991).
 */
export function numericDrift(reference: Float64Array, current: Float64Array): Drift {
  if (reference.length === 0 || current.length === 0) return { distance: 0, psi: 0, jensenShannon: 0 };
  const edges = innerQuantiles(reference);
  const counts = (values: Float64Array) => {
    const out = new Float64Array(edges.length + 1);
    for (const value of values) out[edges.filter((edge) => value >= edge).length]!++;
    return out;
  };
  const [p, q] = [counts(reference), counts(current)];
  return { distance: ksDistance(reference, current), ...sharesDrift(p, q) };
}

/** Drift of level codes, both samples without missing values. */
export function categoricalDrift(reference: Float64Array, current: Float64Array, levels: number): Drift {
  if (reference.length === 0 || current.length === 0) return { distance: 0, psi: 0, jensenShannon: 0 };
  const counts = (values: Float64Array) => {
    const out = new Float64Array(levels);
    for (const code of values) out[code]!++;
    return out;
  };
  return { distance: totalVariation(reference, current, levels), ...sharesDrift(counts(reference), counts(current)) };
}

/** PSI and JS of two lists of counts over the same bins. */
export function sharesDrift(reference: Float64Array, current: Float64Array): Pick<Drift, 'psi' | 'jensenShannon'> {
  const sharesOf = (counts: Float64Array) => {
    const total = counts.reduce((sum, count) => sum + count, 0);
    return counts.map((count) => count / total);
  };
  const [p, q] = [sharesOf(reference), sharesOf(current)];
  let psi = 0;
  let jensenShannon = 0;
  for (let k = 0; k < p.length; k++) {
    const [a, b] = [Math.max(LEAST_SHARE, p[k]!), Math.max(LEAST_SHARE, q[k]!)];
    psi += (b - a) * Math.log(b / a);
    const middle = (p[k]! + q[k]!) / 2;
    for (const share of [p[k]!, q[k]!]) if (share > 0) jensenShannon += (share / 2) * Math.log2(share / middle);
  }
  return { psi, jensenShannon };
}

/** The distinct type-7 quantiles 1/10 to 9/10. */
function innerQuantiles(values: Float64Array): number[] {
  const sorted = Float64Array.from(values).sort();
  const at = (share: number) => {
    const place = share * (sorted.length - 1);
    const below = Math.floor(place);
    return sorted[below]! + (place - below) * ((sorted[below + 1] ?? sorted[below]!) - sorted[below]!);
  };
  return [...new Set(Array.from({ length: BINS - 1 }, (_, k) => at((k + 1) / BINS)))];
}
