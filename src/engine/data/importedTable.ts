import type { Quartiles } from '../numeric/quartiles';
import type { ImportOptions } from './importOptions';
import type { OddCells } from './oddCells';
import type { KindAnswer, Notice } from './summary';
import type { KindChoice, Table } from './table';

/** What is known of a column beyond its values. */
export interface ImportedColumn {
  readonly reason: string;
  /** What the user settled; null where all was guessed. */
  readonly choice: KindChoice | null;
  /** Readings to choose from where only the user can tell; else empty. */
  readonly answers: readonly KindAnswer[];
  readonly missing: number;
  readonly distinct: number;
  /** How a missing cell is most often written; generated missing cells are written the same way. */
  readonly missingText: string;
  /** For categorical columns, each level's most common raw form and its count, in level order; else empty. */
  readonly levels: readonly { readonly raw: string; readonly count: number }[];
  /** Cells that do not fit the kind and are treated as missing; their text stays in the file. */
  readonly odd: OddCells;
  readonly notFinite: OddCells;
  /** Quartiles of numbers; else null. */
  readonly range: Quartiles | null;
  readonly examples: readonly string[];
  readonly notices: readonly Notice[];
}

export interface ImportedTable {
  readonly table: Table;
  /** The options as used, every guess filled in. */
  readonly options: ImportOptions;
  /** In the order of the table's columns. */
  readonly columns: readonly ImportedColumn[];
  /** Guesses and repairs, in the order of the file. */
  readonly notices: readonly Notice[];
}
