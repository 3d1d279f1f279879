import type { Interval, Verdict } from './comparison';

/** A table this many times larger is no advice. */
const MOST_TIMES_LARGER = 50;

/** Kept: the whole interval is inside the margin; damaged: all of it is outside, on one side; else it cannot be told. */
export function verdictOf({ low, high }: Interval, margin: number): Exclude<Verdict, 'expected-from-balancing'> {
  if (low >= -margin && high <= margin) return 'kept';
  return low > margin || high < -margin ? 'damaged' : 'cannot-tell';
}

/**
 * About how many rows would give a verdict, if the difference stays as it is: half-widths shrink as 1 / sqrt(rows) until
 * they fit between the difference and the margin. Two digits; null where the difference sits so near the margin that no table of a sensible size would tell.
 */
export function rowsNeeded(difference: number, { low, high }: Interval, margin: number, rows: number): number | null {
  const half = (high - low) / 2;
  const room = Math.abs(margin - Math.abs(difference));
  const needed = rows * (half / room) ** 2;
  if (!(needed <= MOST_TIMES_LARGER * rows)) return null;
  const unit = 10 ** Math.max(0, Math.floor(Math.log10(needed)) - 1);
  return Math.max(rows + 1, Math.ceil(needed / unit) * unit);
}
