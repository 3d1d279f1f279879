import type { ImportedTable } from '../engine/data/importedTable';
import { importFile } from '../engine/data/importFile';
import { guessAll } from '../engine/data/importOptions';
import { type Column, isCategoricalColumn, isNumericColumn } from '../engine/data/table';
import { EngineError } from '../engine/errors';
import type { RowWeights } from '../engine/generation/exposureWeights';
import type { SyntheticTable } from '../engine/generation/testRun';
import { shownName } from '../engine/graph/path';
import type { Task } from '../engine/task';
import type { Host } from './host';
import { inFile } from './inFile';
import { readSource } from './sourceFile';

export interface AugmentedFile {
  readonly synthetic: SyntheticTable;
  /** Rows that are not marked as synthetic. */
  readonly realRows: number;
  readonly messages: readonly string[];
}

/**
 * Reads the synthetic rows of an augmented table back, in the codes of the table they were made from. Rows are synthetic where
 * `is_synthetic` says so; without that column, all rows after as many as the real table has. Donors come from
 * `lineage_donor` where it is there, weights from `weight` where rows of one class differ in it.
 * @param names Columns to read: those of the map.
 * @throws EngineError `unknown-column` for a column the file lacks, `no-rows` when no row is synthetic, `bad-parameter` for a
 * level that the real table does not have.
 */
export async function readAugmentedFile(
  host: Host,
  path: string,
  real: ImportedTable,
  names: readonly string[],
  target: string,
  task: Task,
): Promise<AugmentedFile> {
  const { fileName, bytes, notes } = await readSource(host, path, null, task);
  return inFile(path, async () => {
    const realNames = new Set(real.table.columns.map(({ name }) => name));
    const wanted = real.table.columns.filter(({ name }) => names.includes(name));
    // Kinds of columns that the file lacks are dropped by the reader, so the added ones may be named untested.
    const kinds = [
      ...wanted.map(({ name, kind }) => ({ column: name, kind })),
      { column: 'lineage_donor', kind: 'integer' as const },
      { column: 'weight', kind: 'continuous' as const },
    ].filter(({ column }, i) => i < wanted.length || !realNames.has(column));
    const options = { ...guessAll, header: true, missingTokens: real.options.missingTokens };
    const { imported } = await importFile(fileName, bytes, options, kinds, task);
    const { table } = imported;
    const columnOf = (name: string) => table.columns.find((column) => column.name === name);
    const added = (name: string) =>
      table.columns.findLast(
        (column) => !realNames.has(column.name) && new RegExp(`^${name}(_\\d+)?$`).test(column.name),
      );

    const messages: string[] = [...notes];
    const flag = added('is_synthetic');
    const isMade = flag ? flagReader(flag) : (row: number) => row >= real.table.rows;
    if (!flag)
      messages.push(
        `${path} has no is_synthetic column: its first ${real.table.rows} rows were taken as real, the others as synthetic.`,
      );
    const rows: number[] = [];
    for (let row = 0; row < table.rows; row++) if (isMade(row)) rows.push(row);
    if (rows.length === 0)
      throw new EngineError('no-rows', 'No row is synthetic; expected rows with is_synthetic = 1 after the real ones.');
    const realRows = table.rows - rows.length;
    if (realRows > 0 && realRows !== real.table.rows)
      messages.push(`${path} holds ${realRows} real rows, the original table ${real.table.rows}.`);

    const donors = added('lineage_donor');
    return {
      synthetic: {
        columnNames: wanted.map(({ name }) => name),
        columns: wanted.map((column) => {
          const found = columnOf(column.name);
          if (!found)
            throw new EngineError(
              'unknown-column',
              `The file has no column ${shownName(column.name)}, which the map names.`,
            );
          return valuesOf(found, column, rows);
        }),
        donor: Int32Array.from(rows, (row) => {
          const donor = donors && isNumericColumn(donors) ? donors.values[row]! : Number.NaN;
          return donor >= 1 && donor <= real.table.rows ? donor - 1 : -1;
        }),
        rowWeights: realRows === real.table.rows ? rowWeightsOf(added('weight'), columnOf(target), isMade) : null,
      },
      realRows,
      messages,
    };
  });
}

/** Null where rows of one class weigh the same: then the classes say it all. */
function rowWeightsOf(
  weight: Column | undefined,
  target: Column | undefined,
  isMade: (row: number) => boolean,
): RowWeights | null {
  if (!weight || !isNumericColumn(weight) || !target || !isCategoricalColumn(target)) return null;
  const { values } = weight;
  const ofClass = new Map<number, number>();
  let differs = false;
  for (const [row, code] of target.codes.entries()) {
    const known = ofClass.get(code) ?? values[row]!;
    ofClass.set(code, known);
    if (known !== values[row]) differs = true;
  }
  if (!differs || values.some(Number.isNaN)) return null;
  return {
    real: values.filter((_, row) => !isMade(row)),
    synthetic: values.filter((_, row) => isMade(row)),
  };
}

function flagReader(column: Column): (row: number) => boolean {
  if (isNumericColumn(column)) return (row) => column.values[row] === 1;
  if (!isCategoricalColumn(column)) return () => false;
  const yes = column.levels.map((level) => /^(1|true|yes)$/i.test(level));
  return (row) => yes[column.codes[row]!] === true;
}

/** Values of some rows, level texts turned into the codes of `like`. */
function valuesOf(column: Column, like: Column, rows: readonly number[]): Float64Array {
  if (isNumericColumn(column)) return Float64Array.from(rows, (row) => column.values[row]!);
  if (!isCategoricalColumn(column) || !isCategoricalColumn(like))
    throw new EngineError(
      'unsupported-column',
      `${shownName(like.name)} is an id and cannot be tested: take it off the map.`,
    );
  const codes = column.levels.map((level) => {
    const code = like.levels.indexOf(level);
    // Text that a spreadsheet would run was written with an apostrophe in front.
    return code < 0 && level.startsWith("'") ? like.levels.indexOf(level.slice(1).trim()) : code;
  });
  return Float64Array.from(rows, (row) => {
    const level = column.codes[row]!;
    if (level < 0) return Number.NaN;
    if (codes[level]! < 0)
      throw new EngineError(
        'bad-parameter',
        `${shownName(like.name)} has the level ${JSON.stringify(column.levels[level])}, which the original table does not have.`,
      );
    return codes[level]!;
  });
}
