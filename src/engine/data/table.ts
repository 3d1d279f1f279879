/** All kinds, in the order in which they are offered. */
export const columnKinds = [
  'continuous',
  'integer',
  'count',
  'ordinal',
  'nominal',
  'binary',
  'cyclic',
  'datetime',
  'duration',
  'constant',
  'text',
  'id',
] as const;
/**
 * What a column holds. Numbers: `continuous`, `integer`, `count` (whole, from 0 up), `duration` (seconds) and `datetime`
 * (milliseconds). Level codes: `ordinal`, `nominal`, `binary`, `cyclic` (hours, weekdays: the last is next to the first)
 * and `constant`. An `id` and free `text` are carried as they stand and never learned from.
 */
export type ColumnKind = (typeof columnKinds)[number];
export type NumericKind = 'continuous' | 'integer' | 'count' | 'duration' | 'datetime';
export type CategoricalKind = 'ordinal' | 'nominal' | 'binary' | 'cyclic' | 'constant';
export type CarriedKind = 'id' | 'text';
/**
 * What the statistics know of a kind. A count is an integer whose least value is 0, a duration a number; the levels of a
 * cycle are taken in no order at all, so that nothing breaks between the last and the first.
 */
export type ValueKind = 'continuous' | 'integer' | 'datetime' | 'ordinal' | 'nominal' | 'binary';

/** What the user has settled of one column; everything else is guessed. */
export interface KindChoice {
  readonly column: string;
  readonly kind: ColumnKind;
  /** Levels of an ordinal or cyclic column in their order; levels that are not named come last. */
  readonly order?: readonly string[];
  /** How dates or durations are written, where several readings fit. */
  readonly datePattern?: string;
}

export interface NumericColumn {
  readonly name: string;
  readonly kind: NumericKind;
  /** Shape (n,). NaN marks a missing cell. Datetimes are milliseconds since 1970-01-01 UTC, durations seconds. */
  readonly values: Float64Array;
  /** Most decimals seen in any cell; generated values are rounded to it. */
  readonly decimals: number;
  /** For datetimes and durations, the pattern the cells were written in; generated ones are written the same way. */
  readonly datePattern: string | null;
}

export interface CategoricalColumn {
  readonly name: string;
  readonly kind: CategoricalKind;
  /** Shape (n,). -1 marks a missing cell; else an index into `levels`. */
  readonly codes: Int32Array;
  /** Trimmed, NFC-normalised texts, sorted (numerically when all are numbers); for `ordinal` and `cyclic` the order is the meaning. */
  readonly levels: readonly string[];
}

/** Ids and free text: written as they stand, never learned from. */
export interface CarriedColumn {
  readonly name: string;
  readonly kind: CarriedKind;
  readonly values: null;
}

export type Column = NumericColumn | CategoricalColumn | CarriedColumn;

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
  /** 1 for rows that are written but not learned from, as a cell is missing that the user wants known; null for none. */
  readonly setAside?: Uint8Array | null;
}

export const isNumericKind = (kind: ColumnKind): kind is NumericKind =>
  kind === 'continuous' || kind === 'integer' || kind === 'count' || kind === 'duration' || kind === 'datetime';
export const isCategoricalKind = (kind: ColumnKind): kind is CategoricalKind =>
  kind === 'ordinal' || kind === 'nominal' || kind === 'binary' || kind === 'cyclic' || kind === 'constant';
export const isCarriedColumn = (column: Column): column is CarriedColumn => isCarriedKind(column.kind);
export const isCarriedKind = (kind: ColumnKind): kind is CarriedKind => kind === 'id' || kind === 'text';
export function valueKindOf(kind: Exclude<ColumnKind, CarriedKind>): ValueKind {
  if (kind === 'count') return 'integer';
  if (kind === 'duration') return 'continuous';
  return kind === 'cyclic' || kind === 'constant' ? 'nominal' : kind;
}
/** The rows that may be learned from; undefined for all. */
export function learnedRows({ rows, setAside }: Table): Int32Array | undefined {
  return setAside ? Int32Array.from({ length: rows }, (_, row) => row).filter((row) => setAside[row] === 0) : undefined;
}
export const isNumericColumn = (column: Column): column is NumericColumn => isNumericKind(column.kind);
export const isCategoricalColumn = (column: Column): column is CategoricalColumn => isCategoricalKind(column.kind);
