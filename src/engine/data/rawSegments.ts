import type { Dialect } from './table';
import { cellsOfRecord } from './tokenize';

/** One cell with the characters it stands as in the file, quotes included. */
export interface RawSegment {
  readonly value: string;
  readonly raw: string;
}

/**
 * Splits one record into its cells, keeping how each was written.
 * The tokenizer decides what the cells are; their places are found by walking along its values, so that the two can
 * never disagree. Joined by the delimiter, the raw texts give the record again.
 */
export function rawSegments(record: string, dialect: Dialect): RawSegment[] {
  const { delimiter, quote } = dialect;
  const values = cellsOfRecord(record, dialect);
  if (quote === '' || !record.includes(quote)) return values.map((raw) => ({ value: raw, raw }));
  let start = 0;
  return values.map((value, i) => {
    let end = record.length;
    if (i < values.length - 1) {
      const behind = record[start] === quote ? behindQuoted(record, start, value, quote) : start + value.length;
      end = record.indexOf(delimiter, behind);
      if (end < 0) end = record.length;
    }
    const raw = record.slice(start, end);
    start = end + delimiter.length;
    return { value, raw };
  });
}

/** Offset behind the closing quote of the quoted cell that holds `value`: a doubled quote stands for one character. */
function behindQuoted(record: string, start: number, value: string, quote: string): number {
  let i = start + 1;
  for (let k = 0; k < value.length; k++) i += value[k] === quote && record[i + 1] === quote ? 2 : 1;
  return i + 1;
}

/**
 * The text of a cell with quotes where the delimiter, a quote or a line end need them.
 * Where the dialect knows no quotes, characters that would break the record become spaces.
 */
export function quoteCell(value: string, { delimiter, quote }: Pick<Dialect, 'delimiter' | 'quote'>): string {
  const breaks = value.includes(delimiter) || /[\r\n]/.test(value);
  if (quote === '') return breaks ? value.replaceAll(delimiter, ' ').replace(/[\r\n]+/g, ' ') : value;
  return breaks || value.includes(quote) ? quoted(value, quote) : value;
}

export const quoted = (value: string, quote: string): string =>
  `${quote}${value.replaceAll(quote, quote + quote)}${quote}`;
