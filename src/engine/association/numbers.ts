import { normalSurvival } from '../numeric/normal';
import { midRanks } from '../numeric/ranks';
import { studentTwoSided } from '../numeric/specialFunctions';

/** Pearson's correlation; NaN where a column is constant. */
export function pearson(x: Float64Array, y: Float64Array): number {
  const n = x.length;
  let [mx, my] = [0, 0];
  for (let i = 0; i < n; i++) {
    mx += x[i]! / n;
    my += y[i]! / n;
  }
  let [xx, xy, yy] = [0, 0, 0];
  for (let i = 0; i < n; i++) {
    const [a, b] = [x[i]! - mx, y[i]! - my];
    xx += a * a;
    xy += a * b;
    yy += b * b;
  }
  const scale = Math.sqrt(xx * yy);
  return scale > 0 ? Math.min(1, Math.max(-1, xy / scale)) : Number.NaN;
}

export const spearman = (x: Float64Array, y: Float64Array): number => pearson(midRanks(x), midRanks(y));

/** Two-sided p of a correlation of n pairs by t = r sqrt((n - 2) / (1 - r²)); for ranks an approximation. */
export const correlationPValue = (r: number, n: number): number =>
  studentTwoSided(r * Math.sqrt((n - 2) / (1 - r * r)), n - 2);

export interface RankAgreement {
  /** Concordant less discordant pairs over sqrt((P - ties in x) (P - ties in y)), P all pairs. */
  readonly tauB: number;
  /** Concordant less discordant pairs over n² (m - 1) / (2 m), m the smaller number of different values. */
  readonly tauC: number;
  /** Concordant less discordant pairs over the pairs that differ in x: Somers' D of y given x. */
  readonly somersD: number;
  /** Two-sided p of no agreement: normal law of concordant less discordant pairs, ties accounted for. */
  readonly pValue: number;
}

/**
 * Kendall's tau and Somers' D, by comparing all pairs.
 * @see A new asymmetric measure of association for ordinal variables, Am. Sociol. Rev. 27 (1962).
 */
export function rankAgreement(x: Float64Array, y: Float64Array): RankAgreement {
  const n = x.length;
  let [balance, differX, differY] = [0, 0, 0];
  for (let i = 0; i < n; i++)
    for (let j = 0; j < i; j++) {
      const a = Math.sign(x[i]! - x[j]!);
      const b = Math.sign(y[i]! - y[j]!);
      balance += a * b;
      differX += a * a;
      differY += b * b;
    }
  const m = Math.min(new Set(x).size, new Set(y).size);
  return {
    tauB: balance / Math.sqrt(differX * differY),
    tauC: balance / ((n * n * (m - 1)) / m / 2),
    somersD: balance / differX,
    pValue: 2 * normalSurvival(Math.abs(balance) / Math.sqrt(balanceVariance(x, y))),
  };
}

/**
 * Variance of concordant less discordant pairs of unrelated columns with these ties.
 * @see Rank Correlation Methods, 4th edition, Griffin 1970, section 4.
 */
function balanceVariance(x: Float64Array, y: Float64Array): number {
  const n = x.length;
  const ties = (values: Float64Array) => {
    const counts = new Map<number, number>();
    for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
    const sum = (of: (t: number) => number) => [...counts.values()].reduce((total, t) => total + of(t), 0);
    return {
      pairs: sum((t) => t * (t - 1)),
      triples: sum((t) => t * (t - 1) * (t - 2)),
      spread: sum((t) => t * (t - 1) * (2 * t + 5)),
    };
  };
  const [a, b] = [ties(x), ties(y)];
  return (
    (n * (n - 1) * (2 * n + 5) - a.spread - b.spread) / 18 +
    (a.triples * b.triples) / (9 * n * (n - 1) * (n - 2)) +
    (a.pairs * b.pairs) / (2 * n * (n - 1))
  );
}

/** Median of the slopes (y_j - y_i) / (x_j - x_i) over pairs that differ in x. */
export function theilSenSlope(x: Float64Array, y: Float64Array): number {
  const slopes: number[] = [];
  for (let i = 0; i < x.length; i++)
    for (let j = 0; j < i; j++) if (x[i] !== x[j]) slopes.push((y[i]! - y[j]!) / (x[i]! - x[j]!));
  slopes.sort((a, b) => a - b);
  const middle = slopes.length >> 1;
  return slopes.length % 2 === 1 ? slopes[middle]! : (slopes[middle - 1]! + slopes[middle]!) / 2;
}
