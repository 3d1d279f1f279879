import { selectInPlace } from '../numeric/select';
import type { Task } from '../task';
import { countBySet } from './distinctValues';
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
    notices: [...file.notices, ...imported.notices, ...tableNotices(table)],
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
    range: isNumericColumn(column) ? rangeOf(column.values) : null,
    decimals: isNumericColumn(column) ? column.decimals : 0,
    datePattern: isNumericColumn(column) ? column.datePattern : null,
    examples: info.examples,
    answers: info.answers,
    notices: info.notices,
  };
}

/** Quartiles by linear interpolation (type 7); null without a known value. */
function rangeOf(values: Float64Array): ColumnSummary['range'] {
  const copy = new Float64Array(values.length);
  let count = 0;
  for (const value of values) if (!Number.isNaN(value)) copy[count++] = value;
  if (count === 0) return null;
  const known = copy.subarray(0, count);
  // From the middle outwards, so that each search is left with the part that it is about.
  const median = quantileIn(known, 0.5, 0, count - 1);
  const middle = (count - 1) >> 1;
  const q1 = quantileIn(known, 0.25, 0, middle);
  const q3 = quantileIn(known, 0.75, middle, count - 1);
  const quarter = Math.floor(0.25 * (count - 1));
  const min = selectInPlace(known, 0, 0, quarter);
  const max = selectInPlace(known, count - 1, Math.floor(0.75 * (count - 1)), count - 1);
  return { min, q1, median, q3, max };
}

/** The quantile of all values; its two neighbours are known to lie within [from, to]. */
function quantileIn(values: Float64Array, share: number, from: number, to: number): number {
  const place = share * (values.length - 1);
  const below = Math.floor(place);
  const weight = place - below;
  const low = selectInPlace(values, below, from, to);
  if (weight === 0) return low;
  const high = selectInPlace(values, below + 1, below + 1, Math.max(to, below + 1));
  // Weights first: the difference of two huge values would overflow.
  return low * (1 - weight) + high * weight;
}

function tableNotices(table: Table): Notice[] {
  const notices: Notice[] = [];
  const { rows, columns } = table;
  if (columns.length > rows)
    notices.push({
      level: 'warning',
      text: `There are more columns (${columns.length}) than rows (${rows}): put only a few of them on the map.`,
    });
  notices.push(...redundancyNotices(table));
  const repeats = repeatedRows(table);
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

/** Rows that equal an earlier one in all learnable columns; hashes of 53 bits stand for the rows. */
function repeatedRows({ rows, columns }: Table): number {
  const high = new Int32Array(rows).fill(0x811c9dc5);
  const low = new Int32Array(rows).fill(0x9e3779b9);
  let used = 0;
  for (const column of columns) {
    if (isCarriedColumn(column)) continue;
    used++;
    if (isNumericColumn(column)) mixNumbers(column.values, high, low);
    else mixCodes(column.codes, high, low);
  }
  if (used === 0) return 0;
  const hashes = new Float64Array(rows);
  for (let row = 0; row < rows; row++)
    hashes[row] = (mix(high[row]!, 0x27d4eb2f) >>> 0) * 2 ** 21 + ((mix(low[row]!, 0x165667b1) >>> 0) & 0x1fffff);
  return rows - countBySet(hashes, rows);
}

function mixNumbers(values: Float64Array, high: Int32Array, low: Int32Array): void {
  const bits = new Int32Array(2);
  const asNumber = new Float64Array(bits.buffer);
  for (let row = 0; row < high.length; row++) {
    // Adding 0 makes -0 and 0 one value, as they are for every distance; all NaN are one as well.
    const value = values[row]! + 0;
    asNumber[0] = Number.isNaN(value) ? Number.NaN : value;
    high[row] = mix(high[row]! ^ bits[0]!, 0x85ebca6b) ^ bits[1]!;
    low[row] = mix(low[row]! ^ bits[1]!, 0xc2b2ae35) ^ bits[0]!;
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
