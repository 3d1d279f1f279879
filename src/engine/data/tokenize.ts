import Papa from 'papaparse/papaparse.js';
import { EngineError } from '../errors';
import type { Task } from '../task';
import type { Characters } from './characters';
import { cellsOfQuotedLine } from './quotedLine';
import { RecordCells } from './recordCells';
import type { Dialect, SourceText } from './table';
import { TextWindow } from './textWindow';

/** Characters read between two chances to stop, and handed to the tokenizer at a time: about 1 ms of work, on what the processor's cache holds. */
const CHUNK = 1 << 17;

/**
 * Called for each record with its cells and its place: text.slice(start, end) is the record without its line end.
 * The cells are only good until the call returns.
 * `hasStrayQuote`: a quote inside a quoted cell was not doubled, so the cell was read up to the next closing quote.
 */
export type VisitRecord = (cells: RecordCells, start: number, end: number, hasStrayQuote: boolean) => void;

/**
 * May take lines that are as most are off the reader's hands: those that begin at window.codes[from, stop).
 * @returns Where the first line begins that it did not take, to be split and visited like any other record.
 */
export type TakeLines = (window: TextWindow, from: number, stop: number) => number;

/** The line end to split at: CRLF files are split at LF, so that lines of both sorts can be mixed. */
export const splitNewline = (newline: string): string => (newline === '\r' ? '\r' : '\n');

/** @throws EngineError `bad-parameter` for a delimiter that cannot separate cells. */
export function checkDelimiter(delimiter: string): void {
  if (delimiter === '' || /["\r\n\ufeff]/.test(delimiter))
    throw new EngineError('bad-parameter', `"${delimiter}" cannot separate cells: choose comma, semicolon, tab or |.`, {
      delimiter,
    });
}

/** Counts lines up to growing offsets; going back costs a recount. */
export class LineCounter {
  #offset = 0;
  #line = 1;
  readonly #source: Pick<Characters, 'text'>;
  readonly #newline: string;

  /** @param source Its text is first asked for when a line is. */
  constructor(source: Pick<Characters, 'text'>, newline: string) {
    this.#source = source;
    this.#newline = splitNewline(newline);
  }

  /** Line number, from 1, of the character at `offset`. */
  at(offset: number): number {
    const { text } = this.#source;
    if (offset < this.#offset) {
      this.#offset = 0;
      this.#line = 1;
    }
    for (;;) {
      const next = text.indexOf(this.#newline, this.#offset);
      if (next < 0 || next >= offset) return this.#line;
      this.#offset = next + 1;
      this.#line++;
    }
  }
}

/** How the tokenizer is asked: without a quote mark it splits at every delimiter and line end. */
const parserConfig = ({ delimiter, newline, quote }: Dialect) => ({
  delimiter,
  newline: splitNewline(newline),
  ...(quote === '' ? { fastMode: true } : { quoteChar: quote, fastMode: false }),
});

/**
 * Visits every record of the characters [from, to) in order, blank lines included. Lines on which no cell begins with a quote, or all quotes
 * are by the book, are split in place; all others are PapaParse's, whose reading of quotes decides.
 * @throws EngineError `unclosed-quote` naming the line where the quote opened.
 */
export async function eachRecord(
  characters: Characters,
  from: number,
  to: number,
  dialect: Dialect,
  task: Task,
  visit: VisitRecord,
  takeLines: TakeLines | null = null,
): Promise<void> {
  const cells = new RecordCells(characters);
  const plain: PlainReading = { cells, window: new TextWindow(characters), dialect, to, visit, takeLines };
  const isPlainFirst = dialect.delimiter.length === 1;
  let chunk = CHUNK;
  for (let position = from; position < to; ) {
    const pause = Math.min(to, position + CHUNK);
    if (isPlainFirst && takeLines)
      plain.window.moveTo(position, Math.min(to, lineEndOf(characters, splitNewline(dialect.newline), pause, to) + 1));
    while (position < pause) {
      if (isPlainFirst) position = visitPlain(plain, position, pause);
      if (position >= pause) break;
      const next = visitQuoted(cells, position, Math.min(to, position + chunk), to, dialect, isPlainFirst, visit);
      // A record longer than the chunk: doubling keeps the total work within twice the length of the text.
      chunk = next === position ? chunk * 2 : CHUNK;
      position = next;
    }
    await task.checkpoint((position - from) / (to - from), 'Reading');
  }
}

interface PlainReading {
  readonly cells: RecordCells;
  /** Shows the lines to read where there is a `takeLines`. */
  readonly window: TextWindow;
  readonly dialect: Dialect;
  readonly to: number;
  readonly visit: VisitRecord;
  readonly takeLines: TakeLines | null;
}

/** Visits records from `from` on that need no tokenizer. @returns Where the first other one starts, or a place behind `stop`. */
function visitPlain(reading: PlainReading, from: number, stop: number): number {
  const { cells, window, dialect, to, visit, takeLines } = reading;
  const { base } = window;
  const { delimiter, newline, quote } = dialect;
  const split = splitNewline(newline);
  const delimiterCode = delimiter.charCodeAt(0);
  const quoteCode = quote === '' ? -1 : quote.charCodeAt(0);
  cells.quoted = null;
  let start = from;
  while (start < stop) {
    if (takeLines) {
      start = base + takeLines(window, start - base, stop - base);
      if (start >= stop) break;
    }
    const text = cells.source;
    const line = placeOf(text, split, start, to);
    // A CR before the LF, or at the very end, belongs to the line end, also where lines of both sorts are mixed.
    const end = split === '\n' && line > start && text.charCodeAt(line - 1) === 13 ? line - 1 : line;
    cells.count = 0;
    let cell = start;
    for (let i = start; i < end; i++) {
      const code = text.charCodeAt(i);
      if (code === delimiterCode) {
        cells.push(cell, i);
        cell = i + 1;
      } else if (code === quoteCode && i === cell) {
        const quoted = line < to ? cellsOfQuotedLine(text, start, end, delimiter, quote) : null;
        if (!quoted) return start;
        cells.setQuoted(quoted);
        break;
      }
    }
    if (!cells.quoted) cells.push(cell, end);
    visit(cells, start, end, false);
    cells.quoted = null;
    start = line + 1;
  }
  return start;
}

/** Where the line ends that goes on at `from`, or `to`. */
export function lineEndOf(characters: Characters, split: string, from: number, to: number): number {
  const { plainBytes } = characters;
  if (!plainBytes) return placeOf(characters.text, split, from, to);
  const place = plainBytes.indexOf(split.charCodeAt(0), from);
  return place < 0 || place > to ? to : place;
}

/** Where `mark` stands next in text[from, to), or `to`. */
function placeOf(text: string, mark: string, from: number, to: number): number {
  const place = text.indexOf(mark, from);
  return place < 0 || place > to ? to : place;
}

/**
 * Lets the tokenizer read records from `from` on; with `untilPlain`, only until a line without any quote follows.
 * @returns Offset behind the last record it read.
 */
function visitQuoted(
  cells: RecordCells,
  from: number,
  stop: number,
  to: number,
  dialect: Dialect,
  untilPlain: boolean,
  visit: VisitRecord,
): number {
  const text = cells.source;
  const { newline, quote } = dialect;
  const split = splitNewline(newline);
  const splitCode = split.charCodeAt(0);
  const isLast = stop === to;
  let start = from;
  let nextQuote = from;
  const parser = new Papa.Parser({
    ...parserConfig(dialect),
    step({ data, errors, meta }) {
      const record = data[0]!;
      const next = from + meta.cursor;
      // Every record but the file's last ends with one line end character; a last one without it cannot end in one.
      let end = next > start && text.charCodeAt(next - 1) === splitCode ? next - 1 : next;
      let hasStrayQuote = false;
      for (const { code, index } of errors) {
        if (code === 'MissingQuotes') throw unclosedQuote(text, from + (index ?? 1) - 1, newline);
        hasStrayQuote = true;
      }
      if (splitCode === 10 && end > start && text.charCodeAt(end - 1) === 13) {
        end--;
        const last = record.length - 1;
        const value = record[last]!;
        // An unquoted last cell still holds the CR; a quoted one lost it with the space behind its closing quote.
        if (value.endsWith('\r') && text.endsWith(value, end + 1)) record[last] = value.slice(0, -1);
      }
      if (next > start) {
        cells.setQuoted(record);
        visit(cells, start, end, hasStrayQuote);
      }
      start = next;
      if (!untilPlain) return;
      if (nextQuote >= 0 && nextQuote < next) nextQuote = text.indexOf(quote, next);
      const line = text.indexOf(split, next);
      if (nextQuote < 0 || (line >= 0 && line < nextQuote)) parser.abort();
    },
  });
  parser.parse(text.slice(from, stop), 0, !isLast);
  return start;
}

function unclosedQuote(text: string, offset: number, newline: string): EngineError {
  const line = new LineCounter({ text }, newline).at(offset);
  return new EngineError(
    'unclosed-quote',
    `Line ${line}: a quote opens here and never closes ("${text.slice(offset, offset + 20).split(/[\r\n]/)[0]}..."); close it or remove it, then import again.`,
    { line, offset },
  );
}

/** All records of a short text. The last one is left out unless the text is complete. */
export function recordsOf(
  text: string,
  dialect: Dialect,
  limit: number,
  isComplete: boolean,
): { readonly cells: string[]; readonly start: number }[] {
  const records: { cells: string[]; start: number }[] = [];
  const split = splitNewline(dialect.newline);
  let start = 0;
  const parser = new Papa.Parser({
    ...parserConfig(dialect),
    step({ data, meta }) {
      const cells = data[0]!;
      const last = cells.length - 1;
      if (split === '\n' && cells[last]!.endsWith('\r')) cells[last] = cells[last]!.slice(0, -1);
      if (records.length < limit && start < text.length) records.push({ cells, start });
      start = meta.cursor;
    },
  });
  parser.parse(text, 0, !isComplete);
  return records;
}

/** The cells of one row, found again in the source; as many as the row has, which may differ from the header. */
export function cellsOfRow(source: SourceText, row: number): string[] {
  return cellsOfRecord(source.text.slice(source.start[row]!, source.end[row]!), source);
}

/** The cells of one record without its line end. */
export function cellsOfRecord(record: string, dialect: Dialect): string[] {
  const { delimiter, newline, quote } = dialect;
  if (quote === '' || !record.includes(quote)) return record.split(delimiter);
  // The line end is put back because the tokenizer reads spaces behind a closing quote differently at the text's end.
  return new Papa.Parser(parserConfig(dialect)).parse(record + splitNewline(newline), 0, true).data[0] ?? [''];
}
