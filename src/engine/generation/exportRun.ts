import type { ImportedTable } from '../data/importedTable';
import { isCategoricalColumn } from '../data/table';
import type { AugmentedTable } from '../data/writeCsv';
import type { ExportSettings, GenerationSettings, Target } from '../project/project';
import type { RowWeights } from './exposureWeights';
import type { SyntheticTable } from './testRun';

/** The rows of a run with their lineage, however it is kept. */
export interface ExportableRows extends SyntheticTable {
  readonly partner: Int32Array;
  readonly proposals: Uint32Array;
}

export interface ExportRequest {
  readonly imported: ImportedTable;
  readonly target: Target;
  readonly rows: ExportableRows;
  readonly weights: readonly { readonly level: string; readonly weight: number }[];
  /** Weights row by row, where they are not those of the class. */
  readonly rowWeights: RowWeights | null;
  readonly redrawn: readonly string[];
  readonly generation: GenerationSettings;
  readonly settings: ExportSettings;
}

/** What the CSV writer needs for a run: weights by row, or else by the class of each row; rows without a class weigh 1. */
export function exportInput({
  imported,
  target,
  rows,
  weights,
  rowWeights,
  redrawn,
  generation,
  settings,
}: ExportRequest): AugmentedTable {
  const column = imported.table.columns.find(({ name }) => name === target.column);
  const levels = column && isCategoricalColumn(column) ? column.levels : [];
  const byCode = levels.map((level) => weights.find((one) => one.level === level)?.weight ?? 1);
  const made = rows.columns[rows.columnNames.indexOf(target.column)]!;
  return {
    imported,
    generated: rows.columnNames,
    synthetic: {
      rows: rows.donor.length,
      columns: rows.columns,
      donor: rows.donor,
      partner: rows.partner,
      proposals: rows.proposals,
    },
    realWeight: rowWeights
      ? (row) => rowWeights.real[row]!
      : (row) => (column && isCategoricalColumn(column) ? (byCode[column.codes[row]!] ?? 1) : 1),
    syntheticWeight: rowWeights ? (index) => rowWeights.synthetic[index]! : (index) => byCode[made[index]!] ?? 1,
    settings,
    offMap: generation.offMap,
    generator: generation.generator,
    seed: generation.seed,
    redrawn,
  };
}
