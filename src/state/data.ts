import type { StateCreator } from 'zustand';
import { guessAll, type ImportOptions } from '../engine/data/importOptions';
import type { ColumnKind } from '../engine/data/table';
import { createNode } from '../engine/graph/causalMap';
import { type DataReference, emptyProject, type Project } from '../engine/project/project';
import type { ColumnHistogram, EngineApi, ImportSource, Notice, Outcome, TableSummary } from '../worker/api';
import { internalFailure, newTaskId } from './activity';
import { dataHash } from './runInputs';
import type { StudioContext, StudioState } from './studioState';

/** The table in the engine. `previous` is the table that was there before and is still shown meanwhile. */
export type TableState =
  | { readonly status: 'empty' }
  | {
      readonly status: 'importing';
      readonly fileName: string;
      readonly taskId: string;
      readonly share: number;
      readonly phase: string;
      readonly previous: TableSummary | null;
    }
  | { readonly status: 'ready'; readonly summary: TableSummary }
  | {
      readonly status: 'failed';
      readonly fileName: string;
      readonly message: string;
      /** True when the project's own file is missing here and has to be opened again. */
      readonly needsFile: boolean;
      readonly previous: TableSummary | null;
    };

export interface TargetReview {
  readonly notices: readonly Notice[];
  readonly rareRows: number;
  readonly knownRows: number;
}

/** The table: its file, how it is read, what is known about its columns. */
export interface DataSlice {
  readonly table: TableState;
  /** `dataHash` of what the engine has read; null without a table. */
  readonly loadedData: string | null;
  /** By column name; the synthetic shares are those of the active run. */
  readonly histograms: Readonly<Record<string, ColumnHistogram>>;
  readonly targetReview: TargetReview | null;

  /**
   * Asks the engine something. Never rejects: a thrown error becomes the failure `internal`. When the engine has lost
   * its table or runs (a crashed worker was replaced), they are put back and the question is asked once more.
   */
  ask<T>(question: (engine: EngineApi) => Promise<Outcome<T>>): Promise<Outcome<T>>;
  /** Stops a question that took this task id; nothing where it is answered already. */
  cancelTask(taskId: string): void;
  /** Opens a file as a new project; the project open until now stays in the list. Nothing changes when it fails. */
  importFile(source: ImportSource): Promise<void>;
  /** Reads another file (or the missing one) into this project, keeping target, map and rules. */
  replaceFile(source: ImportSource): Promise<void>;
  cancelImport(): void;
  /** Goes back to the table there was before a failed import. */
  dismissImportFailure(): void;
  /** Null takes the user's choice back to the guess. Reads the table again. */
  setColumnKind(column: string, kind: ColumnKind | null): void;
  setImportOptions(patch: Partial<ImportOptions>): void;
  /** A built-in world as a new project. */
  loadDemo(demoId: string): Promise<void>;
  /** The project's own file; null where it is not here. */
  ownSource(): Promise<ImportSource | null>;
  /** Keeps a file that came with a project, for when the project is opened. */
  offerSource(hash: string, source: ImportSource): void;
  /** Reads the project's own file into the engine; used when a project is opened and when its reading changes. */
  readOwnFile(): Promise<void>;
}

/** The table's summary where there is one to show, also while another file is read. */
export const tableSummary = ({ table }: Pick<DataSlice, 'table'>): TableSummary | null =>
  table.status === 'ready' ? table.summary : table.status === 'empty' ? null : table.previous;

const referenceOf = (summary: TableSummary, kinds: DataReference['kinds']): DataReference => {
  const { fileName, bytes, hash, rows, options } = summary;
  return { fileName, bytes, hash, rows, options, kinds };
};
const nameOfFile = (fileName: string) => fileName.replace(/\.[^.]+$/, '') || fileName;

export const createDataSlice =
  ({ engine, storage }: StudioContext): StateCreator<StudioState, [], [], DataSlice> =>
  (set, get) => {
    let latestImport = 0;
    let recovery: Promise<boolean> | null = null;
    /** Files read in this page by their hash, so that undo finds them even when storage is full. */
    const sources = new Map<string, ImportSource>();
    const guarded = <T>(promise: Promise<Outcome<T>>) => promise.catch(internalFailure);

    const sourceOf = async (hash: string): Promise<ImportSource | null> =>
      sources.get(hash) ?? (await storage.readSource(hash).catch(() => null));

    /** Reads a file; `accept` decides what becomes of the document. News of an import that was overtaken is dropped. */
    async function read(
      source: ImportSource,
      options: ImportOptions,
      kinds: DataReference['kinds'],
      accept: (data: DataReference, summary: TableSummary) => void,
    ): Promise<void> {
      const turn = ++latestImport;
      const taskId = newTaskId('import');
      const running = get().table;
      if (running.status === 'importing') engine.cancel(running.taskId);
      const previous = tableSummary(get());
      const { fileName } = source;
      const report = (share: number, phase: string) => {
        if (turn === latestImport) set({ table: { status: 'importing', fileName, taskId, share, phase, previous } });
      };
      report(0, 'Reading');
      const outcome = await guarded(engine.importTable(taskId, source, options, kinds, report));
      if (turn !== latestImport) return;
      if (!outcome.ok) {
        const message = outcome.message;
        set({ table: { status: 'failed', fileName, message, needsFile: false, previous } });
        return;
      }
      const summary = outcome.value;
      const data = referenceOf(summary, kinds);
      sources.set(summary.hash, source);
      await storage.writeSource(summary.hash, source).catch((error) => get().reportStorageFailure(error));
      if (turn !== latestImport) return;
      // The table and what the document says of it change together, or the two would seem to disagree.
      // The rows of runs went with the table they were made from; those that fit this one come back.
      set({ table: { status: 'ready', summary }, loadedData: dataHash(data), runs: {} });
      accept(data, summary);
      await get().restoreRuns();
    }

    const openAsNew = (project: Project) => {
      get().forgetRuns();
      get().replaceDocument(crypto.randomUUID(), project);
    };

    /** A fresh engine gets the table and the runs back. */
    async function restoreEngine(): Promise<boolean> {
      const { data } = get().project;
      const source = data && (await sourceOf(data.hash));
      if (!data || !source) return false;
      const outcome = await guarded(
        engine.importTable(newTaskId('restore'), source, data.options, data.kinds, () => {}),
      );
      if (outcome.ok) await get().restoreRuns();
      return outcome.ok;
    }

    return {
      table: { status: 'empty' },
      loadedData: null,
      histograms: {},
      targetReview: null,

      cancelTask: (taskId) => engine.cancel(taskId),
      async ask(question) {
        const first = await guarded(question(engine));
        const isLost = !first.ok && (first.code === 'no-table' || first.code === 'no-run');
        if (!isLost || get().table.status !== 'ready') return first;
        recovery ??= restoreEngine().finally(() => {
          recovery = null;
        });
        return (await recovery) ? guarded(question(engine)) : first;
      },
      importFile: async (source) => {
        await get().saveNow();
        await read(source, guessAll, [], (data, summary) => {
          const target = summary.suggestedTarget;
          const nodes = target ? [createNode(target.column)] : [];
          openAsNew({ ...emptyProject, name: nameOfFile(source.fileName), data, target, map: { nodes, edges: [] } });
        });
      },
      replaceFile: (source) => {
        const { data } = get().project;
        const kinds = data?.kinds ?? [];
        return read(source, data?.options ?? guessAll, kinds, (next) =>
          get().edit(`Read ${source.fileName}`, (p) => {
            if (p.data && dataHash(p.data) === dataHash(next)) return p;
            return { ...p, data: next };
          }),
        );
      },
      cancelImport() {
        const { table } = get();
        if (table.status !== 'importing') return;
        latestImport++;
        engine.cancel(table.taskId);
        set({ table: table.previous ? { status: 'ready', summary: table.previous } : { status: 'empty' } });
      },
      dismissImportFailure() {
        const { table } = get();
        if (table.status !== 'failed') return;
        set({ table: table.previous ? { status: 'ready', summary: table.previous } : { status: 'empty' } });
      },
      setColumnKind: (column, kind) =>
        get().edit(kind ? `Read ${column} as ${kind}` : `Guess the kind of ${column}`, (p) => {
          if (!p.data) return p;
          const others = p.data.kinds.filter((choice) => choice.column !== column);
          return { ...p, data: { ...p.data, kinds: kind ? [...others, { column, kind }] : others } };
        }),
      setImportOptions: (patch) =>
        get().edit('Change how the file is read', (p) =>
          p.data ? { ...p, data: { ...p.data, options: { ...p.data.options, ...patch } } } : p,
        ),
      async loadDemo(demoId) {
        await get().saveNow();
        const simulate = () => guarded(engine.simulateDemo(demoId));
        let outcome = await simulate();
        // An engine that did not stop for the last project was replaced under the question: the new one answers it.
        if (!outcome.ok && outcome.code === 'internal') outcome = await simulate();
        if (!outcome.ok) {
          const previous = tableSummary(get());
          set({ table: { status: 'failed', fileName: demoId, message: outcome.message, needsFile: false, previous } });
          return;
        }
        const { source, project, kinds } = outcome.value;
        if (!source) {
          latestImport++;
          openAsNew(project);
          await get().readOwnFile();
          get().goTo('map');
          return;
        }
        await read(source, guessAll, kinds, (data, summary) =>
          openAsNew({
            ...project,
            demo: { id: demoId, fileHash: data.hash },
            data,
            target: project.target ?? summary.suggestedTarget,
          }),
        );
        // A demo shows its synthetic rows without being asked.
        if (get().table.status === 'ready' && get().project.target) void get().startGeneration();
      },
      ownSource: async () => {
        const { data } = get().project;
        return data && sourceOf(data.hash);
      },
      offerSource: (hash, source) => void sources.set(hash, source),
      async readOwnFile() {
        const { data } = get().project;
        if (!data) {
          latestImport++;
          set({ table: { status: 'empty' }, loadedData: null, histograms: {}, targetReview: null });
          await engine.closeTable().catch(internalFailure);
          return;
        }
        const source = await sourceOf(data.hash);
        if (!source) {
          latestImport++;
          const message = `The file ${data.fileName} is not stored in this browser: open it again to go on.`;
          set({
            table: { status: 'failed', fileName: data.fileName, message, needsFile: true, previous: null },
            loadedData: null,
          });
          return;
        }
        await read(source, data.options, data.kinds, (read) =>
          // Guesses are filled in and rows counted: facts about the file, not decisions.
          get().recordQuietly((p) => ({ ...p, data: read })),
        );
      },
    };
  };
