/**
 * What becomes of a column's missing cells: being missing is learned as part of its mechanism, rows without a value are
 * written but not learned from, or missing is a level of its own (categories only).
 */
export interface MissingChoice {
  readonly column: string;
  readonly choice: 'model' | 'drop' | 'level';
}

/** How a delimited file is read. `null` means: guess it and say what was guessed. */
export interface ImportOptions {
  readonly delimiter: string | null;
  readonly decimal: '.' | ',' | null;
  /** The mark around cells that hold delimiters; `none` where quotes are characters like any other. */
  readonly quote: '"' | "'" | 'none' | null;
  readonly encoding: 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252' | null;
  readonly header: boolean | null;
  /** Lines before the header to skip. */
  readonly skipLines: number | null;
  /** Cells that count as missing, compared after trimming. The empty cell always does. */
  readonly missingTokens: readonly string[];
  /** What becomes of missing cells, by column; `model` for those not listed. */
  readonly missing: readonly MissingChoice[];
}

export const defaultMissingTokens: readonly string[] = [
  'NA',
  'NaN',
  'nan',
  'null',
  'NULL',
  'None',
  '?',
  '-',
  'N/A',
  'n/a',
  '#N/A',
  '.',
];

export const guessAll: ImportOptions = {
  delimiter: null,
  decimal: null,
  quote: null,
  encoding: null,
  header: null,
  skipLines: null,
  missingTokens: defaultMissingTokens,
  missing: [],
};
