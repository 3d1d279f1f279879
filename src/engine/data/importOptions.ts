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
};
