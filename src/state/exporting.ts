import type { StateCreator } from 'zustand';
import type { ExportResult } from '../worker/api';
import { type Activity, idle, newTaskId } from './activity';
import { missingRows } from './generation';
import type { StudioContext, StudioState } from './studioState';

/** Writing the augmented CSV. */
export interface ExportingSlice {
  readonly exporting: Activity;
  /** The latest file written, for the summary beside the button. */
  readonly exported: ExportResult | null;
  /** Writes the active run by the document's export settings; null when it failed or was cancelled. Saving is the caller's. */
  startExport(): Promise<ExportResult | null>;
  cancelExport(): void;
}

export const createExportingSlice =
  ({ engine }: StudioContext): StateCreator<StudioState, [], [], ExportingSlice> =>
  (set, get) => {
    let latest = 0;
    return {
      exporting: idle,
      exported: null,
      async startExport() {
        const { activeRunId, project } = get();
        if (!activeRunId) {
          set({
            exporting: { status: 'failed', message: 'There are no synthetic rows to export yet: generate some first.' },
          });
          return null;
        }
        const message = missingRows(get(), activeRunId);
        if (message) {
          set({ exporting: { status: 'failed', message } });
          return null;
        }
        const turn = ++latest;
        const taskId = newTaskId('export');
        const report = (share: number, phase: string) => {
          if (turn === latest) set({ exporting: { status: 'running', taskId, share, phase } });
        };
        report(0, 'Writing');
        const outcome = await get().ask((e) => e.exportCsv(taskId, project, activeRunId, project.export, report));
        if (turn !== latest) return null;
        if (!outcome.ok) {
          set({ exporting: outcome.code === 'cancelled' ? idle : { status: 'failed', message: outcome.message } });
          return null;
        }
        set({ exporting: idle, exported: outcome.value });
        return outcome.value;
      },
      cancelExport() {
        const { exporting } = get();
        if (exporting.status !== 'running') return;
        latest++;
        engine.cancel(exporting.taskId);
        set({ exporting: idle });
      },
    };
  };
