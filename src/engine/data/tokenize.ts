import Papa from 'papaparse/papaparse.js';
import { EngineError } from '../errors';
import type { Task } from '../task';
import type { SourceText } from './table';

/** Characters handed to the tokenizer at a time: about 10 ms of work. */
const CHUNK = 1 << 20;

/**
 * Called for each record with its cells and its place: text.slice(start, end) is the record without its line end.
 * `hasStrayQuote`: a quote inside a quoted cell was not doubled, so the cell was read up to the next closing quote.
 */
export type VisitRecord = (cells: string[], start: number, end: number, hasStrayQuote: boolean) => void;

/** The line end to split at: CRLF files are split at LF, so that lines of both sorts can be mixed. */
const splitNewline = (newline: string): string => (newline === '\r' ? '\r' : '\n');

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
  readonly #text: string;
  readonly #newline: string;

  constructor(text: string, newline: string) {
    this.#text = text;
    this.#newline = splitNewline(newline);
  }

  /** Line number, from 1, of the character at `offset`. */
  at(offset: number): number {
    if (offset < this.#offset) {
      this.#offset = 0;
      this.#line = 1;
    }
    for (;;) {
      const next = this.#text.indexOf(this.#newline, this.#offset);
      if (next < 0 || next >= offset) return this.#line;
      this.#offset = next + 1;
      this.#line++;
    }
  }
}

/**
 * Visits every record of text[from, to) in order, blank lines included.
 * @throws EngineError `unclosed-quote` naming the line where the quote opened.
 */
export async function eachRecord(
  text: string,
  from: number,
  to: number,
  delimiter: string,
  newline: string,
  task: Task,
  visit: VisitRecord,
): Promise<void> {
  let chunk = CHUNK;
  for (let position = from; position < to; ) {
    const stop = Math.min(to, position + chunk);
    const next = visitChunk(text, position, stop, stop === to, delimiter, newline, visit);
    // A record longer than the chunk: doubling keeps the total work within twice the length of the text.
    chunk = next === position ? chunk * 2 : CHUNK;
    position = next;
    await task.checkpoint((position - from) / (to - from), 'Reading');
  }
}

/** @returns Offset behind the last complete record. */
function visitChunk(
  text: string,
  from: number,
  to: number,
  isLast: boolean,
  delimiter: string,
  newline: string,
  visit: VisitRecord,
): number {
  const split = splitNewline(newline);
  const splitCode = split.charCodeAt(0);
  let start = from;
  const parser = new Papa.Parser({
    delimiter,
    newline: split,
    step({ data, errors, meta }) {
      const cells = data[0]!;
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
        const last = cells.length - 1;
        const value = cells[last]!;
        // An unquoted last cell still holds the CR; a quoted one lost it with the space behind its closing quote.
        if (value.endsWith('\r') && text.endsWith(value, end + 1)) cells[last] = value.slice(0, -1);
      }
      if (next > start) visit(cells, start, end, hasStrayQuote);
      start = next;
    },
  });
  parser.parse(text.slice(from, to), 0, !isLast);
  return start;
}

function unclosedQuote(text: string, offset: number, newline: string): EngineError {
  const line = new LineCounter(text, newline).at(offset);
  return new EngineError(
    'unclosed-quote',
    `Line ${line}: a quote opens here and never closes ("${text.slice(offset, offset + 20).split(/[\r\n]/)[0]}..."); close it or remove it, then import again.`,
    { line, offset },
  );
}

/** All records of a short text. The last one is left out unless the text is complete. */
export function recordsOf(
  text: string,
  delimiter: string,
  newline: string,
  limit: number,
  isComplete: boolean,
): { readonly cells: string[]; readonly start: number }[] {
  const records: { cells: string[]; start: number }[] = [];
  const split = splitNewline(newline);
  let start = 0;
  const parser = new Papa.Parser({
    delimiter,
    newline: split,
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
  return cellsOfRecord(source.text.slice(source.start[row]!, source.end[row]!), source.delimiter, source.newline);
}

/** The cells of one record without its line end. */
export function cellsOfRecord(record: string, delimiter: string, newline: string): string[] {
  const split = splitNewline(newline);
  // The line end is put back because the tokenizer reads spaces behind a closing quote differently at the text's end.
  return new Papa.Parser({ delimiter, newline: split }).parse(record + split, 0, true).data[0] ?? [''];
}
