import type { Rule } from '../constraints/rule';
import type { ImportOptions } from '../data/importOptions';
import type { ColumnKind } from '../data/table';
import { type CausalMap, emptyMap } from '../graph/causalMap';

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
  readonly kinds: readonly { readonly column: string; readonly kind: ColumnKind }[];
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
  readonly exposure: string | null;
  readonly rules: readonly Rule[];
  readonly generation: GenerationSettings;
  readonly export: ExportSettings;
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
  generation: defaultGeneration,
  export: defaultExport,
  runs: [],
};
