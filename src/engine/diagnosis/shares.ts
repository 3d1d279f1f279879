import type { Interval } from '../dependence/comparison';

const Z2 = 1.959963984540054 ** 2;

/**
 * Wilson's 95 % score interval of `count` out of `rows`: (p + z²/2n ± z sqrt(p (1 - p) / n + z²/4n²)) / (1 + z²/n).
 * [0, 1] without rows.
 * @see Probable inference, the law of succession, and statistical inference, JASA 22 (1927).
 */
export function wilson(count: number, rows: number): Interval {
  if (rows === 0) return { low: 0, high: 1 };
  const p = count / rows;
  const centre = p + Z2 / (2 * rows);
  const reach = Math.sqrt(Z2) * Math.sqrt((p * (1 - p)) / rows + Z2 / (4 * rows * rows));
  const scale = 1 + Z2 / rows;
  return { low: Math.max(0, (centre - reach) / scale), high: Math.min(1, (centre + reach) / scale) };
}

/**
 * Newcombe's 95 % hybrid score interval of a/m - b/n, from the Wilson intervals of both shares.
 * @see Interval estimation for the difference between independent proportions, Statistics in Medicine 17 (1998), method 10.
 */
export function differenceOfShares(a: number, m: number, b: number, n: number): Interval {
  const [first, second] = [wilson(a, m), wilson(b, n)];
  const [p, q] = [m > 0 ? a / m : 0, n > 0 ? b / n : 0];
  return {
    low: p - q - Math.hypot(p - first.low, second.high - q),
    high: p - q + Math.hypot(first.high - p, q - second.low),
  };
}
