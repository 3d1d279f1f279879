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
export function rawSegments(record: string, delimiter: string, newline: string): RawSegment[] {
  if (!record.includes('"')) return record.split(delimiter).map((raw) => ({ value: raw, raw }));
  const values = cellsOfRecord(record, delimiter, newline);
  let start = 0;
  return values.map((value, i) => {
    let end = record.length;
    if (i < values.length - 1) {
      const behind = record[start] === '"' ? behindQuoted(record, start, value) : start + value.length;
      end = record.indexOf(delimiter, behind);
      if (end < 0) end = record.length;
    }
    const raw = record.slice(start, end);
    start = end + delimiter.length;
    return { value, raw };
  });
}

/** Offset behind the closing quote of the quoted cell that holds `value`: a doubled quote stands for one character. */
function behindQuoted(record: string, start: number, value: string): number {
  let i = start + 1;
  for (let k = 0; k < value.length; k++) i += value[k] === '"' && record[i + 1] === '"' ? 2 : 1;
  return i + 1;
}

/** The text of a cell with quotes where the delimiter, a quote, a line end or outer spaces need them. */
export function quoteCell(value: string, delimiter: string): string {
  const needsQuotes = value.includes(delimiter) || /["\r\n]/.test(value);
  return needsQuotes ? `"${value.replaceAll('"', '""')}"` : value;
}
