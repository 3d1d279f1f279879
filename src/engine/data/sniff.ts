import { EngineError } from '../errors';
import { guessDate } from './guessDate';
import { defaultMissingTokens, type ImportOptions } from './importOptions';
import { NumberReader, PLAIN } from './numberReader';
import type { Dialect } from './table';
import { checkDelimiter, recordsOf } from './tokenize';

export interface Sniffed extends Dialect {
  readonly decimal: '.' | ',';
  readonly header: boolean;
  /** Lines before the header, blank ones included. */
  readonly skipLines: number;
  /** Offset at which those lines end. */
  readonly from: number;
  /** Cells that most records have. */
  readonly width: number;
  /** Characters of a record on average, as seen in the sample. */
  readonly recordLength: number;
  /** Every data row seen has one cell more than the header: `rowNames` when the surplus is in front. */
  readonly surplus: 'none' | 'rowNames' | 'lastCell' | 'trailingDelimiter';
  /** One sentence per guess made. */
  readonly reasons: readonly string[];
}

type Records = readonly { readonly cells: string[]; readonly start: number }[];

const DELIMITERS = [',', ';', '\t', '|'];
const NAMES: Readonly<Record<string, string>> = { ',': 'comma', ';': 'semicolon', '\t': 'tab', '|': 'vertical bar' };
const SAMPLE = 1 << 16;
const RECORDS = 200;
const MAX_PREAMBLE = 30;

const isBlank = (cells: readonly string[]) => cells.every((cell) => cell.trim() === '');

/**
 * Guesses how a delimited text is to be read from its first records; whatever `options` settle is not guessed.
 * @throws EngineError `empty-file` for text without a character, `bad-parameter` for an impossible delimiter.
 */
export function sniff(text: string, options: ImportOptions): Sniffed {
  if (text.trim() === '')
    throw new EngineError('empty-file', 'The file is empty: choose a file with a header and at least one row.');
  if (options.delimiter !== null) checkDelimiter(options.delimiter);
  const reasons: string[] = [];
  const newline = sniffNewline(text);
  const offset = options.skipLines === null ? 0 : offsetOfLine(text, newline, options.skipLines);
  if (offset >= text.length)
    throw new EngineError('no-rows', `All lines are skipped: the file has fewer than ${options.skipLines} lines.`);
  let length = SAMPLE;
  let delimiter = '';
  let quote: Dialect['quote'] = '"';
  let records: Records = [];
  do {
    const isWhole = offset + length >= text.length;
    const sample = text.slice(offset, offset + length);
    quote = options.quote === null ? sniffQuote(sample) : options.quote === 'none' ? '' : options.quote;
    delimiter = options.delimiter ?? bestDelimiter(sample, { newline, quote }, isWhole);
    records = recordsOf(sample, { delimiter, newline, quote }, RECORDS, isWhole).filter(({ cells }) => !isBlank(cells));
    length *= 8;
  } while (records.length < 3 && offset + length / 8 < text.length);
  if (records.length === 0)
    throw new EngineError(
      'no-rows',
      'The file has blank lines only: choose a file with a header and at least one row.',
    );
  const width = usualWidth(records);
  if (options.delimiter === null)
    reasons.push(
      width > 1
        ? `The cells are separated by ${NAMES[delimiter]}: most lines then have ${width} cells.`
        : 'No delimiter was found: the file is read as a single column.',
    );
  const preamble = options.skipLines === null ? preambleLength(records, width) : 0;
  const from = preamble > 0 ? offset + records[preamble]!.start : offset;
  const skipLines = options.skipLines ?? (preamble > 0 ? linesBefore(text, newline, from) : 0);
  if (options.quote === null && quote === "'") reasons.push("Cells are quoted by apostrophes ('...').");
  if (preamble > 0)
    reasons.push(
      `The table begins on line ${skipLines + 1}: what is above (${skipLines} lines, blank ones included) is skipped.`,
    );
  const rows = records.slice(preamble).map(({ cells }) => cells);
  const decimal = options.decimal ?? sniffDecimal(rows, delimiter);
  if (options.decimal === null && decimal === ',') reasons.push('Numbers are written with a decimal comma.');
  const header = options.header ?? looksLikeHeader(rows, decimal, new Set(options.missingTokens));
  if (options.header === null && !header)
    reasons.push('The first line looks like data, so the columns are named column_1, column_2 and so on.');
  const surplus = header ? surplusOf(rows) : 'none';
  if (surplus === 'trailingDelimiter')
    reasons.push(
      `Every row ends in an extra ${NAMES[delimiter] ?? 'delimiter'} with nothing behind it, which is ignored.`,
    );
  return {
    delimiter,
    decimal,
    newline,
    quote,
    header,
    skipLines,
    from,
    width,
    recordLength: averageLength(records, length / 8),
    surplus,
    reasons,
  };
}

/**
 * Line ends outside quotes decide; CRLF wins over LF where it is the more common. Those of blank lines do not count: they
 * are not kept, and without them the same file must be read the same way.
 */
function sniffNewline(text: string): string {
  const sample = text.slice(0, SAMPLE * 4);
  const outside = sample.replace(/"[^"]*"/g, '');
  for (const part of [outside, sample, text]) {
    let [crlf, lf, cr] = [0, 0, 0];
    for (const [, end] of part.matchAll(/[^\s",;|][\s",;|]*?(\r\n|\n|\r)/g)) {
      if (end === '\r\n') crlf++;
      else if (end === '\n') lf++;
      else cr++;
    }
    if (crlf + lf + cr > 0) return cr > lf + crlf ? '\r' : crlf > lf ? '\r\n' : '\n';
    if (part === sample && sample.length === text.length) break;
  }
  return '\n';
}

/** The last record of the sample may be cut, so only what is before it counts. */
function averageLength(records: Records, sampled: number): number {
  const last = records.length - 1;
  return last < 1 ? sampled : Math.max(1, (records[last]!.start - records[0]!.start) / last);
}

/** Apostrophes quote only where no double quote does, and where most of them stand at the edge of a cell, in pairs. */
function sniffQuote(sample: string): Dialect['quote'] {
  if (sample.includes('"')) return '"';
  const all = sample.split("'").length - 1;
  if (all < 4) return '"';
  const cells = sample.match(/(?<=^|[,;\t|\r\n])'(?:''|[^'\r\n])*'(?=[,;\t|\r\n]|$)/g) ?? [];
  const atEdges = cells.reduce((sum, cell) => sum + cell.split("'").length - 1, 0);
  return atEdges > 0.9 * all ? "'" : '"';
}

function offsetOfLine(text: string, newline: string, lines: number): number {
  const end = newline === '\r' ? '\r' : '\n';
  let offset = 0;
  for (let line = 0; line < lines; line++) {
    const next = text.indexOf(end, offset);
    if (next < 0) return text.length;
    offset = next + 1;
  }
  return offset;
}

function linesBefore(text: string, newline: string, offset: number): number {
  return text.slice(0, offset).split(newline === '\r' ? '\r' : '\n').length - 1;
}

/** The delimiter with which most records have equally many cells; among equals the one with more cells. */
function bestDelimiter(sample: string, dialect: Omit<Dialect, 'delimiter'>, isWhole: boolean): string {
  let best = ',';
  let bestScore = 0;
  for (const delimiter of DELIMITERS) {
    const records = recordsOf(sample, { ...dialect, delimiter }, RECORDS, isWhole).filter(
      ({ cells }) => !isBlank(cells),
    );
    const width = usualWidth(records);
    if (width < 2) continue;
    const fitting = records.filter(({ cells }) => cells.length === width).length;
    const score = fitting / records.length + Math.min(width, 20) / 100;
    if (score > bestScore) {
      best = delimiter;
      bestScore = score;
    }
  }
  return best;
}

/** The most common number of cells, two or more if half as many records have it as have a single cell. */
function usualWidth(records: Records): number {
  const counts = new Map<number, number>();
  for (const { cells } of records)
    counts.set(cells.length, (counts.get(cells.length) ?? 0) + (cells.length > 1 ? 2 : 1));
  let width = 1;
  for (const [cells, count] of counts) if (count > (counts.get(width) ?? 0)) width = cells;
  return width;
}

/** Records before the first that is as wide as the table. A header one cell short directly before it belongs to it. */
function preambleLength(records: Records, width: number): number {
  if (width < 2) return 0;
  const first = records.findIndex(({ cells }) => cells.length >= width);
  if (first <= 0 || first > MAX_PREAMBLE) return 0;
  const before = records[first - 1]!.cells;
  const isShortHeader =
    width > 2 &&
    before.length === width - 1 &&
    before.every((cell) => cell.trim() !== '') &&
    isTableStart(records, first, width);
  return isShortHeader ? first - 1 : first;
}

const isTableStart = (records: Records, first: number, width: number) =>
  records.slice(first).every(({ cells }) => cells.length === width);

/** Commas count as decimal marks unless they can be thousands marks (1,234); points likewise. */
function sniffDecimal(rows: readonly (readonly string[])[], delimiter: string): '.' | ',' {
  let [commas, points, weakCommas, weakPoints] = [0, 0, 0, 0];
  for (const row of rows)
    for (const cell of row) {
      const text = cell.trim();
      if (/^[+-]?\d*,\d+$/.test(text)) /^[+-]?[1-9]\d{0,2},\d{3}$/.test(text) ? weakCommas++ : commas++;
      else if (/^[+-]?\d*\.\d+(e[+-]?\d+)?$/i.test(text))
        /^[+-]?[1-9]\d{0,2}\.\d{3}$/.test(text) ? weakPoints++ : points++;
    }
  if (commas + points > 0) return commas > points ? ',' : '.';
  return delimiter !== ',' && weakCommas > 0 && weakPoints === 0 ? ',' : '.';
}

/**
 * A header is text above numbers, or texts that never occur again below. Numbers above numbers are data, unless they
 * count up by one, as the names of measured positions do.
 */
function looksLikeHeader(
  rows: readonly (readonly string[])[],
  decimal: '.' | ',',
  missing: ReadonlySet<string>,
): boolean {
  const reader = new NumberReader(decimal);
  const isNumber = (cell: string) => {
    reader.read(cell);
    return reader.status === PLAIN;
  };
  const isMissing = (cell: string) =>
    cell.trim() === '' || missing.has(cell.trim()) || defaultMissingTokens.includes(cell.trim());
  const first = rows[0]!;
  const below = rows.slice(1, 100);
  if (below.length === 0) return !first.some(isNumber);
  let [forHeader, against, repeated] = [0, 0, 0];
  const numericNames: number[] = [];
  for (let column = 0; column < first.length; column++) {
    const name = first[column]!;
    if (isMissing(name)) continue;
    const cells = below.map((row) => row[column] ?? '').filter((cell) => !isMissing(cell));
    if (cells.length === 0) continue;
    if (cells.includes(name)) repeated++;
    if (cells.filter(isNumber).length > 0.8 * cells.length) {
      if (isNumber(name)) {
        against++;
        numericNames.push(reader.read(name));
      } else forHeader++;
    } else if (guessDate([{ text: name.trim(), count: 1 }])?.share === 1) against++;
  }
  if (forHeader + against === 0) return repeated === 0;
  const countUp =
    numericNames.length > 2 && numericNames.every((value, i) => i === 0 || value === numericNames[i - 1]! + 1);
  return countUp ? repeated === 0 : forHeader >= against;
}

/** Where the one extra cell of every data row belongs. */
function surplusOf(rows: readonly (readonly string[])[]): Sniffed['surplus'] {
  const names = rows[0]!.length;
  const below = rows.slice(1);
  if (below.length === 0 || names < 2 || below.some((row) => row.length !== names + 1)) return 'none';
  if (below.every((row) => row[names]!.trim() === '')) return 'trailingDelimiter';
  const unique = new Set(below.map((row) => row[0])).size === below.length;
  return unique && below.length > 2 ? 'rowNames' : 'lastCell';
}
