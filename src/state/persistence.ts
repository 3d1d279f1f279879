import type { StateCreator } from 'zustand';
import { emptyProject, type Project } from '../engine/project/project';
import { internalFailure } from './activity';
import { readProjectFile, writeProjectFile } from './projectFile';
import type { ProjectInfo, StoredProject } from './storage';
import type { StudioContext, StudioState } from './studioState';
import { nothingSelected } from './ui';

/** Whether the work is safe between visits. */
export type SavingState =
  | { readonly status: 'saved' | 'saving' }
  | { readonly status: 'failed'; readonly message: string };

/** Projects kept in this browser, saved as they are edited and brought back at the next visit. */
export interface PersistenceSlice {
  /** False until the last project (or the demo of a first visit) has been opened. */
  readonly isStarted: boolean;
  readonly saving: SavingState;
  /** Most recently saved first. */
  readonly projects: readonly ProjectInfo[];

  /** Called once when the page opens: restores settings and the last project, or loads the demo. */
  start(): Promise<void>;
  /** Writes the document at once; the store does it by itself 300 ms after an edit. */
  saveNow(): Promise<void>;
  /** For a page that is going away: keeps the edits that no finished save holds. */
  keepAtOnce(): void;
  newProject(): Promise<void>;
  openProject(id: string): Promise<void>;
  /** Opens the most recent other project, or a new one, when it is the current one. */
  deleteProject(id: string): Promise<void>;
  /** The document as a file: everything decided, without the rows. */
  exportProjectFile(): { readonly fileName: string; readonly blob: Blob };
  openProjectFile(file: Blob, fileName: string): Promise<void>;
  /** Says that something could not be stored; the work stays in this page. */
  reportStorageFailure(error: unknown): void;
}

export const createPersistenceSlice =
  ({ storage }: StudioContext): StateCreator<StudioState, [], [], PersistenceSlice> =>
  (set, get) => {
    let writing: Promise<void> = Promise.resolve();
    /** Told once until a write succeeds again: every edit fails while the disk is full. */
    let isFailureTold = false;
    let lastSaved: Project | null = null;

    const stored = (): StoredProject => {
      const { projectId, project, activeRunId, comparisonRunId, tests } = get();
      return { id: projectId, project, savedAt: Date.now(), activeRunId, comparisonRunId, tests: Object.values(tests) };
    };
    const listProjects = async () => set({ projects: await storage.listProjects() });

    async function write(): Promise<void> {
      if (get().projectId === 'none') return;
      set({ saving: { status: 'saving' } });
      try {
        const now = stored();
        await storage.writeProject(now);
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

    return {
      isStarted: false,
      saving: { status: 'saved' },
      projects: [],

      async start() {
        try {
          const settings = await storage.readSettings();
          if (settings)
            set({ theme: settings.theme, dockHeight: settings.dockHeight, isDockOpen: settings.isDockOpen });
          await saveKept();
          await listProjects();
          const id = settings?.lastProjectId ?? get().projects[0]?.id;
          const last = id ? await storage.readProject(id) : null;
          if (last) await show(last);
          else await get().loadDemo('rare-disease');
        } catch (error) {
          get().reportStorageFailure(error);
          if (get().projectId === 'none') await get().loadDemo('rare-disease');
        }
        set({ isStarted: true });
        // Asked for after something worth keeping exists; a refusal changes nothing for the user.
        void storage.requestPersistence().catch(internalFailure);
      },
      saveNow() {
        // One write at a time, so that an older document never lands after a newer one.
        writing = writing.then(write);
        return writing;
      },
      keepAtOnce() {
        if (get().projectId !== 'none' && get().project !== lastSaved) storage.keepAtOnce(stored());
      },
      async newProject() {
        await get().saveNow();
        get().forgetRuns();
        get().replaceDocument(crypto.randomUUID(), emptyProject);
        set({ exported: null, selection: nothingSelected });
        await get().readOwnFile();
      },
      async openProject(id) {
        await get().saveNow();
        const project = await storage.readProject(id).catch(() => null);
        if (project) await show(project);
        else get().notify('error', 'This project could not be read from the browser’s storage.');
      },
      async deleteProject(id) {
        try {
          if (id === get().projectId) {
            const other = get().projects.find((project) => project.id !== id);
            const next = other ? await storage.readProject(other.id) : null;
            if (next) await show(next);
            else {
              get().forgetRuns();
              get().replaceDocument(crypto.randomUUID(), emptyProject);
              await get().readOwnFile();
            }
          }
          await writing;
          await storage.removeProject(id);
          await listProjects();
        } catch (error) {
          get().reportStorageFailure(error);
        }
      },
      exportProjectFile: () => writeProjectFile(get().project),
      async openProjectFile(file, fileName) {
        const result = readProjectFile(await file.text());
        if (!result.ok) {
          get().notify('error', `${fileName}: ${result.message}`);
          return;
        }
        await get().saveNow();
        await show({
          id: crypto.randomUUID(),
          // The rows of its runs stayed behind, so their records would promise what is not there.
          project: { ...result.project, runs: [] },
          savedAt: Date.now(),
          activeRunId: null,
          comparisonRunId: null,
          tests: [],
        });
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
