import type { ImportOptions } from '../engine/data/importOptions';
import type { DataOrigin, DataReference } from '../engine/project/project';
import type { ImportSource, SourceChoices } from '../sources/source';
import type { TableSummary } from '../worker/api';
import { guarded, newTaskId } from './activity';
import { dataHash } from './runInputs';
import type { StudioContext, StudioState } from './studioState';
import { type TableState, tableSummary } from './tableState';

const referenceOf = (
  { fileName, bytes, hash, rows, options }: TableSummary,
  kinds: DataReference['kinds'],
  origin: DataOrigin | null | undefined,
): DataReference => ({ fileName, bytes, hash, rows, options, kinds, ...(origin ? { origin } : {}) });
export const nameOfAll = (files: readonly ImportSource[]) =>
  files.length === 1 ? files[0]!.fileName : `${files.length} files`;

/** Brings files into the engine, one at a time: news of a file that another has overtaken is dropped. */
export interface FileReader {
  /** Drops the news of whatever is being read. */
  overtake(): void;
  /** A file read before, here or on an earlier visit; null where it is not here. */
  sourceOf(hash: string): Promise<ImportSource | null>;
  /** Keeps a file for this visit, so that undo finds it even when storage is full. */
  keep(hash: string, source: ImportSource): void;
  /**
   * Reads a file; `accept` decides what becomes of the document.
   * @param openHash The open table's hash where only kinds were changed: the same text is then not read again.
   */
  read(
    source: ImportSource,
    options: ImportOptions,
    kinds: DataReference['kinds'],
    origin: DataOrigin | null | undefined,
    accept: (data: DataReference, summary: TableSummary) => void,
    openHash?: string | null,
  ): Promise<void>;
  /** Makes one text of the files. Null where that failed, was stopped, or waits for an answer. */
  prepare(
    files: readonly ImportSource[],
    choices: SourceChoices,
    replaces: boolean,
  ): Promise<{ readonly source: ImportSource; readonly origin: DataOrigin | null } | null>;
}

export function createFileReader(
  { engine, storage }: StudioContext,
  set: (patch: Partial<StudioState>) => void,
  get: () => StudioState,
): FileReader {
  let latestImport = 0;
  const sources = new Map<string, ImportSource>();

  return {
    overtake: () => void latestImport++,
    sourceOf: async (hash) => sources.get(hash) ?? (await storage.readSource(hash).catch(() => null)),
    keep: (hash, source) => void sources.set(hash, source),

    async read(source, options, kinds, origin, accept, openHash = null) {
      const turn = ++latestImport;
      const taskId = newTaskId('import');
      const running = get().table;
      if (running.status === 'importing') engine.cancel(running.taskId);
      const previous = tableSummary(get());
      const { fileName } = source;
      const report = (share: number, phase: string) => {
        if (turn === latestImport)
          set({
            table: { status: 'importing', fileName, taskId, share, phase, previous, isReread: openHash !== null },
          });
      };
      report(0, 'Reading');
      const changed = openHash ? await guarded(engine.changeKinds(taskId, openHash, kinds, report)) : null;
      // An engine that holds another table, or none any more, reads the file.
      const isLost = changed === null || (!changed.ok && changed.code === 'no-table');
      const outcome = isLost ? await guarded(engine.importTable(taskId, source, options, kinds, report)) : changed;
      if (turn !== latestImport) return;
      if (!outcome.ok) {
        const message = outcome.message;
        set({ table: { status: 'failed', fileName, message, needsFile: false, previous } });
        return;
      }
      const summary = outcome.value;
      const data = referenceOf(summary, kinds, origin);
      sources.set(summary.hash, source);
      // A large file takes a while to be stored: the table need not wait for that, only the word left for the next visit.
      const stored = storage.writeSource(summary.hash, source).catch((error) => get().reportStorageFailure(error));
      // The table and what the document says of it change together, or the two would seem to disagree.
      // The rows of runs went with the table they were made from; those that fit this one come back.
      const isOther = previous?.hash !== summary.hash;
      set({
        table: { status: 'ready', summary },
        loadedData: dataHash(data),
        runs: {},
        // What is known of another file must not be shown beside this one.
        ...(isOther ? { histograms: {}, targetReview: null } : {}),
      });
      accept(data, summary);
      await get().restoreRuns();
      await stored;
    },

    async prepare(files, choices, replaces) {
      const turn = ++latestImport;
      const taskId = newTaskId('prepare');
      const running = get().table;
      if (running.status === 'importing') engine.cancel(running.taskId);
      const previous = tableSummary(get());
      const before: TableState = previous ? { status: 'ready', summary: previous } : { status: 'empty' };
      const fileName = nameOfAll(files);
      const report = (share: number, phase: string) => {
        if (turn === latestImport) set({ table: { status: 'importing', fileName, taskId, share, phase, previous } });
      };
      set({ intake: null });
      report(0, 'Opening');
      const outcome = await guarded(engine.prepareSource(taskId, files, choices, report));
      if (turn !== latestImport) return null;
      if (!outcome.ok) {
        set({ table: { status: 'failed', fileName, message: outcome.message, needsFile: false, previous } });
        return null;
      }
      set({ table: before });
      if (outcome.value.kind === 'ready') return outcome.value;
      set({ intake: { sources: files, choices, question: outcome.value, replaces } });
      return null;
    },
  };
}
