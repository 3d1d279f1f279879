import type { StateCreator } from 'zustand';
import { isCarriedKind } from '../engine/data/table';
import type { MadeLayer, PointLayer, RejectedSummary, RowMarks, ViewSource } from '../worker/inspectApi';
import { type Activity, idle, newTaskId } from './activity';
import type { StudioContext, StudioState } from './studioState';
import { tableSummary } from './tableState';

/** Ways of looking at the rows; each shows and changes the same marked rows. */
export type InspectView =
  | 'points'
  | 'columns'
  | 'table'
  | 'regions'
  | 'boundary'
  | 'runs'
  | 'steps'
  | 'matrix'
  | 'parallel';

export type DockPlace = 'inspect' | 'elsewhere';

/** Marked rows of one layer, and the run they belong to: after another run its row numbers mean other rows. */
interface MarkedRows extends RowMarks {
  readonly runId: string | null;
}

/** What the scatter plots lay points out by, and what they draw besides. */
export interface PlotLook {
  readonly plane: 'columns' | 'pca' | 'umap';
  readonly isLogX: boolean;
  readonly isLogY: boolean;
  readonly tool: 'move' | 'box' | 'lasso';
  readonly hasOutlines: boolean;
  readonly hasMarginals: boolean;
  /** Real layers switched off; made ones follow the compare switch. */
  readonly hidden: readonly PointLayer[];
}

export type MarkMode = 'replace' | 'add' | 'remove';

/** Rows marked by lasso, box, click or a bar of a histogram, shared by every view and the map. */
export interface InspectSlice {
  readonly inspectView: InspectView;
  /** The second view, in the dock: beside the views of Inspect, and under the other stages. */
  readonly dockViews: Readonly<Record<DockPlace, InspectView>>;
  /** Inspect has room for one view at a time until its dock is opened. */
  readonly isInspectDockOpen: boolean;
  readonly marks: readonly MarkedRows[];
  /** What the marked rows are, such as "box on crp and age". */
  readonly marksOrigin: string;
  /** Shares of the marked rows in the bins of `histograms`, by column; empty without marks. */
  readonly markedHistograms: Readonly<Record<string, readonly number[]>>;
  /** A further run shown beside the active one and the one compared with. */
  readonly otherRunId: string | null;
  readonly plot: PlotLook;
  /** Proposals that the sampler of a run refused, replayed on request. */
  readonly rejected: { readonly of: string; readonly summary: RejectedSummary } | null;
  readonly replaying: Activity;
  /** The made layer that comparisons look at. */
  readonly arm: MadeLayer;

  setArm(arm: MadeLayer): void;
  /** Replays moves of the active run and shows what was refused. */
  replayRejected(): Promise<void>;
  setPlot(patch: Partial<PlotLook>): void;
  showView(view: InspectView): void;
  showDockView(place: DockPlace, view: InspectView): void;
  showOtherRun(runId: string | null): Promise<void>;
  markRows(rows: readonly RowMarks[], mode: MarkMode, origin: string): void;
  /** Marks the rows of made layers that came from a real row. */
  markDescendants(tableRow: number, layers: readonly PointLayer[]): Promise<void>;
  clearMarks(): void;
  /** Forgets marks of runs that are no longer on screen. */
  dropStaleMarks(): void;
}

type LayerState = Pick<StudioState, 'activeRunId' | 'comparisonRunId' | 'otherRunId' | 'runs' | 'rejected'>;

/** The run behind a layer, if the engine holds it; null for real rows and absent runs. */
export function runIdOfLayer(state: LayerState, layer: PointLayer): string | null {
  if (layer === 'rejected') {
    const isOfActive = state.rejected !== null && state.rejected.of === state.activeRunId;
    return isOfActive && runIdOfLayer(state, 'synthetic') !== null ? state.rejected.summary.runId : null;
  }
  const id =
    layer === 'synthetic'
      ? state.activeRunId
      : layer === 'comparison'
        ? state.comparisonRunId
        : layer === 'other'
          ? state.otherRunId
          : null;
  return id !== null && state.runs[id] ? id : null;
}

const runLayers: readonly MadeLayer[] = ['synthetic', 'comparison', 'other', 'rejected'];

/** What the views ask the engine about; null before there is a target. */
export function viewSource(state: LayerState & Pick<StudioState, 'project'>): ViewSource | null {
  const { target } = state.project;
  if (target === null) return null;
  const runs: Partial<Record<MadeLayer, string>> = {};
  for (const layer of runLayers) {
    const id = runIdOfLayer(state, layer);
    if (id !== null) runs[layer] = id;
  }
  return { target, runs };
}

export const countMarks = (marks: readonly RowMarks[]): number => marks.reduce((sum, { rows }) => sum + rows.length, 0);

export const createInspectSlice =
  (_: StudioContext): StateCreator<StudioState, [], [], InspectSlice> =>
  (set, get) => {
    let latest = 0;

    async function refresh() {
      const turn = ++latest;
      const { marks, project } = get();
      const source = viewSource(get());
      if (marks.length === 0 || source === null) {
        set({ markedHistograms: {} });
        return;
      }
      const summary = tableSummary(get());
      const onMap = new Set(project.map.nodes.map(({ name }) => name));
      const columns = (summary?.columns ?? []).filter(({ name, kind }) => !isCarriedKind(kind) && onMap.has(name));
      const outcome = await get().ask((engine) =>
        engine.markedHistograms(
          source,
          columns.map(({ name }) => name),
          marks,
        ),
      );
      if (turn === latest && outcome.ok) set({ markedHistograms: outcome.value });
    }

    return {
      inspectView: 'points',
      dockViews: { inspect: 'columns', elsewhere: 'points' },
      isInspectDockOpen: false,
      marks: [],
      marksOrigin: '',
      markedHistograms: {},
      otherRunId: null,
      plot: {
        plane: 'columns',
        isLogX: false,
        isLogY: false,
        tool: 'move',
        hasOutlines: false,
        hasMarginals: true,
        hidden: [],
      },

      rejected: null,
      replaying: idle,
      arm: 'synthetic',

      setArm: (arm) => set({ arm }),
      async replayRejected() {
        const { project, activeRunId, replaying } = get();
        if (activeRunId === null || replaying.status === 'running') return;
        const taskId = newTaskId('replay');
        const report = (share: number, phase: string) =>
          set({ replaying: { status: 'running', taskId, share, phase } });
        report(0, 'Replaying');
        const outcome = await get().ask((engine) => engine.replayRejected(taskId, project, activeRunId, report));
        if (outcome.ok) set({ replaying: idle, rejected: { of: activeRunId, summary: outcome.value } });
        else {
          set({ replaying: idle });
          get().notify('warning', outcome.message);
        }
      },
      setPlot: (patch) => set((state) => ({ plot: { ...state.plot, ...patch } })),
      showView: (inspectView) => set({ inspectView }),
      showDockView: (place, view) => set((state) => ({ dockViews: { ...state.dockViews, [place]: view } })),
      async showOtherRun(runId) {
        if (runId !== null && !get().runs[runId] && !(await get().holdRun(runId))) return;
        set({ otherRunId: runId });
      },
      markRows(rows, mode, origin) {
        const state = get();
        const kept = mode === 'replace' ? [] : state.marks;
        const layers = new Set([...kept, ...rows].map(({ layer }) => layer));
        const marks: MarkedRows[] = [];
        for (const layer of layers) {
          const before = kept.find((one) => one.layer === layer)?.rows ?? new Int32Array(0);
          const given = rows.find((one) => one.layer === layer)?.rows ?? new Int32Array(0);
          const after = mode === 'remove' ? without(before, given) : union(before, given);
          if (after.length > 0) marks.push({ layer, rows: after, runId: runIdOfLayer(state, layer) });
        }
        set({
          marks,
          marksOrigin: marks.length === 0 ? '' : mode === 'replace' ? origin : state.marksOrigin || origin,
        });
        state.announce(
          marks.length === 0 ? 'No row is marked.' : `${countMarks(marks).toLocaleString('en')} rows marked.`,
        );
        void refresh();
      },
      async markDescendants(tableRow, layers) {
        const source = viewSource(get());
        if (source === null) return;
        const outcome = await get().ask((engine) => engine.descendants(source, [tableRow], layers));
        if (outcome.ok) get().markRows(outcome.value, 'replace', `made from real row ${tableRow + 1}`);
        else get().notify('error', outcome.message);
      },
      clearMarks() {
        if (get().marks.length === 0) return;
        set({ marks: [], marksOrigin: '' });
        void refresh();
      },
      dropStaleMarks() {
        const state = get();
        const marks = state.marks.filter(({ layer, runId }) => runId === runIdOfLayer(state, layer));
        if (marks.length === state.marks.length) return;
        set({ marks });
        void refresh();
      },
    };
  };

/** Rows in either, ascending; both are ascending. */
export function union(a: Int32Array, b: Int32Array): Int32Array {
  if (a.length === 0) return b;
  if (b.length === 0) return a;
  const out = new Int32Array(a.length + b.length);
  let n = 0;
  for (let i = 0, j = 0; i < a.length || j < b.length; ) {
    const next = j >= b.length || (i < a.length && a[i]! <= b[j]!) ? a[i]! : b[j]!;
    if (i < a.length && a[i] === next) i++;
    if (j < b.length && b[j] === next) j++;
    out[n++] = next;
  }
  return out.slice(0, n);
}

/** Rows of a that are not in b, ascending. */
export function without(a: Int32Array, b: Int32Array): Int32Array {
  let j = 0;
  return a.filter((row) => {
    while (j < b.length && b[j]! < row) j++;
    return b[j] !== row;
  });
}
