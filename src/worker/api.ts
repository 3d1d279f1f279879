import type { FoundRule } from '../engine/constraints/found/findRules';
import type { RuleCheck, RulesReview } from '../engine/constraints/reviewRules';
import type { Rule } from '../engine/constraints/rule';
import type { ImportOptions } from '../engine/data/importOptions';
import type { TablePreview } from '../engine/data/previewTable';
import type { TargetReview } from '../engine/data/reviewTarget';
import type { ColumnHistogram, ColumnSummary, Notice, TableSlice, TableSummary } from '../engine/data/summary';
import type { KindChoice } from '../engine/data/table';
import type { MapCheck } from '../engine/dependence/mapCheck';
import type { Diagnosis } from '../engine/diagnosis/diagnosis';
import type { DiagnosedProject } from '../engine/diagnosis/diagnosisOf';
import type { ArrowSuggestions, HintMethod } from '../engine/discovery/suggestArrows';
import type { EngineErrorCode } from '../engine/errors';
import type { Falsification } from '../engine/falsification/falsifyMap';
import type { RowWeights } from '../engine/generation/exposureWeights';
import type { RunPreview } from '../engine/generation/previewRun';
import type { RunSummary } from '../engine/generation/runSummary';
import type { CausalMap } from '../engine/graph/causalMap';
import type { EffectShape } from '../engine/mechanisms/effects';
import type { DataReference, ExportSettings, GenerationSettings, Project, Target } from '../engine/project/project';
import type { Template } from '../engine/templates/template';
import type { DemoCard } from '../engine/worlds/demoCards';
import type { WorldTruth } from '../engine/worlds/truth';
import type { ImportSource, PreparedSource, SourceChoices } from '../sources/source';
import type { InspectApi } from './inspectApi';
import type { TestApi } from './testApi';

export type { TestReport } from './testApi';

export type {
  ArrowSuggestions,
  ColumnHistogram,
  ColumnSummary,
  DemoCard,
  Diagnosis,
  Falsification,
  FoundRule,
  HintMethod,
  MapCheck,
  Notice,
  RuleCheck,
  RulesReview,
  RunPreview,
  RunSummary,
  TablePreview,
  TableSlice,
  TableSummary,
  TargetReview,
  WorldTruth,
};

/** Expected failures cross the thread boundary as data: a thrown error would arrive without its code. */
export type Outcome<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly code: EngineErrorCode | 'internal'; readonly message: string };

/** Share done in [0, 1] and the name of the phase. */
export type OnProgress = (share: number, phase: string) => void;

export interface GenerateRequest {
  readonly runId: string;
  readonly project: Project;
  /** Overrides of the project's settings, used for the comparison arm. */
  readonly settings: GenerationSettings;
}

/** A run's rows, so that the page can store them and hand them to a fresh worker. */
export interface RunRows {
  readonly summary: RunSummary;
  /** Hash of the file the table was read from: donors are rows of that file and of no other. */
  readonly fileHash: string;
  readonly columnNames: readonly string[];
  /** Level texts that the codes of each column stand for; null for numbers. */
  readonly levels: readonly (readonly string[] | null)[];
  readonly columns: readonly Float64Array[];
  readonly donor: Int32Array;
  readonly partner: Int32Array;
  readonly proposals: Uint32Array;
  readonly refusedByRules: Uint32Array;
  /** Weights row by row where causes were tilted; null where the weight of the class is all. */
  readonly rowWeights: RowWeights | null;
}

export interface ExportResult {
  readonly fileName: string;
  readonly blob: Blob;
  readonly rows: number;
  readonly syntheticRows: number;
  /** What was done to the text: guarded cells, quoted names. */
  readonly messages: readonly string[];
}

/**
 * All that the interface may ask of the engine. One table at a time; runs are kept by id.
 * Arguments and results can be structured-cloned; big columns are transferred. A call that takes over 200 ms takes
 * `taskId` and `onProgress`; `cancel(taskId)` makes it return the failure `cancelled` soon.
 */
export interface EngineApi extends InspectApi, TestApi {
  cancel(taskId: string): void;
  /** Makes one text of dropped files: unpacked, converted, appended, sampled; or asks what only the person can decide. */
  prepareSource(
    taskId: string,
    sources: readonly ImportSource[],
    choices: SourceChoices,
    onProgress: OnProgress,
  ): Promise<Outcome<PreparedSource>>;
  /** Reads the first rows of a text in another way; the open table is not touched. */
  previewTable(source: ImportSource, options: ImportOptions): Promise<Outcome<TablePreview>>;
  /** The source with one column more: 1 where a number column passes a threshold, else 0, empty where it is missing. */
  thresholdColumn(
    taskId: string,
    column: string,
    op: '>=' | '<=',
    value: number,
    onProgress: OnProgress,
  ): Promise<Outcome<{ readonly source: ImportSource; readonly column: string }>>;
  importTable(
    taskId: string,
    source: ImportSource,
    options: ImportOptions,
    kinds: readonly KindChoice[],
    onProgress: OnProgress,
  ): Promise<Outcome<TableSummary>>;
  /** What the gallery shows of every demo. */
  listDemos(): Promise<Outcome<readonly DemoCard[]>>;
  /** A built-in demo world as a CSV (null for a map without a table), the project that goes with it, and kinds to read it by. */
  simulateDemo(demoId: string): Promise<
    Outcome<{
      readonly source: ImportSource | null;
      readonly project: Project;
      readonly kinds: DataReference['kinds'];
    }>
  >;
  /** The templates that come with the program. */
  listTemplates(): Promise<Outcome<readonly Template[]>>;
  /** The open table with other kinds: only columns whose kind changes are read again. Runs are dropped, as on import.
   * The failure `no-table` where the open table is not the file with this hash. */
  changeKinds(
    taskId: string,
    hash: string,
    kinds: readonly KindChoice[],
    onProgress: OnProgress,
  ): Promise<Outcome<TableSummary>>;
  /** A later batch of a demo world, with the columns of its file, in which some mechanisms have changed. */
  driftBatch(demoId: string): Promise<Outcome<ImportSource>>;
  /** What is true of a demo world because it is simulated; null for a world without. */
  worldTruth(demoId: string): Promise<Outcome<WorldTruth | null>>;
  /** True effects of a column's causes over the open demo's rows; null where the world gives it other causes. */
  trueEffects(
    demoId: string,
    project: Project,
    child: string,
    parents: readonly string[],
  ): Promise<Outcome<readonly EffectShape[] | null>>;
  closeTable(): Promise<void>;
  readSlice(from: number, rows: number): Promise<Outcome<TableSlice>>;
  histograms(
    columns: readonly string[],
    target: Target | null,
    runId: string | null,
  ): Promise<Outcome<readonly ColumnHistogram[]>>;
  /** Target-dependent notices: one class only, few rare rows, columns that give the target away. */
  reviewTarget(target: Target): Promise<Outcome<TargetReview>>;
  checkRules(rules: readonly Rule[], target: Target | null): Promise<Outcome<RulesReview>>;
  /** Rules that the real rows suggest and that `rules` does not hold yet, the most telling first. */
  findRules(
    taskId: string,
    rules: readonly Rule[],
    target: Target | null,
    onProgress: OnProgress,
  ): Promise<Outcome<readonly FoundRule[]>>;
  /** Cell texts of real rows, by row index from 0. */
  readRows(
    rows: readonly number[],
  ): Promise<Outcome<readonly { readonly row: number; readonly cells: readonly string[] }[]>>;
  checkMap(
    taskId: string,
    project: Pick<Project, 'map' | 'target' | 'design'>,
    onProgress: OnProgress,
  ): Promise<Outcome<MapCheck>>;
  /** Does the map fit the data better than maps with its names dealt out at random? */
  falsifyMap(taskId: string, map: CausalMap, onProgress: OnProgress): Promise<Outcome<Falsification>>;
  /** What else the data would allow: links learned from resamples against those drawn. */
  suggestArrows(
    taskId: string,
    map: CausalMap,
    method: HintMethod,
    onProgress: OnProgress,
  ): Promise<Outcome<ArrowSuggestions>>;
  /** What the real rows say before anything is made; `refutedClaims` of the map are counted by whoever tested them. */
  diagnose(
    taskId: string,
    project: DiagnosedProject,
    refutedClaims: number,
    onProgress: OnProgress,
  ): Promise<Outcome<Diagnosis>>;
  generate(taskId: string, request: GenerateRequest, onProgress: OnProgress): Promise<Outcome<RunSummary>>;
  /** The first rows of the run that the request would make. */
  previewRun(
    taskId: string,
    project: Project,
    rows: number,
    onProgress: OnProgress,
  ): Promise<Outcome<RunPreview & { readonly milliseconds: number }>>;
  exportRun(runId: string): Promise<Outcome<RunRows>>;
  restoreRun(rows: RunRows): Promise<Outcome<RunSummary>>;
  dropRun(runId: string): Promise<void>;
  exportCsv(
    taskId: string,
    project: Project,
    runId: string,
    settings: ExportSettings,
    onProgress: OnProgress,
  ): Promise<Outcome<ExportResult>>;
}
