/**
 * What a column holds. `continuous`, `integer` and `datetime` are numbers; `ordinal`, `nominal` and `binary` are level
 * codes; an `id` is carried as text and never learned from.
 */
export type ColumnKind = 'continuous' | 'integer' | 'ordinal' | 'nominal' | 'binary' | 'datetime' | 'id';
export type NumericKind = 'continuous' | 'integer' | 'datetime';
export type CategoricalKind = 'ordinal' | 'nominal' | 'binary';

export interface NumericColumn {
  readonly name: string;
  readonly kind: NumericKind;
  /** Shape (n,). NaN marks a missing cell. Datetimes are milliseconds since 1970-01-01 UTC. */
  readonly values: Float64Array;
  /** Most decimals seen in any cell; generated values are rounded to it. */
  readonly decimals: number;
  /** For datetimes, the pattern the cells were written in; generated dates are written the same way. */
  readonly datePattern: string | null;
}

export interface CategoricalColumn {
  readonly name: string;
  readonly kind: CategoricalKind;
  /** Shape (n,). -1 marks a missing cell; else an index into `levels`. */
  readonly codes: Int32Array;
  /** Trimmed, NFC-normalised texts, sorted (numerically when all are numbers); for `ordinal` the order is the meaning. */
  readonly levels: readonly string[];
}

export interface IdColumn {
  readonly name: string;
  readonly kind: 'id';
  readonly values: null;
}

export type Column = NumericColumn | CategoricalColumn | IdColumn;

/** How records and cells are told apart. */
export interface Dialect {
  readonly delimiter: string;
  readonly newline: string;
  /** Empty where quotes are characters like any other. */
  readonly quote: '"' | "'" | '';
}

/** The text a table was read from, kept so that real cells can be written back byte for byte. */
export interface SourceText extends Dialect {
  readonly text: string;
  /** Offsets into `text`, shape (n,): row i is text.slice(start[i], end[i]), without its line end. */
  readonly start: Uint32Array;
  readonly end: Uint32Array;
  /** The header cells as read; null when the file had no header line. */
  readonly header: readonly string[] | null;
}

export interface Table {
  readonly rows: number;
  readonly columns: readonly Column[];
  readonly source: SourceText;
}

export const isNumericKind = (kind: ColumnKind): kind is NumericKind =>
  kind === 'continuous' || kind === 'integer' || kind === 'datetime';
export const isCategoricalKind = (kind: ColumnKind): kind is CategoricalKind =>
  kind === 'ordinal' || kind === 'nominal' || kind === 'binary';
export const isNumericColumn = (column: Column): column is NumericColumn => isNumericKind(column.kind);
export const isCategoricalColumn = (column: Column): column is CategoricalColumn => isCategoricalKind(column.kind);
