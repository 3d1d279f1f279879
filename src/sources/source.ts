import type { DataOrigin, Target } from '../engine/project/project';

/** A file as it was given: its name and what it can be read from. */
export interface ImportSource {
  readonly fileName: string;
  readonly blob: Blob;
}

/** What the person decided about how files become one table; null where nothing was asked yet. */
export interface SourceChoices {
  readonly isPasted: boolean;
  /** Sheet of a workbook. */
  readonly sheet: string | null;
  /** `all` reads a large file whole. */
  readonly sample:
    | null
    | 'all'
    | {
        readonly rows: number;
        /** Column whose rare levels are all kept; null draws every row with the same probability. */
        readonly column: string | null;
        readonly rareLevels: readonly string[];
        readonly seed: number;
      };
}
export const noChoices: SourceChoices = { isPasted: false, sheet: null, sample: null };

export interface SheetChoice {
  readonly kind: 'choose-sheet';
  readonly fileName: string;
  readonly sheets: readonly { readonly name: string; readonly rows: number; readonly columns: number }[];
}

/** A file whose table would fill the memory of a tab. */
export interface LargeFile {
  readonly kind: 'too-large';
  readonly fileName: string;
  readonly bytes: number;
  /** Estimated from the first megabytes, as are the counts of levels. */
  readonly rows: number;
  readonly canReadAll: boolean;
  readonly suggested: Target | null;
  /** Columns that could hold the rare outcome. */
  readonly columns: readonly {
    readonly name: string;
    readonly levels: readonly { readonly text: string; readonly count: number }[];
  }[];
}

export type PreparedSource =
  | { readonly kind: 'ready'; readonly source: ImportSource; readonly origin: DataOrigin | null }
  | SheetChoice
  | LargeFile;
