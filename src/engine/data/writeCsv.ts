import { EngineError } from '../errors';
import type { ExportSettings } from '../project/project';
import { subtask, type Task } from '../task';
import { type AddedColumn, addedColumns } from './addedColumns';
import { cellFormats, valueFormatter } from './cellText';
import { CellWriter } from './cellWriter';
import { mayRunAsFormula } from './formulaGuard';
import type { ImportedTable } from './importedTable';
import { idsInUse, newIds } from './newIds';
import { type RawSegment, rawSegments } from './rawSegments';
import { type Dialect, isCarriedKind } from './table';

/** Generated rows as the writer needs them: `donor` and `partner` are rows of the table, counted from 0. */
export interface RowsToWrite {
  readonly rows: number;
  /** In the order of `generated`; NaN is a missing cell. */
  readonly columns: readonly Float64Array[];
  readonly donor: Int32Array;
  /** -1 where there is none. */
  readonly partner: Int32Array;
  readonly proposals: Uint32Array;
}

export interface AugmentedTable {
  readonly imported: ImportedTable;
  /** Names of the generated columns: those on the map, target included. */
  readonly generated: readonly string[];
  readonly synthetic: RowsToWrite;
  readonly realWeight: (row: number) => number;
  readonly syntheticWeight: (index: number) => number;
  readonly settings: ExportSettings;
  /** Columns off the map: the donor's cell or nothing. */
  readonly offMap: 'donor' | 'empty';
  readonly generator: string;
  readonly seed: number;
  /** Names of the nodes whose noise was redrawn. */
  readonly redrawn: readonly string[];
}

export interface WriteReport {
  readonly realRows: number;
  readonly syntheticRows: number;
  readonly guardedCells: number;
  /** One sentence for each thing that was done to the text. */
  readonly messages: readonly string[];
}

/** Rows between two chances to stop; a chunk of text is about as long. */
const ROWS_PER_CHUNK = 2000;

/**
 * Writes the augmented table in the dialect of its source (delimiter, line end, decimal mark, header): the real rows,
 * then the synthetic ones, then in every row the columns asked for: `is_synthetic` (0 or 1), `weight`, and
 * `lineage_generator, lineage_seed, lineage_row, lineage_donor, lineage_partner, lineage_proposals, lineage_redrawn`
 * (rows counted from 1, empty in real rows; names made unique).
 * Real rows are the characters of the source unless columns are left out or a cell is guarded; then their other cells
 * are still written as they were, quotes included. With added columns, short rows are filled up and extra cells dropped,
 * so that all cells stay under their names. A file without header gets one only if columns are added.
 * Synthetic cells: generated columns in the form of the file, ids new and unique, other columns as in the donor or empty.
 * With `guardFormulas`, text that a spreadsheet would run gets an apostrophe in front; numbers never do.
 * @returns Chunks of text; the generator's return value is the report.
 * @throws EngineError `unknown-column`, `unsupported-column` for an id among the generated, `cancelled`.
 */
export async function* writeAugmented(
  input: AugmentedTable,
  task: Task,
): AsyncGenerator<string, WriteReport, undefined> {
  const { imported, settings, synthetic } = input;
  const { table } = imported;
  const { source } = table;
  const { delimiter, newline } = source;
  const writer = new CellWriter(source, settings.guardFormulas);
  const kept = keptColumns(input);
  const added = addedColumns(input);
  const keepsAll = kept.length === table.columns.length;

  if (source.header || added.length > 0) {
    const names = source.header ?? table.columns.map(({ name }) => name);
    yield [...kept.map((i) => names[i]!), ...added.map(({ name }) => name)]
      .map((name) => writer.cell(name))
      .join(delimiter) + newline;
  }

  const writesReal = !settings.onlySynthetic;
  const realTask = subtask(task, 0, writesReal ? table.rows / (table.rows + synthetic.rows) : 0);
  for (let from = 0; writesReal && from < table.rows; from += ROWS_PER_CHUNK) {
    const lines: string[] = [];
    for (let row = from; row < Math.min(table.rows, from + ROWS_PER_CHUNK); row++) {
      const record = source.text.slice(source.start[row]!, source.end[row]!);
      const fits = added.length === 0 || cellCount(record, source) === table.columns.length;
      const isClean = !settings.guardFormulas || !mayRunAsFormula(record, source);
      let line = record;
      if (!keepsAll || !fits || !isClean) {
        const cells = rawSegments(record, source);
        const chosen = keepsAll && added.length === 0 ? cells : kept.map((i) => cells[i]);
        line = chosen.map((cell) => (cell ? writer.segment(cell) : '')).join(delimiter);
      }
      for (const { real } of added) line += delimiter + real(row);
      lines.push(line + newline);
    }
    yield lines.join('');
    await realTask.checkpoint(from / table.rows, 'Writing real rows');
  }

  const syntheticTask = subtask(task, writesReal ? table.rows / (table.rows + synthetic.rows) : 0, 1);
  const idColumns = kept.filter((i) => table.columns[i]!.kind === 'id');
  const ids = await idsInUse(source, synthetic.rows > 0 ? idColumns : [], subtask(syntheticTask, 0, 0.2));
  const cellsOf = syntheticCells(input, kept, ids, writer);
  for (let from = 0; from < synthetic.rows; from += ROWS_PER_CHUNK) {
    const lines: string[] = [];
    for (let index = from; index < Math.min(synthetic.rows, from + ROWS_PER_CHUNK); index++) {
      const cells = cellsOf(index);
      for (const { made } of added) cells.push(made(index));
      lines.push(cells.join(delimiter) + newline);
    }
    yield lines.join('');
    await syntheticTask.checkpoint(0.2 + (0.8 * from) / synthetic.rows, 'Writing synthetic rows');
  }
  return {
    realRows: writesReal ? table.rows : 0,
    syntheticRows: synthetic.rows,
    guardedCells: writer.guarded,
    messages: messagesOf(input, writer.guarded, added),
  };
}

/** All chunks and the report, for hosts that keep the file in memory. */
export async function writeAll(
  input: AugmentedTable,
  task: Task,
): Promise<{ readonly chunks: string[]; readonly report: WriteReport }> {
  const chunks: string[] = [];
  const writing = writeAugmented(input, task);
  for (;;) {
    const next = await writing.next();
    if (next.done) return { chunks, report: next.value };
    chunks.push(next.value);
  }
}

/** Indices of the table columns to write, in table order. */
function keptColumns({ imported, generated, settings }: AugmentedTable): number[] {
  const { columns } = imported.table;
  for (const name of generated) {
    const column = columns.find((candidate) => candidate.name === name);
    if (!column) throw new EngineError('unknown-column', `The table has no column "${name}".`, { column: name });
    if (isCarriedKind(column.kind))
      throw new EngineError(
        'unsupported-column',
        `Column "${name}" is ${column.kind === 'id' ? 'an id' : 'free text'} and cannot be generated: take it off the map.`,
        {
          column: name,
        },
      );
  }
  const onMap = new Set(generated);
  return columns.flatMap(({ name }, i) => (settings.columns === 'all' || onMap.has(name) ? [i] : []));
}

/** Makes the function that gives the cells of synthetic row `index`, ready to be joined. */
function syntheticCells(
  { imported, generated, synthetic, offMap }: AugmentedTable,
  kept: readonly number[],
  ids: ReadonlyMap<number, readonly string[]>,
  writer: CellWriter,
) {
  const { table } = imported;
  const { source, columns } = table;
  const formats = cellFormats(imported);
  const place = new Map(generated.map((name, i) => [name, i]));
  const missing = new Set(imported.options.missingTokens);
  let donorCells: RawSegment[] = [];
  let donorRow = -1;
  const makers = kept.map((i): ((index: number) => string) => {
    const at = place.get(columns[i]!.name);
    if (at !== undefined) {
      const values = synthetic.columns[at]!;
      const format = valueFormatter(formats[i]!);
      return (index) => writer.cell(format(values[index]!));
    }
    if (columns[i]!.kind === 'id') {
      const idOf = newIds((ids.get(i) ?? []).filter((id) => !missing.has(id)));
      return (index) => writer.cell(idOf(index));
    }
    if (offMap === 'empty') return () => '';
    return () => {
      const cell = donorCells[i];
      return cell ? writer.segment(cell) : '';
    };
  });
  const needsDonor = offMap === 'donor' && kept.some((i) => !place.has(columns[i]!.name) && columns[i]!.kind !== 'id');
  return (index: number): string[] => {
    const donor = synthetic.donor[index]!;
    if (needsDonor && donor !== donorRow) {
      donorCells = donor < 0 ? [] : rawSegments(source.text.slice(source.start[donor]!, source.end[donor]!), source);
      donorRow = donor;
    }
    return makers.map((make) => make(index));
  };
}

/** Cells of a record: delimiters are counted unless a quote could hide one. */
function cellCount(record: string, dialect: Dialect): number {
  const { delimiter, quote } = dialect;
  if (quote !== '' && record.includes(quote)) return rawSegments(record, dialect).length;
  let count = 1;
  for (let i = record.indexOf(delimiter); i >= 0; i = record.indexOf(delimiter, i + delimiter.length)) count++;
  return count;
}

function messagesOf({ imported, settings }: AugmentedTable, guarded: number, added: readonly AddedColumn[]): string[] {
  const messages: string[] = [];
  if (guarded > 0)
    messages.push(
      `${guarded} text cell${guarded === 1 ? '' : 's'} that a spreadsheet would run as a formula got an apostrophe in front; switch the guard off to write the text as it is.`,
    );
  const renamed = added.filter(({ name }) => /_\d+$/.test(name)).map(({ name }) => name);
  if (renamed.length > 0)
    messages.push(`The file already has columns of these names, so the new ones are called ${renamed.join(', ')}.`);
  if (!imported.table.source.header && added.length > 0)
    messages.push('The file has no header line; one was written so that the added columns have names.');
  if ((imported.options.skipLines ?? 0) > 0)
    messages.push(`The ${imported.options.skipLines} lines above the table are not written.`);
  if (settings.onlySynthetic) messages.push('Only synthetic rows are written.');
  return messages;
}
