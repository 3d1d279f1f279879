import type { Biography } from '../engine/inspection/biography';
import type { MadeLayer, PointLayer, RowMarks } from '../engine/inspection/layerRows';
import type { NodePart, NodeStory } from '../engine/inspection/nodeStory';
import type { ProjectionKind } from '../engine/inspection/projection';
import type { AxisRequest, ScatterAxis, ScatterData } from '../engine/inspection/scatter';
import type { Project, Target } from '../engine/project/project';
import type { OnProgress, Outcome } from './api';

export type { Biography, MadeLayer, NodePart, NodeStory, PointLayer, RowMarks, ScatterAxis, ScatterData };

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
