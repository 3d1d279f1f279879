import { LEADING_ZERO, NOT_FINITE, type NumberReader, PLAIN } from './numberReader';

/** What was seen of the cells as numbers; counts of cells. */
export interface NumberTally {
  plain: number;
  leadingZero: number;
  notFinite: number;
  fractional: number;
  negative: number;
  unsafe: number;
  notWhole: number;
  decimals: number;
}

export const emptyTally = (): NumberTally => ({
  plain: 0,
  leadingZero: 0,
  notFinite: 0,
  fractional: 0,
  negative: 0,
  unsafe: 0,
  notWhole: 0,
  decimals: 0,
});

/** Adds `count` equal cells that `reader` has just read as `value`. */
export function tallyNumber(tally: NumberTally, reader: NumberReader, value: number, count: number): void {
  if (reader.status === PLAIN) {
    tally.plain += count;
    if (reader.isFractional) tally.fractional += count;
    if (reader.isUnsafe) tally.unsafe += count;
    if (value < 0) tally.negative += count;
    if (!Number.isInteger(value)) tally.notWhole += count;
    if (reader.decimals > tally.decimals) tally.decimals = reader.decimals;
  } else if (reader.status === LEADING_ZERO) tally.leadingZero += count;
  else if (reader.status === NOT_FINITE) tally.notFinite += count;
}

/** Digits that only make sense as text: a leading zero, or more of them than a double holds. */
export const isCode = (tally: NumberTally): boolean =>
  tally.fractional === 0 && ((tally.leadingZero > 0 && tally.negative === 0) || tally.unsafe > 0);
