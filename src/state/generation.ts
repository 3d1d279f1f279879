import type { StateCreator } from 'zustand';
import { isCategoricalKind } from '../engine/data/table';
import { generatorById } from '../engine/generators/catalogue';
import type { GenerationSettings, RunRecord } from '../engine/project/project';
import type { RunSummary } from '../worker/api';
import { type Activity, idle, internalFailure, newTaskId } from './activity';
import { changedInputs, type InputPart, inputsHash } from './runInputs';
import type { StudioContext, StudioState } from './studioState';
import { tableSummary } from './tableState';

/** Runs: made, compared, kept. Records are in `project.runs`; rows are in the engine and in storage. */
export interface GenerationSlice {
  readonly generation: Activity;
  readonly comparison: Activity;
  /** Summaries of the runs whose rows the engine holds, by run id. */
  readonly runs: Readonly<Record<string, RunSummary>>;
  /** The run on screen; null before the first one. */
  readonly activeRunId: string | null;
  /** The run it is compared with, usually SMOTE on the same seed. */
  readonly comparisonRunId: string | null;

  /** Makes rows by the document's settings; the result becomes the active run. */
  startGeneration(): Promise<void>;
  /** Makes rows by another generator, same amount and seed, as the run compared with; SMOTE or SMOTE-NC unless one is named. */
  startComparison(generator?: string): Promise<void>;
  /** The settings of an earlier run become the document's again, in one undoable edit, and its rows are shown. */
  restoreSettings(runId: string): Promise<void>;
  /** Stops both; results that exist already are kept. */
  cancelGeneration(): void;
  dismissGenerationFailure(): void;
  /** Loads the rows from storage where the engine does not hold them. */
  selectRun(runId: string): Promise<void>;
  selectComparison(runId: string | null): Promise<void>;
  /** Makes sure the engine holds a run; says so and returns false where its rows are gone. */
  holdRun(runId: string): Promise<boolean>;
  renameRun(runId: string, name: string): void;
  removeRun(runId: string): Promise<void>;
  /**
   * Hands stored rows to the engine again, after it has read a table. A run made from another table, or from this one
   * read in another way, stays in the document without its rows, out of date, until that reading is back.
   */
  restoreRuns(): Promise<void>;
  /** Forgets the runs of the project that is being closed. */
  forgetRuns(): void;
}

type RunState = Pick<StudioState, 'project' | 'comparisonRunId'>;

export const runRecord = ({ project }: Pick<StudioState, 'project'>, runId: string | null): RunRecord | null =>
  project.runs.find(({ id }) => id === runId) ?? null;

/**
 * What changed since a run was made; empty when it is current. The run compared with is held against the present
 * settings too, only with its own generator.
 */
export function staleParts(state: RunState, runId: string | null): readonly InputPart[] {
  const record = runRecord(state, runId);
  if (!record) return [];
  const { project } = state;
  const settings =
    runId === state.comparisonRunId
      ? { ...project.generation, generator: record.settings.generator }
      : project.generation;
  return changedInputs(record.inputsHash, inputsHash(project, settings));
}

/** What to say of a run whose rows the engine cannot hold now; null when it holds them. */
export function missingRows(state: Pick<StudioState, 'project' | 'runs'>, runId: string | null): string | null {
  const record = runRecord(state, runId);
  if (!record || state.runs[record.id]) return null;
  return `The rows of ${record.name} are not here: they were made from the table as it was read then, or could not be stored. Undo the change of the data, or generate rows again.`;
}

/** The interpolation baseline that can take the columns on the map. */
export function baselineFor(state: Pick<StudioState, 'project' | 'table'>): 'smote' | 'smote-nc' {
  const onMap = new Set(state.project.map.nodes.map(({ name }) => name));
  const columns = tableSummary(state)?.columns ?? [];
  const target = state.project.target?.column;
  const hasCategories = columns.some(({ name, kind }) => name !== target && onMap.has(name) && isCategoricalKind(kind));
  return hasCategories ? 'smote-nc' : 'smote';
}

export const createGenerationSlice =
  ({ engine, storage }: StudioContext): StateCreator<StudioState, [], [], GenerationSlice> =>
  (set, get) => {
    const latest = { generation: 0, comparison: 0 };

    async function run(slot: 'generation' | 'comparison', settings: GenerationSettings, name: string) {
      const turn = ++latest[slot];
      const taskId = newTaskId(slot);
      const before = get()[slot];
      if (before.status === 'running') engine.cancel(before.taskId);
      const runId = crypto.randomUUID();
      const { project, projectId } = get();
      const hash = inputsHash(project, settings);
      const isLatest = () => turn === latest[slot] && get().projectId === projectId;
      const report = (share: number, phase: string) => {
        if (isLatest()) set({ [slot]: { status: 'running', taskId, share, phase } });
      };
      report(0, 'Preparing');
      const outcome = await get().ask((e) => e.generate(taskId, { runId, project, settings }, report));
      if (!isLatest()) {
        if (outcome.ok) await engine.dropRun(runId).catch(internalFailure);
        return;
      }
      if (!outcome.ok) {
        set({ [slot]: outcome.code === 'cancelled' ? idle : { status: 'failed', message: outcome.message } });
        return;
      }
      const summary = outcome.value;
      const record: RunRecord = { id: runId, name, inputsHash: hash, settings, rows: summary.rows };
      get().recordQuietly((p) => ({ ...p, runs: [...p.runs, record] }));
      set((state) => ({
        [slot]: idle,
        runs: { ...state.runs, [runId]: summary },
        ...(slot === 'generation' ? { activeRunId: runId } : { comparisonRunId: runId }),
      }));
      get().announce(`${name} finished: ${summary.rows} synthetic rows.`);
      const rows = await get().ask((e) => e.exportRun(runId));
      if (rows.ok) await storage.writeRun(runId, rows.value).catch((error) => get().reportStorageFailure(error));
    }

    /** Makes sure the engine holds a run; false where its rows are gone. */
    async function hold(runId: string): Promise<boolean> {
      if (get().runs[runId]) return true;
      const rows = await storage.readRun(runId).catch(() => null);
      const outcome = rows && (await engine.restoreRun(rows).catch(internalFailure));
      if (!outcome?.ok) return false;
      set((state) => ({ runs: { ...state.runs, [runId]: outcome.value } }));
      return true;
    }
    const tellMissing = (runId: string) => {
      const message = missingRows(get(), runId);
      if (message) get().notify('warning', message);
    };

    return {
      generation: idle,
      comparison: idle,
      runs: {},
      activeRunId: null,
      comparisonRunId: null,

      startGeneration: () => {
        const { project } = get();
        return run('generation', project.generation, `Run ${project.runs.length + 1}`);
      },
      startComparison: (generator = baselineFor(get())) =>
        run('comparison', { ...get().project.generation, generator }, generatorById(generator).label),
      async restoreSettings(runId) {
        const record = runRecord(get(), runId);
        if (!record) return;
        get().setGeneration(record.settings);
        await get().selectRun(runId);
      },
      cancelGeneration() {
        for (const slot of ['generation', 'comparison'] as const) {
          const activity = get()[slot];
          if (activity.status !== 'running') continue;
          latest[slot]++;
          engine.cancel(activity.taskId);
          set({ [slot]: idle });
        }
        get().announce('Generation cancelled.');
      },
      dismissGenerationFailure() {
        if (get().generation.status === 'failed') set({ generation: idle });
        if (get().comparison.status === 'failed') set({ comparison: idle });
      },
      async selectRun(runId) {
        if (await hold(runId)) set({ activeRunId: runId });
        else tellMissing(runId);
      },
      async selectComparison(runId) {
        if (runId === null || (await hold(runId))) set({ comparisonRunId: runId });
        else tellMissing(runId);
      },
      async holdRun(runId) {
        const isHeld = await hold(runId);
        if (!isHeld) tellMissing(runId);
        return isHeld;
      },
      renameRun: (runId, name) =>
        get().recordQuietly((p) => ({
          ...p,
          runs: p.runs.map((record) =>
            record.id === runId ? { ...record, name: name.trim() || record.name } : record,
          ),
        })),
      async removeRun(runId) {
        set((state) => {
          const { [runId]: _, ...runs } = state.runs;
          return {
            runs,
            activeRunId: state.activeRunId === runId ? null : state.activeRunId,
            comparisonRunId: state.comparisonRunId === runId ? null : state.comparisonRunId,
          };
        });
        get().recordQuietly((p) => ({ ...p, runs: p.runs.filter(({ id }) => id !== runId) }));
        await engine.dropRun(runId).catch(internalFailure);
        await storage.removeRun(runId).catch(internalFailure);
      },
      async restoreRuns() {
        const { activeRunId, comparisonRunId } = get();
        set({ runs: {} });
        if (activeRunId) await hold(activeRunId);
        if (comparisonRunId) await hold(comparisonRunId);
      },
      forgetRuns() {
        for (const slot of ['generation', 'comparison'] as const) {
          const activity = get()[slot];
          if (activity.status === 'running') engine.cancel(activity.taskId);
          latest[slot]++;
        }
        get().dropPreview();
        for (const runId of Object.keys(get().runs)) engine.dropRun(runId).catch(internalFailure);
        set({
          generation: idle,
          comparison: idle,
          runs: {},
          activeRunId: null,
          comparisonRunId: null,
          tests: {},
          testing: idle,
        });
      },
    };
  };
