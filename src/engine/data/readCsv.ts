import { EngineError } from '../errors';
import { subtask, type Task } from '../task';
import { ColumnBuilder, type ReadingRules } from './columnBuilder';
import { type FinishedColumn, finishColumn } from './finishColumn';
import { nameColumns } from './headerNames';
import type { ImportedTable } from './importedTable';
import type { ImportOptions } from './importOptions';
import { LineBlock } from './lineBlock';
import type { RecordCells } from './recordCells';
import { RepairLog } from './repairLog';
import { type Sniffed, sniff } from './sniff';
import type { Notice } from './summary';
import {
  type Column,
  isCategoricalColumn,
  isNumericColumn,
  type KindChoice,
  type SourceText,
  type Table,
} from './table';
import { cellsOfRow, eachRecord, LineCounter, type TakeLines } from './tokenize';

type Kinds = readonly KindChoice[];

/**
 * Reads a delimited text into typed columns; whatever `options` leave open is guessed and told.
 * Blank lines and rows without any cell are skipped, short rows are filled up with missing cells, extra cells are
 * dropped; each of these is a notice with its line. Real rows stay addressable in `source`, character for character.
 * @param kinds Kinds set by the user; all other columns are guessed.
 * @param plainBytes The bytes of a text that is all ASCII, which makes the reading faster.
 * @throws EngineError `empty-file`, `no-rows`, `unclosed-quote` (with the line), `bad-parameter`, `cancelled`.
 */
export async function readTable(
  text: string,
  options: ImportOptions,
  kinds: Kinds,
  task: Task,
  plainBytes: Uint8Array | null = null,
): Promise<ImportedTable> {
  const sniffed = sniff(text, options);
  const rules = rulesOf(sniffed.decimal, options);
  const log = new RepairLog(text, sniffed.newline);
  const notices: Notice[] = sniffed.reasons.map((reason) => ({ level: 'info', text: reason }));
  const chosen = new Map(kinds.map((choice) => [choice.column, choice]));

  const expectedRows = Math.ceil((1.02 * (text.length - sniffed.from)) / sniffed.recordLength) + 16;
  let names: readonly string[] = [];
  let header: readonly string[] | null = null;
  let builders: ColumnBuilder[] = [];
  const place = new RowPlaces(expectedRows);

  const open = (cells: readonly string[]) => {
    const named = nameColumns(cells, sniffed);
    ({ names, header } = named);
    notices.push(...named.notices);
    builders = names.map((name) => new ColumnBuilder(rules, chosen.get(name) ?? null, false, expectedRows));
  };

  const delimiterCode = sniffed.delimiter.charCodeAt(0);
  const reportWidth = (cells: readonly string[], start: number) => {
    const isUsualSurplus = sniffed.surplus === 'trailingDelimiter' && cells.length === builders.length + 1;
    if (!isUsualSurplus || cells.at(-1)!.trim() !== '') log.ragged(cells, builders.length, start);
  };
  let block: LineBlock | null = null;
  const takeLines: TakeLines = (window, from, stop, limit) => {
    if (builders.length === 0) return from;
    block ??= new LineBlock(builders.length, delimiterCode, sniffed.newline === '\r' ? 13 : 10);
    for (let start = from; ; ) {
      start = block.fill(window.codes, start, stop, limit);
      if (block.rows === 0) return start;
      for (let column = 0; column < builders.length; column++)
        builders[column]!.takeCells(place.count, window, block, column);
      for (let row = 0; row < block.rows; row++)
        place.add(window.base + block.startOf(row), window.base + block.endOf(row));
    }
  };

  await eachRecord(
    text,
    sniffed.from,
    text.length,
    sniffed,
    subtask(task, 0, 0.85),
    (cells, start, end, hasStrayQuote) => {
      if (cells.isEmpty()) {
        log.skipped(cells.count, start);
        return;
      }
      if (hasStrayQuote) log.strayQuote(start, text.slice(start, end));
      if (builders.length === 0) {
        open(cells.texts());
        if (sniffed.header) return;
      }
      if (cells.count !== builders.length) reportWidth(cells.texts(), start);
      const row = place.count;
      for (let column = 0; column < builders.length; column++) addCell(builders[column]!, row, cells, column);
      place.add(start, end);
    },
    takeLines,
    plainBytes,
  );
  const rows = place.count;
  if (rows === 0)
    throw new EngineError(
      'no-rows',
      'The file has a header but no rows below it: choose a file with at least one row.',
      {
        columns: names,
      },
    );
  const source: SourceText = {
    text,
    delimiter: sniffed.delimiter,
    newline: sniffed.newline,
    quote: sniffed.quote,
    start: place.start.slice(0, rows),
    end: place.end.slice(0, rows),
    header,
  };
  const unknown = kinds.filter(({ column }) => !names.includes(column)).map(({ column }) => column);
  if (unknown.length > 0)
    notices.push({
      level: 'warning',
      text: `The kinds set for ${unknown.join(', ')} were dropped: the file has no such column.`,
    });
  notices.push(...log.notices(), ...totalRow(source));
  const finished = await finishAll(names, builders, chosen, rules, source, subtask(task, 0.85, 1));
  return {
    ...assemble(finished, source, rules),
    options: settle(options, sniffed),
    notices,
  };
}

/**
 * The same table with other kinds. Only columns whose kind is set differently from before are read again from the
 * source; all other columns are shared with `imported`.
 * @param kinds All kinds set by the user; a column that is no longer named is guessed again.
 * @throws EngineError `unknown-column` for a name the table does not have.
 */
export async function changeKinds(imported: ImportedTable, kinds: Kinds, task: Task): Promise<ImportedTable> {
  const { table } = imported;
  const chosen = new Map(kinds.map((choice) => [choice.column, choice]));
  const names = table.columns.map(({ name }) => name);
  for (const name of chosen.keys())
    if (!names.includes(name))
      throw new EngineError('unknown-column', `The table has no column "${name}".`, { column: name });
  const rules = rulesOf(imported.options.decimal ?? '.', imported.options);
  const changed = names.flatMap((name, i) =>
    isSameChoice(chosen.get(name) ?? null, imported.columns[i]!.choice) ? [] : [i],
  );
  const builders = changed.map((i) => new ColumnBuilder(rules, chosen.get(names[i]!) ?? null, false, table.rows));
  await fillAgain(table.source, changed, builders, subtask(task, 0, 0.8));
  const fresh = await finishAll(
    changed.map((i) => names[i]!),
    builders,
    chosen,
    rules,
    table.source,
    subtask(task, 0.8, 1),
    changed,
  );
  const all = table.columns.map((column, i): FinishedColumn => {
    const at = changed.indexOf(i);
    return at < 0 ? { column, info: imported.columns[i]! } : fresh[at]!;
  });
  return { ...imported, ...assemble(all, table.source, rules) };
}

function addCell(builder: ColumnBuilder, row: number, cells: RecordCells, column: number): void {
  if (column >= cells.count) builder.add(row, '', 0, 0);
  else if (cells.quoted) builder.add(row, cells.quoted[column]!, 0, cells.quoted[column]!.length);
  else builder.add(row, cells.source, cells.from[column]!, cells.to[column]!);
}

/** Types every column; those that need their texts after all are read once more, together. */
async function finishAll(
  names: readonly string[],
  builders: ColumnBuilder[],
  chosen: ReadonlyMap<string, KindChoice>,
  rules: ReadingRules,
  source: SourceText,
  task: Task,
  positions: readonly number[] = names.map((_, i) => i),
): Promise<FinishedColumn[]> {
  const rows = source.start.length;
  const counter = new LineCounter(source.text, source.newline);
  const lineOf = (row: number) => counter.at(source.start[row]!);
  const finish = (i: number, builder: ColumnBuilder) =>
    finishColumn(names[i]!, builder, rows, chosen.get(names[i]!) ?? null, rules, lineOf);
  const finished: (FinishedColumn | null)[] = [];
  for (let i = 0; i < names.length; i++) {
    finished.push(finish(i, builders[i]!));
    builders[i] = new ColumnBuilder(rules, null, true, 1); // frees the old one's memory before the next column is typed
    await task.checkpoint((0.7 * (i + 1)) / names.length, 'Typing columns');
  }
  const again = finished.flatMap((column, i) => (column === null ? [i] : []));
  await fillAgain(
    source,
    again.map((i) => positions[i]!),
    again.map((i) => builders[i]!),
    subtask(task, 0.7, 1),
  );
  return finished.map((column, i) => column ?? finish(i, builders[i]!)!);
}

/** Reads the cells of some columns again. */
async function fillAgain(
  source: SourceText,
  positions: readonly number[],
  builders: readonly ColumnBuilder[],
  task: Task,
): Promise<void> {
  const rows = source.start.length;
  if (positions.length === 0 || rows === 0) return;
  let row = 0;
  await eachRecord(source.text, source.start[0]!, source.text.length, source, task, (cells, start) => {
    if (row >= rows || start !== source.start[row]) return;
    for (let i = 0; i < builders.length; i++) addCell(builders[i]!, row, cells, positions[i]!);
    row++;
  });
}

function rulesOf(decimal: '.' | ',', { missing, missingTokens }: ImportOptions): ReadingRules {
  return {
    decimal,
    missingTokens: new Set(missingTokens),
    missing: new Map(missing.map(({ column, choice }) => [column, choice])),
  };
}

function isSameChoice(a: KindChoice | null, b: KindChoice | null): boolean {
  if (a === null || b === null) return a === b;
  return a.kind === b.kind && a.datePattern === b.datePattern && a.order?.join('\n') === b.order?.join('\n');
}

/** Rows without a value in a column that is to be known. */
function setAside(columns: readonly Column[], rows: number, missing: ReadingRules['missing']): Uint8Array | null {
  let aside: Uint8Array | null = null;
  for (const column of columns) {
    if (missing.get(column.name) !== 'drop') continue;
    for (let row = 0; row < rows; row++) {
      const isMissing = isNumericColumn(column)
        ? Number.isNaN(column.values[row])
        : isCategoricalColumn(column) && column.codes[row]! < 0;
      if (!isMissing) continue;
      aside ??= new Uint8Array(rows);
      aside[row] = 1;
    }
  }
  return aside;
}

function assemble(finished: readonly FinishedColumn[], source: SourceText, { missing }: ReadingRules) {
  const columns = finished.map(({ column }) => column);
  const rows = source.start.length;
  const table: Table = { rows, columns, source, setAside: setAside(columns, rows, missing) };
  return { table, columns: finished.map(({ info }) => info) };
}

function settle(options: ImportOptions, { delimiter, decimal, quote, header, skipLines }: Sniffed): ImportOptions {
  const encoding = options.encoding ?? 'utf-8';
  return { ...options, encoding, delimiter, decimal, quote: quote || 'none', header, skipLines };
}

function totalRow(source: SourceText): Notice[] {
  const row = source.start.length - 1;
  const cells = cellsOfRow(source, row);
  const label = cells.find((cell) => cell.trim() !== '')?.trim() ?? '';
  if (row === 0 || !/^(grand |sub)?(totals?|sum|summe|gesamt|insgesamt|somme|suma)\b:?/i.test(label)) return [];
  const line = new LineCounter(source.text, source.newline).at(source.start[row]!);
  return [
    {
      level: 'warning',
      text: `Line ${line}: the last row begins with "${label.slice(0, 40)}" and looks like a total, not a case; it was kept, so remove it from the file if it is one.`,
    },
  ];
}

/** Growing offsets of the rows in the text. */
class RowPlaces {
  count = 0;
  start: Uint32Array;
  end: Uint32Array;

  constructor(expectedRows: number) {
    this.start = new Uint32Array(expectedRows);
    this.end = new Uint32Array(expectedRows);
  }

  add(start: number, end: number): void {
    if (this.count === this.start.length) {
      this.start = doubled(this.start);
      this.end = doubled(this.end);
    }
    this.start[this.count] = start;
    this.end[this.count++] = end;
  }
}

function doubled(from: Uint32Array): Uint32Array<ArrayBuffer> {
  const to = new Uint32Array(from.length * 2);
  to.set(from);
  return to;
}
