import type { StateCreator } from 'zustand';
import { guessAll, type ImportOptions } from '../engine/data/importOptions';
import { createNode } from '../engine/graph/causalMap';
import { emptyProject, type Project } from '../engine/project/project';
import { type ImportSource, type LargeFile, noChoices, type SheetChoice, type SourceChoices } from '../sources/source';
import type { ColumnHistogram, EngineApi, Outcome, TablePreview, TargetReview } from '../worker/api';
import { guarded, internalFailure, newTaskId } from './activity';
import { createDataEdits, type DataEdits } from './dataEdits';
import { createFileReader, nameOfAll } from './fileReader';
import { dataHash } from './runInputs';
import type { StudioContext, StudioState } from './studioState';
import { type TableState, tableSummary } from './tableState';
import { markUnfinished } from './unfinishedImport';

/** Files that wait for an answer before they can be read. */
export interface Intake {
  readonly sources: readonly ImportSource[];
  readonly choices: SourceChoices;
  readonly question: SheetChoice | LargeFile;
  /** They go into this project; else they become a new one. */
  readonly replaces: boolean;
}

/** The table: its file, how it is read, what is known about its columns. */
export interface DataSlice extends DataEdits {
  readonly table: TableState;
  /** `dataHash` of what the engine has read; null without a table. */
  readonly loadedData: string | null;
  /** By column name; the synthetic shares are those of the active run. */
  readonly histograms: Readonly<Record<string, ColumnHistogram>>;
  readonly targetReview: TargetReview | null;
  readonly intake: Intake | null;

  /**
   * Asks the engine something. Never rejects: a thrown error becomes the failure `internal`. When the engine has lost
   * its table or runs (a crashed worker was replaced), they are put back and the question is asked once more.
   */
  ask<T>(question: (engine: EngineApi) => Promise<Outcome<T>>): Promise<Outcome<T>>;
  /** Stops a question that took this task id; nothing where it is answered already. */
  cancelTask(taskId: string): void;
  /** Opens files as a new project: one table, or several with the same columns. */
  importFiles(sources: readonly ImportSource[], choices?: Partial<SourceChoices>): Promise<void>;
  answerIntake(answer: Partial<SourceChoices>): Promise<void>;
  dismissIntake(): void;
  /** The first rows of the project's file as other options would read them. */
  previewImport(options: ImportOptions): Promise<Outcome<TablePreview>>;
  /** Opens a file as a new project; the project open until now stays in the list. Nothing changes when it fails. */
  importFile(source: ImportSource): Promise<void>;
  /** Reads another file (or the missing one) into this project, keeping target, map and rules. */
  replaceFile(source: ImportSource): Promise<void>;
  cancelImport(): void;
  /** Goes back to the table there was before a failed import. */
  dismissImportFailure(): void;
  /** Adds a column that says where a number passes a threshold, and makes it the target. */
  setThresholdTarget(column: string, op: '>=' | '<=', value: number): Promise<void>;
  /** A built-in world as a new project. */
  loadDemo(demoId: string): Promise<void>;
  /** The project's own file; null where it is not here. */
  ownSource(): Promise<ImportSource | null>;
  /** Keeps a file that came with a project, for when the project is opened. */
  offerSource(hash: string, source: ImportSource): void;
  /** Reads the project's own file into the engine; used when a project is opened and when its reading changes. */
  readOwnFile(): Promise<void>;
}

const nameOfFile = (fileName: string) => fileName.replace(/\.[^.]+$/, '') || fileName;

export const createDataSlice =
  (context: StudioContext): StateCreator<StudioState, [], [], DataSlice> =>
  (set, get) => {
    const { engine } = context;
    const reader = createFileReader(context, set, get);
    const { read, prepare, sourceOf } = reader;
    let recovery: Promise<boolean> | null = null;
    /** The run that a demo started without being asked, while it is under way. */
    let demoRun: string | null = null;

    const startDemoRun = () => {
      const { projectId } = get();
      const running = get().startGeneration();
      const { generation } = get();
      demoRun = generation.status === 'running' ? generation.taskId : null;
      void running.then(() => {
        if (get().projectId === projectId) demoRun = null;
      });
    };

    /** A run that nobody asked for does not hold a file up; where no file came of it, it is begun again. */
    async function beforeDemoRun(open: () => Promise<void>): Promise<void> {
      const { generation, projectId } = get();
      const isHeldUp = generation.status === 'running' && generation.taskId === demoRun;
      if (isHeldUp) get().cancelGeneration();
      await open();
      if (isHeldUp && get().projectId === projectId && tableSummary(get())) startDemoRun();
    }

    /** Leaves word for the next visit for as long as the work takes. */
    async function watched(files: readonly ImportSource[], work: () => Promise<void>): Promise<void> {
      markUnfinished(nameOfAll(files));
      await work().finally(() => markUnfinished(null));
    }

    async function importAsNew(files: readonly ImportSource[], choices: SourceChoices): Promise<void> {
      await get().saveNow();
      const prepared = await prepare(files, choices, false);
      if (!prepared) return;
      const { source, origin } = prepared;
      await read(source, guessAll, [], origin, (data, summary) => {
        const target = summary.suggestedTarget;
        const nodes = target ? [createNode(target.column)] : [];
        openAsNew({ ...emptyProject, name: nameOfFile(source.fileName), data, target, map: { nodes, edges: [] } });
      });
    }

    async function importInto(files: readonly ImportSource[], choices: SourceChoices): Promise<void> {
      const prepared = await prepare(files, choices, true);
      if (!prepared) return;
      const { source, origin } = prepared;
      const { data } = get().project;
      await read(source, data?.options ?? guessAll, data?.kinds ?? [], origin, (next) =>
        get().edit(`Read ${source.fileName}`, (p) => {
          if (p.data && dataHash(p.data) === dataHash(next)) return p;
          return { ...p, data: next };
        }),
      );
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
      ...createDataEdits(get),
      table: { status: 'empty' },
      loadedData: null,
      histograms: {},
      targetReview: null,
      intake: null,

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
      importFile: (source) => get().importFiles([source]),
      importFiles: (files, choices = {}) =>
        beforeDemoRun(() => watched(files, () => importAsNew(files, { ...noChoices, ...choices }))),
      replaceFile: (source) => watched([source], () => importInto([source], noChoices)),
      async answerIntake(answer) {
        const { intake } = get();
        if (!intake) return;
        const choices = { ...intake.choices, ...answer };
        const work = intake.replaces ? importInto : importAsNew;
        await beforeDemoRun(() => watched(intake.sources, () => work(intake.sources, choices)));
      },
      dismissIntake: () => set({ intake: null }),
      async previewImport(options) {
        const { data } = get().project;
        const source = data && (await sourceOf(data.hash));
        if (!source)
          return {
            ok: false,
            code: 'no-table',
            message: 'The file is not stored in this browser: open it again first.',
          };
        return guarded(engine.previewTable(source, options));
      },
      cancelImport() {
        const { table } = get();
        if (table.status !== 'importing') return;
        reader.overtake();
        engine.cancel(table.taskId);
        set({ table: table.previous ? { status: 'ready', summary: table.previous } : { status: 'empty' } });
      },
      dismissImportFailure() {
        const { table } = get();
        if (table.status !== 'failed') return;
        set({ table: table.previous ? { status: 'ready', summary: table.previous } : { status: 'empty' } });
      },
      async setThresholdTarget(column, op, value) {
        const added = await get().ask((engine) =>
          engine.thresholdColumn(newTaskId('threshold'), column, op, value, () => {}),
        );
        const { data } = get().project;
        if (!added.ok || !data) {
          if (!added.ok) get().notify('error', added.message);
          return;
        }
        const { source, column: name } = added.value;
        const kinds = [...data.kinds, { column: name, kind: 'binary' as const }];
        // The text that was written has a header whatever the file had, and nothing above it.
        await read(source, { ...data.options, header: true, skipLines: 0 }, kinds, data.origin, (next) =>
          get().edit(`Make ${name} the target`, (p) => {
            const isOnMap = p.map.nodes.some((node) => node.name === name);
            const map = isOnMap ? p.map : { ...p.map, nodes: [...p.map.nodes, createNode(name)] };
            return { ...p, data: next, map, target: { column: name, rareLevels: ['1'] } };
          }),
        );
      },
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
          reader.overtake();
          openAsNew(project);
          await get().readOwnFile();
          get().goTo('map');
          return;
        }
        await read(source, guessAll, kinds, null, (data, summary) => {
          openAsNew({
            ...project,
            demo: { id: demoId, fileHash: data.hash },
            data,
            target: project.target ?? summary.suggestedTarget,
          });
          get().goTo('map');
        });
        // A demo shows its synthetic rows without being asked.
        if (get().table.status === 'ready' && get().project.target) startDemoRun();
      },
      ownSource: async () => {
        const { data } = get().project;
        return data && sourceOf(data.hash);
      },
      offerSource: (hash, source) => reader.keep(hash, source),
      async readOwnFile() {
        const { data } = get().project;
        if (!data) {
          reader.overtake();
          set({ table: { status: 'empty' }, loadedData: null, histograms: {}, targetReview: null });
          await engine.closeTable().catch(internalFailure);
          return;
        }
        const source = await sourceOf(data.hash);
        if (!source) {
          reader.overtake();
          const message = `The file ${data.fileName} is not stored in this browser: open it again to go on.`;
          set({
            table: { status: 'failed', fileName: data.fileName, message, needsFile: true, previous: null },
            loadedData: null,
          });
          return;
        }
        // Where only kinds were changed, only their columns are read again.
        const open = tableSummary(get());
        const isSameText = open?.hash === data.hash && JSON.stringify(open.options) === JSON.stringify(data.options);
        await read(
          source,
          data.options,
          data.kinds,
          data.origin,
          // Guesses are filled in and rows counted: facts about the file, not decisions.
          (read) => get().recordQuietly((p) => ({ ...p, data: read })),
          isSameText ? data.hash : null,
        );
      },
    };
  };
