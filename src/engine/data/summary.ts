import type { Target } from '../project/project';
import type { ImportOptions } from './importOptions';
import type { ColumnKind } from './table';

/** One reading of an ambiguous column, to be chosen with one click. */
export interface KindAnswer {
  readonly label: string;
  readonly kind: ColumnKind;
  readonly datePattern?: string;
}

/** Something to tell about a table, in one plain sentence. */
export interface Notice {
  readonly level: 'info' | 'warning';
  readonly text: string;
}

export interface ColumnSummary {
  readonly name: string;
  readonly kind: ColumnKind;
  /** Why this kind was guessed, in one sentence. */
  readonly reason: string;
  readonly missing: number;
  readonly distinct: number;
  /** Level texts with counts for categorical kinds (at most 50, most frequent first); else empty. */
  readonly levels: readonly { readonly text: string; readonly count: number }[];
  /** All level texts in their order, for categorical kinds with at most 60; else empty. */
  readonly order: readonly string[];
  /** Quartiles for numeric kinds; else null. */
  readonly range: {
    readonly min: number;
    readonly q1: number;
    readonly median: number;
    readonly q3: number;
    readonly max: number;
  } | null;
  readonly decimals: number;
  readonly datePattern: string | null;
  readonly examples: readonly string[];
  /** Readings to choose from where only the user can tell which is right; else empty. */
  readonly answers: readonly KindAnswer[];
  /** Things to know: constant, unique (an id), nearly gives the target away, unreadable cells with their lines. */
  readonly notices: readonly Notice[];
}

export interface TableSummary {
  readonly fileName: string;
  readonly bytes: number;
  readonly hash: string;
  readonly rows: number;
  readonly columns: readonly ColumnSummary[];
  /** The options as used, every guess filled in. */
  readonly options: ImportOptions;
  /** Repairs and warnings, each with its line number where it has one. */
  readonly notices: readonly Notice[];
  /** The most plausible target with its rare level; null where none is plausible. */
  readonly suggestedTarget: Target | null;
}

/** Class-split histogram of one column for the node cards and the Data stage. */
export interface ColumnHistogram {
  readonly column: string;
  /** Bin edges for numbers (bins + 1), level texts for categories. */
  readonly edges: readonly number[];
  readonly levels: readonly string[];
  /** Shares within class, per bin. */
  readonly common: readonly number[];
  readonly rare: readonly number[];
  /** Shares among synthetic rows of the active run; null without one. */
  readonly synthetic: readonly number[] | null;
}

/** Rows of the table as text, for the table view. */
export interface TableSlice {
  readonly from: number;
  readonly header: readonly string[];
  /** Cell texts as read. */
  readonly cells: readonly (readonly string[])[];
}
