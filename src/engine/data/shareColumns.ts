import type { Sniffed } from './sniff';
import { recordsOf } from './tokenize';

const SAMPLE = 1 << 15;
const RECORDS = 100;
/** What a cell costs besides its characters, in characters. */
const CELL = 8;
/** What the first reader has to do besides, as a share of the whole. */
const FIRST = 0.1;

/**
 * Deals columns out to `1 + others` readers so that each has about as much to do, by the length of the cells in the first records.
 * @returns Places of each reader's columns, rising; only the first may have none.
 */
export function shareColumns(text: string, sniffed: Sniffed, columns: number, others: number): number[][] {
  if (others === 0 || columns < 2) return [Array.from({ length: columns }, (_, i) => i)];
  const records = recordsOf(text.slice(sniffed.from, sniffed.from + SAMPLE), sniffed, RECORDS, false);
  const work = Array.from({ length: columns }, (_, i) =>
    records.reduce((sum, { cells }) => sum + CELL + (cells[i]?.length ?? 0), CELL),
  );
  const shares: number[][] = Array.from({ length: Math.min(columns, 1 + others) }, () => []);
  const load = shares.map((_, share) => (share === 0 ? FIRST * work.reduce((sum, one) => sum + one, 0) : 0));
  for (const column of [...work.keys()].sort((a, b) => work[b]! - work[a]! || a - b)) {
    // A reader without a column first, so that none is left without; else whoever has least to do.
    const free = shares.findIndex((own, share) => own.length === 0 && share > 0);
    const next = free >= 0 ? free : load.indexOf(Math.min(...load));
    shares[next]!.push(column);
    load[next]! += work[column]!;
  }
  return shares.map((own) => own.sort((a, b) => a - b));
}
