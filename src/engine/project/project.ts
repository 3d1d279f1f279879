import type { Rule } from '../constraints/rule';
import type { ImportOptions } from '../data/importOptions';
import type { KindChoice } from '../data/table';
import type { AdjustmentId } from '../dependence/adjustments/catalogue';
import { type CausalMap, emptyMap } from '../graph/causalMap';
import type { NodeSettings } from './nodeSettings';

/** How many synthetic rows to make for each rare level. */
export type Amount =
  | { readonly kind: 'parity' }
  /** The rare class's share of the augmented table, in (0, 1). */
  | { readonly kind: 'share'; readonly share: number }
  | { readonly kind: 'rows'; readonly rows: number };

/** Where the rows come from. The file itself is stored beside the project, never inside it. */
export interface DataReference {
  readonly fileName: string;
  readonly bytes: number;
  /** 64 bits over the file’s bytes, 16 hex digits: tells whether the same file is back. */
  readonly hash: string;
  readonly rows: number;
  readonly options: ImportOptions;
  /** Kinds the user set against the guess, in table column order at the time. */
  readonly kinds: readonly KindChoice[];
  /** What the rows were before they became the text that is read; absent for a plain file. */
  readonly origin?: DataOrigin;
}

/** A sample drawn while a file too large for a tab was read: every rare row, and others at random. */
export interface SampleFacts {
  /** Rows of the whole file, rows kept of them, and how many of those are rare. */
  readonly rows: number;
  readonly kept: number;
  readonly rareKept: number;
  /** The column whose rare levels were all kept; null for a plain random sample. */
  readonly column: string | null;
  readonly rareLevels: readonly string[];
  readonly seed: number;
}

/** Files of other formats, several files and samples are turned into one text first; this is what was done. */
export interface DataOrigin {
  readonly files: readonly string[];
  readonly format: 'text' | 'gzip' | 'parquet' | 'excel' | 'clipboard';
  readonly sample: SampleFacts | null;
  /** What was done, in sentences. */
  readonly notes: readonly string[];
}

/** What the person says of a column. */
export interface ColumnNote {
  readonly column: string;
  readonly label: string;
  readonly unit: string;
  readonly description: string;
}

/** Rows that belong together, and what came first: splits must respect both. */
export interface StudyDesign {
  /** Columns that name a patient, site or machine: rows with the same value stay on one side of a split. */
  readonly groups: readonly string[];
  /** The column that orders the rows in time: later rows are tested on earlier ones. */
  readonly time: string | null;
}

export interface Target {
  readonly column: string;
  /** Level texts that count as rare; each gets its own twins. */
  readonly rareLevels: readonly string[];
}

export interface GenerationSettings {
  /** Id of a member of the generator catalogue. */
  readonly generator: string;
  /** Parameters of each generator by its id, so that switching back loses nothing. Numbers only. */
  readonly parameters: Readonly<Record<string, Readonly<Record<string, number>>>>;
  readonly amount: Amount;
  readonly seed: number;
  /** Nodes whose noise is redrawn; null means all but the target. */
  readonly redraw: readonly string[] | null;
  /** Columns off the map: copied from the donor row, or left empty. */
  readonly offMap: 'donor' | 'empty';
}

export interface ExportSettings {
  readonly columns: 'all' | 'map';
  readonly flagColumn: boolean;
  readonly weightColumn: boolean;
  readonly lineageColumns: boolean;
  readonly guardFormulas: boolean;
  readonly onlySynthetic: boolean;
}

/** How statements are judged before and after. */
export interface TestSettings {
  /** Largest change of an effect in [0, 1] that does not matter. */
  readonly margin: number;
  /** How p-values are adjusted for there being many statements. */
  readonly adjustment: AdjustmentId;
  /** True where rows are used with their weights only: what the unweighted table alone would show is not judged. */
  readonly withWeights?: boolean;
}

/** One generated run, as recorded in the document; its rows are stored beside it. */
export interface RunRecord {
  readonly id: string;
  readonly name: string;
  /** Hash of everything the rows depend on; a run whose hash is not the document's current one is stale. */
  readonly inputsHash: string;
  readonly settings: GenerationSettings;
  readonly rows: number;
}

/** The one document: everything the user has decided. Versioned, plain JSON. */
export interface Project {
  readonly format: 'counterpoise-project';
  readonly version: 1;
  readonly name: string;
  /** The simulated world the data came from. What is known of it holds for that very file and no other. */
  readonly demo: { readonly id: string; readonly fileHash: string } | null;
  readonly data: DataReference | null;
  readonly target: Target | null;
  readonly map: CausalMap;
  readonly columnNotes?: readonly ColumnNote[];
  readonly design?: StudyDesign;
  readonly exposure: string | null;
  readonly rules: readonly Rule[];
  /** How single nodes are learned, where the expert overrides; nodes without an entry are learned by cross-validation alone. */
  readonly mechanisms: readonly NodeSettings[];
  readonly generation: GenerationSettings;
  readonly export: ExportSettings;
  readonly tests: TestSettings;
  readonly runs: readonly RunRecord[];
}

export const defaultGeneration: GenerationSettings = {
  generator: 'twins',
  parameters: {},
  amount: { kind: 'parity' },
  seed: 1,
  redraw: null,
  offMap: 'donor',
};

export const defaultExport: ExportSettings = {
  columns: 'all',
  flagColumn: true,
  weightColumn: true,
  lineageColumns: true,
  guardFormulas: true,
  onlySynthetic: false,
};

export const defaultTests: TestSettings = { margin: 0.1, adjustment: 'holm' };

export const emptyProject: Project = {
  format: 'counterpoise-project',
  version: 1,
  name: 'Untitled',
  demo: null,
  data: null,
  target: null,
  map: emptyMap,
  exposure: null,
  rules: [],
  mechanisms: [],
  generation: defaultGeneration,
  export: defaultExport,
  tests: defaultTests,
  runs: [],
};
