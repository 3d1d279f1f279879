import type { Biography } from '../engine/inspection/biography';
import type { BoundaryReport } from '../engine/inspection/boundary';
import type { Collapse } from '../engine/inspection/collapse';
import type { ArmDistance, ColumnDamage, PairDamage } from '../engine/inspection/columnDamage';
import type { MadeLayer, PointLayer, RowMarks } from '../engine/inspection/layerRows';
import type { NodePart, NodeStory } from '../engine/inspection/nodeStory';
import type { ParentRegions } from '../engine/inspection/parentRegions';
import type { PlaneRegions } from '../engine/inspection/planeRegions';
import type { ProjectionKind } from '../engine/inspection/projection';
import type { ColumnStatistics, RowQuery } from '../engine/inspection/rowTable';
import type { AxisRequest, ScatterAxis, ScatterData } from '../engine/inspection/scatter';
import type { Project, Target } from '../engine/project/project';
import type { OnProgress, Outcome } from './api';

export type {
  ArmDistance,
  Biography,
  BoundaryReport,
  Collapse,
  ColumnDamage,
  ColumnStatistics,
  MadeLayer,
  NodePart,
  NodeStory,
  PairDamage,
  ParentRegions,
  PlaneRegions,
  PointLayer,
  RowMarks,
  RowQuery,
  ScatterAxis,
  ScatterData,
};

/** Which rows a view is of: the real ones by class, and the run behind each made layer. */
export interface ViewSource {
  readonly target: Target;
  readonly runs: Readonly<Partial<Record<MadeLayer, string>>>;
}

/** What a scatter plot lays its points out by. */
export type Plane =
  | { readonly kind: 'columns'; readonly x: AxisRequest; readonly y: AxisRequest }
  | { readonly kind: ProjectionKind; readonly columns: readonly string[]; readonly seed: number };

/** One row in full, real or made, for hovering and lists. */
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

/** A row of the table view. */
export interface TableRow {
  readonly layer: PointLayer;
  readonly row: number;
  /** Table row of the donor; null for real rows. */
  readonly donor: number | null;
  /** Texts in table column order. */
  readonly cells: readonly string[];
}

export interface QueryResult {
  readonly queryId: string;
  readonly rows: number;
  readonly counts: readonly { readonly layer: PointLayer; readonly rows: number }[];
  readonly statistics: readonly ColumnStatistics[];
}

/** Where one made layer lives without real rare rows, and where it has shrunk. */
export interface RegionReport {
  readonly plane: PlaneRegions;
  readonly parents: readonly ParentRegions[];
  readonly collapses: readonly Collapse[];
  readonly rareRows: number;
  readonly madeRows: number;
}

/** Real rare rows on their way to twins: the same noise at every step size. */
export interface MorphFrames {
  readonly x: ScatterAxis;
  readonly y: ScatterAxis;
  readonly sizes: readonly number[];
  /** Table row of each donor. */
  readonly donors: Int32Array;
  /** Positions of every donor's move, by size. */
  readonly places: readonly {
    readonly x: Float32Array;
    readonly y: Float32Array;
    /** 0 accepted, 1 broke a rule, 2 too unlikely to be rare. */
    readonly verdicts: Uint8Array;
  }[];
}

/** Rows a sampler proposed and refused, replayed. */
export interface RejectedSummary {
  /** Id to ask views for them by, as the run of the layer `rejected`. */
  readonly runId: string;
  readonly tried: number;
  readonly brokeRule: number;
  readonly unlikelyRare: number;
}

/** Rows of every layer with their values, column by column. */
export interface RowSample {
  readonly columns: readonly {
    readonly column: string;
    readonly levels: readonly string[] | null;
    readonly min: number;
    readonly max: number;
  }[];
  readonly layers: readonly {
    readonly layer: PointLayer;
    readonly row: Int32Array;
    /** One array of shape (rows,) a column; NaN where there is none. */
    readonly values: readonly Float32Array[];
    readonly total: number;
  }[];
}

/** A place of a column: a range of numbers, or some of its levels. */
export type Stretch =
  | { readonly column: string; readonly low: number; readonly high: number }
  | { readonly column: string; readonly codes: readonly number[] };

/** What the linked views ask of the engine. */
export interface InspectApi {
  scatter(
    taskId: string,
    source: ViewSource,
    plane: Plane,
    limit: number,
    onProgress: OnProgress,
  ): Promise<Outcome<ScatterData>>;
  rowDetail(source: ViewSource, layer: PointLayer, row: number, rules: Project['rules']): Promise<Outcome<RowDetail>>;
  /** The whole account of a row; learns the mechanisms again where they are not remembered. */
  biography(
    taskId: string,
    project: Project,
    source: ViewSource,
    layer: PointLayer,
    row: number,
    onProgress: OnProgress,
  ): Promise<Outcome<Biography>>;
  /** The rows that the runs of the given layers made from some real rows, as donor or second parent. */
  descendants(
    source: ViewSource,
    tableRows: readonly number[],
    layers: readonly PointLayer[],
  ): Promise<Outcome<readonly RowMarks[]>>;
  /** Filters and sorts the rows of all layers for the table view; the answer is read by slices. */
  queryRows(
    taskId: string,
    source: ViewSource,
    query: RowQuery,
    marks: readonly RowMarks[],
    rules: Project['rules'],
    onProgress: OnProgress,
  ): Promise<Outcome<QueryResult>>;
  readQuery(queryId: string, from: number, rows: number): Promise<Outcome<readonly TableRow[]>>;
  /** Every column and pair of the made rows against the real rare ones. */
  damage(
    taskId: string,
    source: ViewSource,
    columns: readonly string[],
    seed: number,
    onProgress: OnProgress,
  ): Promise<Outcome<{ readonly columns: readonly ColumnDamage[]; readonly pairs: readonly PairDamage[] }>>;
  regions(
    taskId: string,
    project: Project,
    source: ViewSource,
    layer: MadeLayer,
    x: string,
    y: string,
    onProgress: OnProgress,
  ): Promise<Outcome<RegionReport>>;
  boundary(
    taskId: string,
    source: ViewSource,
    layer: MadeLayer,
    x: string,
    y: string,
    timesPrevalence: number,
    seed: number,
    onProgress: OnProgress,
  ): Promise<Outcome<BoundaryReport>>;
  /** Moves a sample of real rare rows by one step of each size, with the run's settings. */
  morph(
    taskId: string,
    project: Project,
    x: AxisRequest,
    y: AxisRequest,
    onProgress: OnProgress,
  ): Promise<Outcome<MorphFrames>>;
  /** Replays one step of a run's chain from its donors and keeps what was refused, as rows of the layer `rejected`. */
  replayRejected(
    taskId: string,
    project: Project,
    runId: string,
    onProgress: OnProgress,
  ): Promise<Outcome<RejectedSummary>>;
  /** All rows of some layers that lie in every stretch. */
  rowsWithin(
    source: ViewSource,
    layers: readonly PointLayer[],
    stretches: readonly Stretch[],
  ): Promise<Outcome<readonly RowMarks[]>>;
  /** A sample of each layer with its values in the given columns, for views of many columns at once. */
  sampleRows(source: ViewSource, columns: readonly string[], limit: number): Promise<Outcome<RowSample>>;
  /** Shares of the marked rows in the bins of `histograms`, by column. */
  markedHistograms(
    source: ViewSource,
    columns: readonly string[],
    marks: readonly RowMarks[],
  ): Promise<Outcome<Readonly<Record<string, readonly number[]>>>>;
  /** The marked rows as a CSV file with their layer, row number and donor. */
  exportMarked(
    source: ViewSource,
    marks: readonly RowMarks[],
  ): Promise<Outcome<{ readonly fileName: string; readonly blob: Blob; readonly rows: number }>>;
}
