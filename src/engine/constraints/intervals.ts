/** All numbers from low to high, both included; an infinite end is open. */
export interface Interval {
  readonly low: number;
  readonly high: number;
}

export const EVERYTHING: Interval = { low: -Infinity, high: Infinity };
export const point = (value: number): Interval => ({ low: value, high: value });
const hull = (...values: readonly number[]): Interval => ({ low: Math.min(...values), high: Math.max(...values) });

/** Rounding may move an end by a few units of its last digit; an interval that is wider by this share misses nothing. */
const SHARE_OF_ROUNDING = 1e-11;
/** Whole numbers below this are calculated without rounding. */
const MOST_EXACT = 2 ** 31;
const isExact = (end: number) => Number.isInteger(end) && Math.abs(end) < MOST_EXACT;

/** An interval that rounding cannot have made too small; ends that are whole, from ends that are, stay as they are. */
export function widened({ low, high }: Interval, ...from: readonly Interval[]): Interval {
  const isWhole =
    from.length > 0 && from.every((one) => [one.low, one.high].every((end) => isExact(end) || !Number.isFinite(end)));
  const by = (end: number) =>
    !Number.isFinite(end) || (isWhole && isExact(end)) ? 0 : Math.abs(end) * SHARE_OF_ROUNDING;
  return { low: low - by(low), high: high + by(high) };
}

/** Null where the two have nothing in common. */
export function intersection(a: Interval, b: Interval): Interval | null {
  const low = Math.max(a.low, b.low);
  const high = Math.min(a.high, b.high);
  return low <= high ? { low, high } : null;
}

export const sumOf = (a: Interval, b: Interval): Interval => ({ low: a.low + b.low, high: a.high + b.high });
export const negative = ({ low, high }: Interval): Interval => ({ low: -high, high: -low });
export const differenceOf = (a: Interval, b: Interval): Interval => sumOf(a, negative(b));

/** Nothing times a number without bounds is nothing: the numbers themselves are finite. */
const times = (x: number, y: number): number => (x === 0 || y === 0 ? 0 : x * y);
export const productOf = (a: Interval, b: Interval): Interval =>
  hull(times(a.low, b.low), times(a.low, b.high), times(a.high, b.low), times(a.high, b.high));

export const holdsZero = ({ low, high }: Interval): boolean => low <= 0 && high >= 0;

/** a / b where b is never 0. */
export function quotientOf(a: Interval, b: Interval): Interval {
  const inverse = { low: b.high === Infinity ? 0 : 1 / b.high, high: b.low === -Infinity ? 0 : 1 / b.low };
  return productOf(a, inverse);
}

/** x with x b in a: a / b, or everything where b may be 0 and a as well; null where b is 0 and a is not. */
export function factorOf(a: Interval, b: Interval): Interval | null {
  if (!holdsZero(b)) return quotientOf(a, b);
  if (holdsZero(a)) return EVERYTHING;
  if (b.low === 0 && b.high === 0) return null;
  // b on one side of 0 only: its inverse is without bounds on that side.
  if (b.low === 0) return productOf(a, { low: b.high === Infinity ? 0 : 1 / b.high, high: Infinity });
  if (b.high === 0) return productOf(a, { low: -Infinity, high: b.low === -Infinity ? 0 : 1 / b.low });
  return EVERYTHING;
}

/** A whole positive power. */
export function powerOf({ low, high }: Interval, exponent: number): Interval {
  const ends = [low ** exponent, high ** exponent];
  if (exponent % 2 === 1) return { low: ends[0]!, high: ends[1]! };
  return { low: holdsZero({ low, high }) ? 0 : Math.min(...ends), high: Math.max(...ends) };
}

/** x with x^exponent in a, for a whole positive exponent; null where there is none. */
export function rootOf(a: Interval, exponent: number): Interval | null {
  const root = (v: number) => Math.sign(v) * Math.abs(v) ** (1 / exponent);
  if (exponent % 2 === 1) return { low: root(a.low), high: root(a.high) };
  return a.high < 0 ? null : { low: -root(a.high), high: root(a.high) };
}

export const sizeOf = (a: Interval): Interval => ({
  low: holdsZero(a) ? 0 : Math.min(Math.abs(a.low), Math.abs(a.high)),
  high: Math.max(Math.abs(a.low), Math.abs(a.high)),
});

/**
 * base^exponent for any exponent: monotone in either, so its ends are at the corners. Null where some of it has no result: a
 * base that may be below 0, or 0 to a power that may be. 0^0 is 1, as in the row language.
 */
export function powersOf(base: Interval, exponent: Interval): Interval | null {
  if (base.low < 0 || (base.low === 0 && exponent.low < 0)) return null;
  const corners = [base.low, base.high].flatMap((b) => [exponent.low, exponent.high].map((e) => b ** e));
  // 1 to the power of everything and everything to the power of 0 are told by no corner that is a number.
  return corners.some(Number.isNaN) ? { low: 0, high: Infinity } : hull(...corners);
}
