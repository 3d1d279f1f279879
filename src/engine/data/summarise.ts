import type { Task } from '../task';
import { countPairs } from './distinctValues';
import type { ImportedColumn, ImportedTable } from './importedTable';
import { redundancyNotices } from './redundantColumns';
import { suggestTarget } from './suggestTarget';
import type { ColumnSummary, Notice, TableSummary } from './summary';
import { type Column, isCarriedColumn, isCategoricalColumn, isNumericColumn, type Table } from './table';

const MAX_LEVELS = 50;
const MAX_ORDERED = 60;

/** What only the host knows of the file. */
export interface FileFacts {
  readonly fileName: string;
  readonly bytes: number;
  readonly hash: string;
  /** Told before the table's own notices: those of decoding. */
  readonly notices: readonly Notice[];
}

/** Describes an imported table for the Data stage: one summary a column, notices on the whole, a likely target. */
export async function summarise(imported: ImportedTable, file: FileFacts, task: Task): Promise<TableSummary> {
  const { table } = imported;
  const columns: ColumnSummary[] = [];
  for (let i = 0; i < table.columns.length; i++) {
    columns.push(summariseColumn(table.columns[i]!, imported.columns[i]!));
    await task.checkpoint((0.9 * (i + 1)) / table.columns.length, 'Describing columns');
  }
  return {
    fileName: file.fileName,
    bytes: file.bytes,
    hash: file.hash,
    rows: table.rows,
    columns,
    options: imported.options,
    notices: [...file.notices, ...imported.notices, ...tableNotices(imported)],
    suggestedTarget: suggestTarget(imported),
  };
}

function summariseColumn(column: Column, info: ImportedColumn): ColumnSummary {
  const levels = isCategoricalColumn(column)
    ? column.levels
        .map((text, code) => ({ text, count: info.levels[code]!.count }))
        .sort((a, b) => b.count - a.count)
        .slice(0, MAX_LEVELS)
    : [];
  return {
    name: column.name,
    kind: column.kind,
    reason: info.reason,
    missing: info.missing,
    distinct: info.distinct,
    levels,
    order: isCategoricalColumn(column) && column.levels.length <= MAX_ORDERED ? column.levels : [],
    range: info.range,
    decimals: isNumericColumn(column) ? column.decimals : 0,
    datePattern: isNumericColumn(column) ? column.datePattern : null,
    examples: info.examples,
    answers: info.answers,
    notices: info.notices,
  };
}

function tableNotices({ table, columns: infos }: ImportedTable): Notice[] {
  const notices: Notice[] = [];
  const { rows, columns } = table;
  if (columns.length > rows)
    notices.push({
      level: 'warning',
      text: `There are more columns (${columns.length}) than rows (${rows}): put only a few of them on the map.`,
    });
  notices.push(...redundancyNotices(table));
  const repeats = repeatedRows(
    table,
    infos.map((info) => info.distinct),
  );
  const counted = `${repeats} of ${rows} rows repeat an earlier row in every column but ids`;
  if (repeats > 0 && columns.some(isNumericColumn))
    notices.push({
      level: columns.some(({ kind }) => kind === 'continuous') ? 'warning' : 'info',
      text: `${counted}: remove them if they are copies, since copies make neighbours identical and tests too sure.`,
    });
  else if (repeats > 0)
    notices.push({ level: 'info', text: `${counted}, as is usual where all columns have few levels.` });
  return notices;
}

/** Two columns with so many values tell the rows of most tables apart by themselves. */
const TELLING_COLUMNS = 2;

/**
 * Rows that equal an earlier one in all learnable columns; hashes of 63 bits stand for the rows. Rows that differ in the columns with
 * the most values differ, so that the others need not be looked at where those tell all rows apart.
 */
function repeatedRows({ rows, columns }: Table, distinct: readonly number[]): number {
  const used = columns
    .flatMap((column, i) => (isCarriedColumn(column) ? [] : [{ column, distinct: distinct[i]! }]))
    .sort((a, b) => b.distinct - a.distinct)
    .map(({ column }) => column);
  if (used.length === 0) return 0;
  const high = new Int32Array(rows).fill(0x811c9dc5);
  const low = new Int32Array(rows).fill(0x9e3779b9);
  let repeats = rows;
  for (const part of [used.slice(0, TELLING_COLUMNS), used.slice(TELLING_COLUMNS)]) {
    if (part.length === 0 || repeats === 0) break;
    for (const column of part)
      if (isNumericColumn(column)) mixNumbers(column.values, high, low);
      else mixCodes(column.codes, high, low);
    const hashes = new Int32Array(2 * rows);
    for (let row = 0; row < rows; row++) {
      hashes[2 * row] = mix(high[row]!, 0x27d4eb2f);
      hashes[2 * row + 1] = mix(low[row]!, 0x165667b1) | 1;
    }
    repeats = rows - countPairs(hashes, rows);
  }
  return repeats;
}

function mixNumbers(values: Float64Array, high: Int32Array, low: Int32Array): void {
  const words = new Int32Array(values.buffer, values.byteOffset, 2 * values.length);
  for (let row = 0; row < high.length; row++) {
    const value = values[row]!;
    // -0 and 0 are one value, as they are for every distance; all NaN are one as well.
    const isPlain = value !== 0 && !Number.isNaN(value);
    const first = isPlain ? words[2 * row]! : 0;
    const second = isPlain ? words[2 * row + 1]! : value === 0 ? 0 : -1;
    high[row] = mix(high[row]! ^ first, 0x85ebca6b) ^ second;
    low[row] = mix(low[row]! ^ second, 0xc2b2ae35) ^ first;
  }
}

function mixCodes(codes: Int32Array, high: Int32Array, low: Int32Array): void {
  for (let row = 0; row < high.length; row++) {
    high[row] = mix(high[row]! ^ codes[row]!, 0x85ebca6b) ^ codes[row]!;
    low[row] = mix(low[row]! ^ codes[row]!, 0xc2b2ae35);
  }
}

function mix(value: number, factor: number): number {
  const spread = Math.imul(value ^ (value >>> 15), factor);
  return spread ^ (spread >>> 13);
}
