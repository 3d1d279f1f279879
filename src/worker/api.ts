import type { Rule } from '../engine/constraints/rule';
import type { ImportOptions } from '../engine/data/importOptions';
import type { ColumnHistogram, ColumnSummary, Notice, TableSlice, TableSummary } from '../engine/data/summary';
import type { ColumnKind } from '../engine/data/table';
import type { StatementResult } from '../engine/dependence/comparison';
import type { EngineErrorCode } from '../engine/errors';
import type { CausalMap } from '../engine/graph/causalMap';
import type { ExportSettings, GenerationSettings, Project, Target } from '../engine/project/project';
import type { NodeFit } from '../engine/scm/fittedModel';

export type { ColumnHistogram, ColumnSummary, Notice, TableSlice, TableSummary };

/** Expected failures cross the thread boundary as data: a thrown error would arrive without its code. */
export type Outcome<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly code: EngineErrorCode | 'internal'; readonly message: string };

/** Share done in [0, 1] and the name of the phase. */
export type OnProgress = (share: number, phase: string) => void;

export interface RuleCheck {
  readonly ruleId: string;
  readonly realViolations: number;
  readonly realRareViolations: number;
  /** Row numbers (from 1) of the first offenders, at most 5. */
  readonly examples: readonly number[];
  /** Null when the rule can be applied; else what is wrong with it. */
  readonly problem: string | null;
}

export interface GenerateRequest {
  readonly runId: string;
  readonly project: Project;
  /** Overrides of the project's settings, used for the comparison arm. */
  readonly settings: GenerationSettings;
}

export interface RunSummary {
  readonly runId: string;
  readonly inputsHash: string;
  readonly generator: string;
  readonly rows: number;
  readonly perLevel: readonly {
    readonly level: string;
    readonly realRows: number;
    readonly syntheticRows: number;
    readonly weight: number;
  }[];
  /** Weight of every class in the augmented table, by level text. */
  readonly weights: readonly { readonly level: string; readonly weight: number }[];
  /** log odds shift of the intercept for models that cannot take weights; null for more than two classes. */
  readonly interceptShift: number | null;
  readonly acceptance: number | null;
  readonly unmovedRows: number;
  readonly refusedByRules: number;
  readonly copies: number;
  readonly rowsPerDonor: { readonly mean: number; readonly max: number };
  /** Synthetic rows that break a rule: 0 for causal twins, counted for baselines. */
  readonly ruleViolations: readonly { readonly ruleId: string; readonly count: number }[];
  /** Synthetic variance over real rare variance per numeric column. */
  readonly varianceKept: readonly { readonly column: string; readonly ratio: number }[];
  readonly fits: readonly NodeFit[];
  readonly messages: readonly string[];
  readonly milliseconds: { readonly fit: number; readonly draw: number };
}

/** A run's rows, so that the page can store them and hand them to a fresh worker. */
export interface RunRows {
  readonly summary: RunSummary;
  readonly columnNames: readonly string[];
  readonly columns: readonly Float64Array[];
  readonly donor: Int32Array;
  readonly partner: Int32Array;
  readonly proposals: Uint32Array;
  readonly refusedByRules: Uint32Array;
}

export type PointLayer = 'common' | 'rare' | 'synthetic' | 'comparison';
export interface ScatterLayer {
  readonly layer: PointLayer;
  /** Shape (n,); jittered on discrete axes. Rows with a missing coordinate are left out and counted. */
  readonly x: Float32Array;
  readonly y: Float32Array;
  /** Table row for real layers, index in the run for synthetic ones. */
  readonly row: Int32Array;
  readonly leftOut: number;
  readonly total: number;
}
export interface ScatterAxis {
  readonly column: string;
  readonly kind: ColumnKind;
  readonly levels: readonly string[] | null;
  readonly min: number;
  readonly max: number;
  readonly decimals: number;
}
export interface ScatterData {
  readonly x: ScatterAxis;
  readonly y: ScatterAxis;
  readonly layers: readonly ScatterLayer[];
}

/** One row in full, real or synthetic, for hover and inspector. */
export interface RowDetail {
  readonly layer: PointLayer;
  readonly row: number;
  readonly cells: readonly {
    readonly column: string;
    readonly text: string;
    readonly donorText: string | null;
    readonly changed: boolean;
  }[];
  readonly donorRow: number | null;
  readonly partnerRow: number | null;
  readonly brokenRules: readonly string[];
}

/** Strength of each drawn arrow and fate of each implied independence in the real data. */
export interface MapCheck {
  readonly arrows: readonly {
    readonly from: string;
    readonly to: string;
    readonly effect: number;
    readonly low: number;
    readonly high: number;
    readonly rows: number;
  }[];
  readonly independences: readonly {
    readonly x: string;
    readonly y: string;
    readonly given: readonly string[];
    readonly effect: number;
    readonly low: number;
    readonly high: number;
    readonly verdict: 'agrees' | 'refuted' | 'cannot-tell';
  }[];
}

export interface TestReport {
  readonly runId: string;
  readonly results: readonly StatementResult[];
  readonly counts: Readonly<Record<'kept' | 'damaged' | 'cannot-tell' | 'expected-from-balancing', number>>;
  readonly messages: readonly string[];
}

export interface ExportResult {
  readonly fileName: string;
  readonly blob: Blob;
  readonly rows: number;
  readonly syntheticRows: number;
  /** What was done to the text: guarded cells, quoted names. */
  readonly messages: readonly string[];
}

export interface ImportSource {
  readonly fileName: string;
  readonly blob: Blob;
}

/**
 * All that the interface may ask of the engine. One table at a time; runs are kept by id.
 * Arguments and results can be structured-cloned; big columns are transferred. A call that takes over 200 ms takes
 * `taskId` and `onProgress`; `cancel(taskId)` makes it return the failure `cancelled` soon.
 */
export interface EngineApi {
  cancel(taskId: string): void;
  importTable(
    taskId: string,
    source: ImportSource,
    options: ImportOptions,
    kinds: readonly { readonly column: string; readonly kind: ColumnKind }[],
    onProgress: OnProgress,
  ): Promise<Outcome<TableSummary>>;
  /** A built-in demo world as a CSV and the project that goes with it. */
  simulateDemo(demoId: string): Promise<Outcome<{ readonly source: ImportSource; readonly project: Project }>>;
  closeTable(): Promise<void>;
  readSlice(from: number, rows: number): Promise<Outcome<TableSlice>>;
  histograms(
    columns: readonly string[],
    target: Target | null,
    runId: string | null,
  ): Promise<Outcome<readonly ColumnHistogram[]>>;
  /** Target-dependent notices: one class only, few rare rows, columns that give the target away. */
  reviewTarget(
    target: Target,
  ): Promise<Outcome<{ readonly notices: readonly Notice[]; readonly rareRows: number; readonly knownRows: number }>>;
  checkRules(rules: readonly Rule[], target: Target | null): Promise<Outcome<readonly RuleCheck[]>>;
  checkMap(taskId: string, map: CausalMap, target: Target | null, onProgress: OnProgress): Promise<Outcome<MapCheck>>;
  generate(taskId: string, request: GenerateRequest, onProgress: OnProgress): Promise<Outcome<RunSummary>>;
  exportRun(runId: string): Promise<Outcome<RunRows>>;
  restoreRun(rows: RunRows): Promise<Outcome<RunSummary>>;
  dropRun(runId: string): Promise<void>;
  scatter(
    x: string,
    y: string,
    target: Target,
    runId: string | null,
    comparisonRunId: string | null,
    limit: number,
  ): Promise<Outcome<ScatterData>>;
  rowDetail(layer: PointLayer, row: number, runId: string | null, rules: readonly Rule[]): Promise<Outcome<RowDetail>>;
  test(taskId: string, project: Project, runId: string, onProgress: OnProgress): Promise<Outcome<TestReport>>;
  exportCsv(
    taskId: string,
    project: Project,
    runId: string,
    settings: ExportSettings,
    onProgress: OnProgress,
  ): Promise<Outcome<ExportResult>>;
}
