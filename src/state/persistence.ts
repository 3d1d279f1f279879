import type { StateCreator } from 'zustand';
import { EngineError } from '../engine/errors';
import { completeProject } from '../engine/project/parseProject';
import { emptyProject, type Project } from '../engine/project/project';
import type { ImportSource } from '../sources/source';
import { internalFailure } from './activity';
import { readBundle, writeBundle } from './projectBundle';
import { readProjectFile, safeName, templateIn, writeProjectFile } from './projectFile';
import type { ProjectLock } from './projectLock';
import type { ProjectInfo, StorageRoom, StoredProject } from './storage';
import type { StudioContext, StudioState } from './studioState';
import { nothingSelected } from './ui';
import { takeUnfinished } from './unfinishedImport';

/** Whether the work is safe between visits. */
export type SavingState =
  | { readonly status: 'saved' | 'saving' }
  | { readonly status: 'failed'; readonly message: string };

/** Projects kept in this browser, saved as they are edited and brought back at the next visit. */
export interface PersistenceSlice {
  /** False until the last project, or the gallery of a first visit, is on screen. */
  readonly isStarted: boolean;
  readonly saving: SavingState;
  /** True while another tab has this project: nothing is edited or saved here. */
  readonly isReadOnly: boolean;
  /** Most recently saved first. */
  readonly projects: readonly ProjectInfo[];
  readonly room: StorageRoom | null;
  /** The project deleted last, while it can be brought back. */
  readonly deleted: { readonly name: string; restore(): void } | null;

  /** Called once when the page opens: restores settings and the last project; a first visit finds the gallery. */
  start(): Promise<void>;
  /** Writes the document at once; the store does it by itself 300 ms after an edit. */
  saveNow(): Promise<void>;
  /** For a page that is going away: keeps the edits that no finished save holds. */
  keepAtOnce(): void;
  newProject(): Promise<void>;
  openProject(id: string): Promise<void>;
  renameStored(id: string, name: string): Promise<void>;
  /** A copy with its own runs, opened at once. */
  duplicateProject(id: string): Promise<void>;
  /** Opens the most recent other project, or a new one, when it is the current one. Can be taken back for a while. */
  deleteProject(id: string): Promise<void>;
  /** The document as a file: everything decided, without the rows. */
  exportProjectFile(): { readonly fileName: string; readonly blob: Blob };
  /** The document and the table it works on in one file; null where the table is not here. */
  exportBundle(): Promise<{ readonly fileName: string; readonly blob: Blob } | null>;
  openProjectFile(file: Blob, fileName: string): Promise<void>;
  /** Makes the project on screen this tab's own, where no other tab has it; called by the store itself. */
  claimProject(): void;
  /** Takes the project from the tab that has it: here it can be edited again, there no longer. */
  takeOver(): Promise<void>;
  refreshRoom(): Promise<void>;
  /** Asks the browser to keep the work even when space is short. */
  askPersistence(): Promise<void>;
  /** Says that something could not be stored; the work stays in this page. */
  reportStorageFailure(error: unknown): void;
}

/** The rows of a deleted project are freed after this, when nobody is likely to want it back. */
const regretMs = 30_000;
/** A page that is reloaded gives its project free a moment after the new one asks for it. */
const handOverMs = 500;

export const createPersistenceSlice =
  ({ storage, locks }: StudioContext): StateCreator<StudioState, [], [], PersistenceSlice> =>
  (set, get) => {
    let writing: Promise<void> = Promise.resolve();
    /** Told once until a write succeeds again: every edit fails while the disk is full. */
    let isFailureTold = false;
    let lastSaved: Project | null = null;
    let held: { readonly id: string; readonly lock: ProjectLock } | null = null;
    let claiming: Promise<void> = Promise.resolve();
    let sweep: ReturnType<typeof setTimeout> | undefined;

    const stored = (): StoredProject => {
      const { projectId, project, activeRunId, comparisonRunId, tests } = get();
      return { id: projectId, project, savedAt: Date.now(), activeRunId, comparisonRunId, tests: Object.values(tests) };
    };
    const listProjects = async () => set({ projects: await storage.listProjects() });
    const isUntouched = (project: Project) => project === emptyProject;

    async function write(): Promise<void> {
      await claiming;
      if (get().projectId === 'none' || get().isReadOnly) return;
      set({ saving: { status: 'saving' } });
      try {
        const now = stored();
        // A project nobody has touched is not worth a place in the list.
        if (!isUntouched(now.project)) await storage.writeProject(now);
        lastSaved = now.project;
        const { projectId, theme, dockHeight, isDockOpen } = get();
        await storage.writeSettings({ lastProjectId: projectId, theme, dockHeight, isDockOpen });
        isFailureTold = false;
        set({ saving: { status: 'saved' } });
        await listProjects();
      } catch (error) {
        get().reportStorageFailure(error);
      }
    }

    /** Edits kept by a page that went away before it could save them. */
    async function saveKept(): Promise<void> {
      const kept = storage.takeKept();
      if (!kept) return;
      const known = await storage.readProject(kept.id);
      if (!known || known.savedAt <= kept.savedAt) await storage.writeProject({ ...kept, tests: known?.tests ?? [] });
    }

    /** Makes the project this tab's own, or says that another tab has it. */
    async function claim(id: string, takeOver = false): Promise<void> {
      if (held?.id === id) return;
      set({ isReadOnly: false });
      held?.lock.release();
      held = null;
      const ask = () =>
        locks.hold(id, takeOver, () => {
          if (held?.id !== id) return;
          held = null;
          // What the other tab is about to read must be all there is.
          void get()
            .saveNow()
            .then(() => set({ isReadOnly: get().projectId === id }));
        });
      let lock = await ask().catch(() => ({ release: () => {} }));
      if (!lock) {
        await new Promise((resolve) => setTimeout(resolve, handOverMs));
        lock = await ask().catch(() => ({ release: () => {} }));
      }
      if (get().projectId !== id) {
        lock?.release();
        return;
      }
      held = lock && { id, lock };
      set({ isReadOnly: lock === null });
    }

    async function show(project: StoredProject): Promise<void> {
      get().forgetRuns();
      get().replaceDocument(project.id, project.project);
      set({
        tests: Object.fromEntries(project.tests.map((test) => [test.report.runId, test])),
        activeRunId: project.activeRunId,
        comparisonRunId: project.comparisonRunId,
        exported: null,
        selection: nothingSelected,
      });
      await get().readOwnFile();
    }

    async function showEmpty(): Promise<void> {
      get().forgetRuns();
      get().replaceDocument(crypto.randomUUID(), emptyProject);
      set({ exported: null, selection: nothingSelected });
      await get().readOwnFile();
    }

    /** As it is kept, completed where an earlier version of the program has kept it. */
    async function readStored(id: string): Promise<StoredProject | null> {
      const found = await storage.readProject(id);
      return found && { ...found, project: completeProject(found.project) };
    }

    const openImported = (project: Project) =>
      show({
        id: crypto.randomUUID(),
        // The rows of its runs stayed behind, so their records would promise what is not there.
        project: { ...project, runs: [] },
        savedAt: Date.now(),
        activeRunId: null,
        comparisonRunId: null,
        tests: [],
      });

    return {
      isStarted: false,
      saving: { status: 'saved' },
      isReadOnly: false,
      projects: [],
      room: null,
      deleted: null,

      async start() {
        void get().listDemos();
        const cutOff = takeUnfinished();
        try {
          const settings = await storage.readSettings();
          if (settings)
            set({ theme: settings.theme, dockHeight: settings.dockHeight, isDockOpen: settings.isDockOpen });
          await saveKept();
          await listProjects();
          const id = settings?.lastProjectId ?? get().projects[0]?.id;
          const last = id ? await readStored(id) : null;
          if (last) await show(last);
          else await showEmpty();
        } catch (error) {
          if (error instanceof EngineError)
            get().notify('error', `The last project could not be opened: ${error.message}`);
          else get().reportStorageFailure(error);
          if (get().projectId === 'none') await showEmpty();
        }
        set({ isStarted: true });
        // A refusal changes nothing for the user, and the project list tells it.
        void get().askPersistence();
        void storage.dropOrphans().catch(internalFailure);
        if (cutOff !== null)
          get().notify(
            'warning',
            `The import of ${cutOff} was cut off when this page was last closed. Nothing was changed by it: open the file again.`,
          );
      },
      saveNow() {
        // One write at a time, so that an older document never lands after a newer one.
        writing = writing.then(write);
        return writing;
      },
      keepAtOnce() {
        const { projectId, project, isReadOnly } = get();
        if (projectId !== 'none' && !isReadOnly && project !== lastSaved && !isUntouched(project))
          storage.keepAtOnce(stored());
      },
      async newProject() {
        await get().saveNow();
        await showEmpty();
      },
      async openProject(id) {
        await get().saveNow();
        const project = await readStored(id).catch((error: unknown) => {
          const reason = error instanceof EngineError ? error.message : 'the browser’s storage does not give it out.';
          get().notify('error', `This project could not be opened: ${reason}`);
          return null;
        });
        if (project) await show(project);
        else await listProjects().catch(internalFailure);
      },
      async renameStored(id, name) {
        if (id === get().projectId) {
          get().renameProject(name);
          return;
        }
        try {
          const found = await storage.readProject(id);
          const plain = name.trim();
          if (found && plain) await storage.writeProject({ ...found, project: { ...found.project, name: plain } });
          await listProjects();
        } catch (error) {
          get().reportStorageFailure(error);
        }
      },
      async duplicateProject(id) {
        await get().saveNow();
        try {
          const found = await readStored(id);
          if (!found) return;
          // Runs are kept by their id, so copies need ids of their own: a run removed here must not vanish there.
          const ids = new Map(found.project.runs.map((run) => [run.id, crypto.randomUUID()]));
          for (const [from, to] of ids) {
            const rows = await storage.readRun(from);
            if (rows) await storage.writeRun(to, { ...rows, summary: { ...rows.summary, runId: to } });
          }
          const renamed = (runId: string | null) => (runId === null ? null : (ids.get(runId) ?? null));
          const { project } = found;
          const copy: StoredProject = {
            id: crypto.randomUUID(),
            savedAt: Date.now(),
            project: {
              ...project,
              name: `${project.name} (copy)`,
              runs: project.runs.map((run) => ({ ...run, id: ids.get(run.id)! })),
            },
            activeRunId: renamed(found.activeRunId),
            comparisonRunId: renamed(found.comparisonRunId),
            tests: found.tests.flatMap((test) => {
              const runId = ids.get(test.report.runId);
              return runId ? [{ ...test, report: { ...test.report, runId } }] : [];
            }),
          };
          await storage.writeProject(copy);
          await show(copy);
          await get().saveNow();
        } catch (error) {
          get().reportStorageFailure(error);
        }
      },
      async deleteProject(id) {
        try {
          await get().saveNow();
          const gone = await storage.readProject(id);
          const isCurrent = id === get().projectId;
          if (isCurrent) {
            const other = get().projects.find((project) => project.id !== id);
            const next = other ? await readStored(other.id).catch(() => null) : null;
            if (next) await show(next);
            else await showEmpty();
          }
          await writing;
          await storage.removeProject(id);
          await listProjects();
          clearTimeout(sweep);
          sweep = setTimeout(() => {
            set({ deleted: null });
            void storage.dropOrphans().catch(internalFailure);
          }, regretMs);
          if (!gone) return;
          const restore = () => {
            clearTimeout(sweep);
            set({ deleted: null });
            void storage
              .writeProject(gone)
              .then(() => (isCurrent ? get().openProject(id) : listProjects()))
              .catch((error: unknown) => get().reportStorageFailure(error));
          };
          set({ deleted: { name: gone.project.name, restore } });
          get().notify('info', `Deleted ${gone.project.name}.`, { label: 'Undo', run: restore });
        } catch (error) {
          get().reportStorageFailure(error);
        }
      },
      exportProjectFile: () => writeProjectFile(get().project),
      async exportBundle() {
        const { project } = get();
        const source = project.data && (await get().ownSource());
        return source && { fileName: `${safeName(project.name)}.counterpoise`, blob: writeBundle(project, source) };
      },
      async openProjectFile(file, fileName) {
        let project: Project;
        let source: ImportSource | null = null;
        if (fileName.toLowerCase().endsWith('.counterpoise')) {
          try {
            ({ project, source } = await readBundle(file));
          } catch (error) {
            get().notify('error', `${fileName}: ${error instanceof Error ? error.message : String(error)}`);
            return;
          }
        } else {
          const text = await file.text();
          const template = templateIn(text);
          if (template !== null) {
            await get().openTemplate(template, fileName);
            return;
          }
          const result = readProjectFile(text);
          if (!result.ok) {
            get().notify('error', `${fileName}: ${result.message}`);
            return;
          }
          project = result.project;
        }
        await get().saveNow();
        if (source && project.data) get().offerSource(project.data.hash, source);
        await openImported(project);
      },
      claimProject() {
        claiming = claim(get().projectId);
      },
      async takeOver() {
        const { projectId } = get();
        claiming = claim(projectId, true);
        await claiming;
        // The other tab saves what it has when it loses the project.
        await new Promise((resolve) => setTimeout(resolve, handOverMs));
        const found = await readStored(projectId).catch(() => null);
        if (found && get().projectId === projectId) await show(found);
      },
      async refreshRoom() {
        set({ room: await storage.room().catch(() => null) });
      },
      async askPersistence() {
        await storage.requestPersistence().catch(internalFailure);
        await get().refreshRoom();
      },
      reportStorageFailure(error) {
        console.error(error);
        const isFull = error instanceof DOMException && error.name === 'QuotaExceededError';
        const message = isFull
          ? 'The browser’s storage is full: your work is kept in this tab only. Delete old projects or save the project as a file.'
          : 'The browser does not let this page store anything: your work is kept in this tab only. Save the project as a file.';
        if (!isFailureTold) get().notify('error', message);
        isFailureTold = true;
        set({ saving: { status: 'failed', message } });
      },
    };
  };
