import { EngineError } from '../errors';
import type { Task } from '../task';
import { charactersOf } from './characters';
import { nameColumns } from './headerNames';
import { guessAll } from './importOptions';
import { quoteCell, rawSegments } from './rawSegments';
import { sniff } from './sniff';
import { cellsOfRecord, eachRecord } from './tokenize';

/** One of several files with the same columns. */
export interface BatchFile {
  readonly fileName: string;
  readonly text: string;
  /** When the batch was recorded: of the file's name where it holds a date, else of the file itself. */
  readonly time: string;
}

const FILE_COLUMN = 'batch_file';
const TIME_COLUMN = 'batch_time';

/**
 * Files with the same columns as one text, in the dialect of the first, with two columns more: the file and its time.
 * Cells are copied as they stand; columns in another order are put into that of the first file, which is told.
 * @throws EngineError `bad-parameter` where columns or decimal marks differ, naming the file and what differs.
 */
export async function appendTables(
  files: readonly BatchFile[],
  task: Task,
): Promise<{ readonly text: string; readonly notes: readonly string[] }> {
  const opened = files.map(({ fileName, text, time }) => {
    const sniffed = sniff(text, { ...guessAll, header: true });
    let names: readonly string[] = [];
    const end = text.indexOf(sniffed.newline === '\r' ? '\r' : '\n', sniffed.from);
    const header = text.slice(sniffed.from, end < 0 ? text.length : end).replace(/\r$/, '');
    names = nameColumns(cellsOfRecord(header, sniffed), { ...sniffed, surplus: 'none' }).names;
    return { fileName, text, time, sniffed, names };
  });
  const first = opened[0]!;
  const { delimiter, quote, newline, decimal } = first.sniffed;
  const notes: string[] = [];
  const added = [FILE_COLUMN, TIME_COLUMN].map((name) => {
    let free = name;
    for (let k = 2; first.names.includes(free); k++) free = `${name}_${k}`;
    return free;
  });
  const cell = (value: string) => quoteCell(value, first.sniffed);
  const parts = [[...first.names, ...added].map(cell).join(delimiter) + newline];
  for (const [i, { fileName, text, time, sniffed, names }] of opened.entries()) {
    checkSame(first, { fileName, names });
    if (sniffed.decimal !== decimal)
      throw new EngineError(
        'bad-parameter',
        `${fileName} writes numbers with a decimal ${sniffed.decimal === ',' ? 'comma' : 'point'}, ${first.fileName} with a ${decimal === ',' ? 'comma' : 'point'}: save them alike, then drop them together again.`,
      );
    const place = first.names.map((name) => names.indexOf(name));
    const isInOrder = place.every((at, column) => at === column);
    const isAlike = sniffed.delimiter === delimiter && sniffed.quote === quote;
    if (!isInOrder) notes.push(`${fileName}: the columns were put into the order of ${first.fileName}.`);
    const tail = `${delimiter}${cell(fileName)}${delimiter}${cell(time)}${newline}`;
    const lines: string[] = [];
    let rows = 0;
    let isHeader = true;
    await eachRecord(
      charactersOf(text),
      sniffed.from,
      text.length,
      sniffed,
      { checkpoint: (share, phase) => task.checkpoint((i + share) / files.length, phase) },
      (cells, start, end) => {
        if (cells.isEmpty()) return;
        if (isHeader) {
          isHeader = false;
          return;
        }
        rows++;
        const record = text.slice(start, end);
        if (isInOrder && isAlike && cells.count === names.length) lines.push(record + tail);
        else {
          // A short row is filled up here, or its batch would stand under another name.
          const raw = isAlike ? rawSegments(record, sniffed).map((segment) => segment.raw) : cells.texts().map(cell);
          if (cells.count !== names.length)
            notes.push(
              `${fileName}: row ${rows} has ${cells.count} cells instead of ${names.length}; ${cells.count < names.length ? 'the rest count as missing' : 'the extra ones were dropped'}.`,
            );
          lines.push(place.map((at) => raw[at] ?? '').join(delimiter) + tail);
        }
      },
    );
    parts.push(lines.join(''));
    notes.push(`${fileName}: ${rows} rows, ${added[1]} ${time}.`);
  }
  return { text: parts.join(''), notes };
}

function checkSame(
  first: { readonly fileName: string; readonly names: readonly string[] },
  { fileName, names }: { readonly fileName: string; readonly names: readonly string[] },
): void {
  const lacks = first.names.filter((name) => !names.includes(name));
  const extra = names.filter((name) => !first.names.includes(name));
  if (lacks.length + extra.length === 0) return;
  const list = (all: readonly string[]) =>
    all
      .slice(0, 5)
      .map((name) => `"${name}"`)
      .join(', ') + (all.length > 5 ? ` and ${all.length - 5} more` : '');
  const what = [
    ...(lacks.length > 0 ? [`lacks ${list(lacks)}`] : []),
    ...(extra.length > 0 ? [`has ${list(extra)} besides`] : []),
  ].join(' and ');
  throw new EngineError(
    'bad-parameter',
    `The files do not have the same columns: ${fileName} ${what}, compared with ${first.fileName}. Open it alone, or make the columns alike.`,
    { fileName, lacks, extra },
  );
}

/** The date in a file's name (2024-03-31, 20240331, 2024-03), else the day on which the file was last changed. */
export function batchTime(fileName: string, lastModified: number | null): string {
  const found = /(?<!\d)((?:19|20)\d{2})[-_.]?(0[1-9]|1[0-2])(?:[-_.]?(0[1-9]|[12]\d|3[01]))?(?!\d)/.exec(fileName);
  if (found) return `${found[1]}-${found[2]}-${found[3] ?? '01'}`;
  return lastModified === null ? '' : new Date(lastModified).toISOString().slice(0, 10);
}
