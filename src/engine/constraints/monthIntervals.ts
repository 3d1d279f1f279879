import type { Interval } from './intervals';
import { functions } from './language/functions';

/**
 * Completed months m(a, b) from date a to date b, in milliseconds. They never fall as b moves on and never rise as a does, so
 * intervals go through them end by end.
 */
const monthsBetween = (a: number, b: number): number => functions.months!.compute(a, b);

const MONTH_MS = 30.436875 * 86_400_000;
/** Months completed lie this close to the time between two dates over the mean length of a month, in milliseconds. */
const REACH_MS = 35 * 86_400_000;
/** Beyond this there is no day any more, see `Date`. */
const LAST_MS = 8e15;

export function monthsOf(from: Interval, to: Interval): Interval {
  const at = (a: number, b: number, open: number) =>
    Number.isFinite(a) && Number.isFinite(b) ? monthsBetween(a, b) : open;
  return { low: at(from.high, to.low, -Infinity), high: at(from.low, to.high, Infinity) };
}

/** The dates b that can have a number of months in `wanted` from some date in `from`. */
export function endsFor(wanted: Interval, from: Interval): Interval {
  return {
    low: bounded(from.low, wanted.low, 1, (b) => monthsBetween(from.low, b) >= Math.ceil(wanted.low)),
    high: bounded(from.high, wanted.high, -1, (b) => monthsBetween(from.high, b) <= Math.floor(wanted.high)),
  };
}

/** The dates a from which some date in `to` can be a number of months in `wanted` away. */
export function startsFor(wanted: Interval, to: Interval): Interval {
  return {
    low: bounded(to.low, -wanted.high, 1, (a) => monthsBetween(a, to.low) <= Math.floor(wanted.high)),
    high: bounded(to.high, -wanted.low, -1, (a) => monthsBetween(a, to.high) >= Math.ceil(wanted.low)),
  };
}

/** The outermost whole millisecond about `months` from `date` where `isReached` holds, looked for by halving. */
function bounded(date: number, months: number, direction: 1 | -1, isReached: (ms: number) => boolean): number {
  if (!Number.isFinite(date) || !Number.isFinite(months)) return -direction * Infinity;
  const middle = date + months * MONTH_MS;
  if (Math.abs(middle) > LAST_MS) return -direction * Infinity;
  let out = Math.round(middle - direction * 2 * REACH_MS);
  let inside = Math.round(middle + direction * 2 * REACH_MS);
  if (!isReached(inside) || isReached(out)) return -direction * Infinity;
  while (Math.abs(inside - out) > 1) {
    const half = Math.round((out + inside) / 2);
    if (isReached(half)) inside = half;
    else out = half;
  }
  return inside;
}

/** Completed years are months over 12 without their fraction: the months that give a number of years in `years`. */
export const monthsForYears = ({ low, high }: Interval): Interval => {
  const [least, most] = [Math.ceil(low), Math.floor(high)];
  return { low: least > 0 ? 12 * least : 12 * (least - 1) + 1, high: most >= 0 ? 12 * (most + 1) - 1 : 12 * most };
};
export const yearsOf = ({ low, high }: Interval): Interval => ({
  low: Math.trunc(low / 12),
  high: Math.trunc(high / 12),
});
