import { EngineError } from '../errors';
import { subtask, type Task } from '../task';
import { type Characters, charactersOf } from './characters';
import { ColumnBuilder, type ReadingRules } from './columnBuilder';
import type { FinishedColumn } from './finishColumn';
import { fillAgain, finishColumns } from './finishColumns';
import type { ImportedTable } from './importedTable';
import type { ImportOptions } from './importOptions';
import { type Reading, type Scanned, scanRecords, type TableBegin } from './scanRecords';
import { shareColumns } from './shareColumns';
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
import { cellsOfRow, LineCounter } from './tokenize';

type Kinds = readonly KindChoice[];

/** How a file was found to be written. */
export interface TableLayout {
  readonly sniffed: Sniffed;
  readonly begin: TableBegin;
}

/** Threads beside this one that read columns of the same file. */
export interface OtherReaders {
  readonly count: number;
  /** @param shares Places of the columns that each is to read. */
  read(
    shares: readonly (readonly number[])[],
    layout: TableLayout,
    task: Task,
  ): Promise<readonly (readonly FinishedColumn[])[]>;
}

/**
 * Reads a delimited text into typed columns; whatever `options` leave open is guessed and told.
 * Blank lines and rows without any cell are skipped, short rows are filled up with missing cells, extra cells are
 * dropped; each of these is a notice with its line. Real rows stay addressable in `source`, character for character.
 * @param kinds Kinds set by the user; all other columns are guessed.
 * @param utf8 The text in UTF-8, where such bytes are at hand, which makes the reading faster.
 * @param others Reads a share of the columns elsewhere at the same time, with the same result; null reads all of them here.
 * @throws EngineError `empty-file`, `no-rows`, `unclosed-quote` (with the line), `bad-parameter`, `cancelled`.
 */
export async function readTable(
  text: string,
  options: ImportOptions,
  kinds: Kinds,
  task: Task,
  utf8: Uint8Array | null = null,
  others: OtherReaders | null = null,
): Promise<ImportedTable> {
  const sniffed = sniff(text, options);
  const reading = readingOf(charactersOf(text, utf8), sniffed, options, kinds);
  let shares: readonly (readonly number[])[] = [];
  let elsewhere: Promise<readonly (readonly FinishedColumn[])[]> = Promise.resolve([]);
  const latest = { share: 0, phase: 'Reading' };
  const told: Task = {
    checkpoint(share, phase) {
      Object.assign(latest, { share, phase });
      return task.checkpoint(share, phase);
    },
  };
  const scanned = await scanRecords(reading, subtask(told, 0, 0.85), (begin) => {
    const [own, ...away] = shareColumns(text, sniffed, begin.names.length, others?.count ?? 0);
    shares = away;
    if (others && away.length > 0) {
      // What is read here tells how far both are.
      elsewhere = others.read(
        away,
        { sniffed, begin },
        { checkpoint: () => task.checkpoint(latest.share, latest.phase) },
      );
      elsewhere.catch(() => {});
    }
    return own!;
  });
  const { names, place, log } = scanned;
  const rows = place.count;
  if (rows === 0)
    throw new EngineError(
      'no-rows',
      'The file has a header but no rows below it: choose a file with at least one row.',
      {
        columns: names,
      },
    );
  const source: SourceText = { ...placesOf(reading, scanned), text };
  const unknown = kinds.filter(({ column }) => !names.includes(column)).map(({ column }) => column);
  const notices: Notice[] = [
    ...sniffed.reasons.map((reason): Notice => ({ level: 'info', text: reason })),
    ...scanned.notices,
    ...(unknown.length > 0
      ? [
          {
            level: 'warning' as const,
            text: `The kinds set for ${unknown.join(', ')} were dropped: the file has no such column.`,
          },
        ]
      : []),
    ...log.notices(),
    ...totalRow(source),
  ];
  const finished = new Array<FinishedColumn>(names.length);
  const keep = (positions: readonly number[], columns: readonly FinishedColumn[]) => {
    for (const [i, position] of positions.entries()) finished[position] = columns[i]!;
  };
  keep(scanned.positions, await typed(scanned, reading, source, subtask(told, 0.85, 1)));
  for (const [i, columns] of (await elsewhere).entries()) keep(shares[i]!, columns);
  return {
    ...assemble(finished, source, reading.rules),
    options: settle(options, sniffed),
    notices,
  };
}

/**
 * Some columns of the table that `readTable` makes of the same characters, options and kinds.
 * @param positions Places of the columns in the table, rising.
 * @throws EngineError as `readTable`.
 */
export async function readColumns(
  characters: Characters,
  { sniffed, begin }: TableLayout,
  options: ImportOptions,
  kinds: Kinds,
  positions: readonly number[],
  task: Task,
): Promise<readonly FinishedColumn[]> {
  const reading = readingOf(characters, sniffed, options, kinds);
  const scanned = await scanRecords(reading, subtask(task, 0, 0.85), () => positions, begin);
  const source: SourceText = {
    ...placesOf(reading, scanned),
    get text() {
      return characters.text;
    },
  };
  return typed(scanned, reading, source, subtask(task, 0.85, 1));
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
  const fresh = await finishColumns(
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

const typed = ({ names, positions, builders }: Scanned, { chosen, rules }: Reading, source: SourceText, task: Task) =>
  finishColumns(
    positions.map((position) => names[position]!),
    builders,
    chosen,
    rules,
    source,
    task,
    positions,
  );

function readingOf(characters: Characters, sniffed: Sniffed, options: ImportOptions, kinds: Kinds): Reading {
  const chosen = new Map(kinds.map((choice) => [choice.column, choice]));
  return { characters, sniffed, rules: rulesOf(sniffed.decimal, options), chosen };
}

function placesOf({ sniffed }: Reading, { place, header }: Scanned): Omit<SourceText, 'text'> {
  const { delimiter, newline, quote } = sniffed;
  const rows = place.count;
  return { delimiter, newline, quote, start: place.start.slice(0, rows), end: place.end.slice(0, rows), header };
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
  const line = new LineCounter(source, source.newline).at(source.start[row]!);
  return [
    {
      level: 'warning',
      text: `Line ${line}: the last row begins with "${label.slice(0, 40)}" and looks like a total, not a case; it was kept, so remove it from the file if it is one.`,
    },
  ];
}
