import { holm } from '../dependence/holm';
import { normalSurvival } from '../numeric/normal';
import type { Notice } from './summary';
import { isCategoricalColumn, isNumericColumn, type Table } from './table';

/** How often the cells of a column are missing in either class. */
export interface MissingByClass {
  readonly column: string;
  readonly rareMissing: number;
  readonly rareRows: number;
  readonly commonMissing: number;
  readonly commonRows: number;
  /** Two-sided, of equal shares, adjusted by Holm over all columns with missing cells; 1 where it cannot be tested. */
  readonly pValue: number;
}

const LEVEL = 0.05;

/**
 * Missing cells by class, and whether their share differs: z = (p1 - p0) / sqrt(p (1 - p) (1/n1 + 1/n0)), p pooled.
 * @param isRare 1 rare, 0 common, -1 unknown, per row; unknown rows are left out.
 * @returns Columns with at least one missing cell, ids and free text left out.
 */
export function missingByClass(table: Table, isRare: Int8Array): readonly MissingByClass[] {
  const found: Omit<MissingByClass, 'pValue'>[] = [];
  for (const column of table.columns) {
    const isMissing = isNumericColumn(column)
      ? (row: number) => Number.isNaN(column.values[row])
      : isCategoricalColumn(column)
        ? (row: number) => column.codes[row]! < 0
        : null;
    if (!isMissing) continue;
    const missing = [0, 0];
    const rows = [0, 0];
    for (let row = 0; row < table.rows; row++) {
      const group = isRare[row]!;
      if (group < 0) continue;
      rows[group]!++;
      if (isMissing(row)) missing[group]!++;
    }
    if (missing[0]! + missing[1]! === 0) continue;
    found.push({
      column: column.name,
      rareMissing: missing[1]!,
      rareRows: rows[1]!,
      commonMissing: missing[0]!,
      commonRows: rows[0]!,
    });
  }
  const adjusted = holm(found.map(pValueOf));
  return found.map((one, i) => ({ ...one, pValue: adjusted[i]! }));
}

function pValueOf({ rareMissing, rareRows, commonMissing, commonRows }: Omit<MissingByClass, 'pValue'>): number {
  const pooled = (rareMissing + commonMissing) / (rareRows + commonRows);
  const spread = Math.sqrt(pooled * (1 - pooled) * (1 / rareRows + 1 / commonRows));
  if (!(spread > 0)) return 1;
  return 2 * normalSurvival(Math.abs(rareMissing / rareRows - commonMissing / commonRows) / spread);
}

/** Missing cells that come with the class carry it: whoever drops or fills them in changes what the rare rows look like. */
export function missingNotices(missing: readonly MissingByClass[], target: string): Notice[] {
  const percent = (part: number, whole: number) => `${((100 * part) / whole).toFixed(1)} %`;
  return missing
    .filter(({ pValue, column }) => pValue < LEVEL && column !== target)
    .slice(0, 10)
    .map(({ column, rareMissing, rareRows, commonMissing, commonRows, pValue }) => ({
      level: 'warning',
      text: `"${column}" is missing in ${percent(rareMissing, rareRows)} of the rare and ${percent(commonMissing, commonRows)} of the common rows (p ${pValue < 0.001 ? '< 0.001' : `= ${pValue.toFixed(3)}`}, adjusted): missing depends on the class, so dropping such rows would change it; keep it as part of the mechanism or as a level.`,
    }));
}
