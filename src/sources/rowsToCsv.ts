import { quoteCell } from '../engine/data/rawSegments';

const DIALECT = { delimiter: ',', quote: '"' } as const;

/** A value of a binary table as the text that stands for it in the table that is read. */
export function cellText(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'string') return value;
  if (typeof value === 'boolean') return value ? 'true' : 'false';
  if (typeof value === 'number' || typeof value === 'bigint') return String(value);
  if (value instanceof Date) return dateText(value);
  return JSON.stringify(value, (_, part) => (typeof part === 'bigint' ? String(part) : part));
}

/** A day alone where the time is midnight: both Parquet and Excel keep days as such times. */
function dateText(date: Date): string {
  if (Number.isNaN(date.getTime())) return '';
  const text = date.toISOString();
  return text.endsWith('T00:00:00.000Z') ? text.slice(0, 10) : text.replace(/\.000Z$/, 'Z');
}

export const csvLine = (cells: readonly string[]): string =>
  `${cells.map((cell) => quoteCell(cell, DIALECT)).join(',')}\n`;

/** The shortest text that reads as the same 32-bit number: 0.1, not 0.10000000149011612. */
export function singleText(value: number): string {
  for (let digits = 6; digits < 9; digits++) {
    const short = Number(value.toPrecision(digits));
    if (Math.fround(short) === value) return String(short);
  }
  return String(value);
}
