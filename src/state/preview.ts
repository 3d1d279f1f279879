import type { StateCreator } from 'zustand';
import type { RunPreview } from '../worker/api';
import { newTaskId } from './activity';
import { inputsHash } from './runInputs';
import type { StudioContext, StudioState } from './studioState';

export interface PreviewSlice {
  /** The latest preview; it stays on screen while the next one is drawn. */
  readonly preview: {
    readonly result: (RunPreview & { readonly milliseconds: number }) | null;
    /** What the result was drawn by; see `inputsHash`. */
    readonly inputs: string | null;
    readonly message: string | null;
    /** Share done and phase while one is being drawn. */
    readonly waiting: { readonly share: number; readonly phase: string } | null;
  };
  /** Draws the first rows of the run that the document asks for; while one is under way only the last wish is kept. */
  requestPreview(): Promise<void>;
  dropPreview(): void;
}

/** Enough to see a shape, few enough to follow a hand on a dial. Two blocks. */
const PREVIEW_ROWS = 500;
const nothing = { result: null, inputs: null, message: null, waiting: null };

export const createPreviewSlice =
  ({ engine }: StudioContext): StateCreator<StudioState, [], [], PreviewSlice> =>
  (set, get) => {
    let isBusy = false;
    let isWanted = false;
    let turn = 0;
    let taskId: string | null = null;
    return {
      preview: nothing,
      async requestPreview() {
        isWanted = true;
        if (isBusy) return;
        isBusy = true;
        while (isWanted) {
          isWanted = false;
          const now = turn;
          const { project } = get();
          const inputs = inputsHash(project, project.generation);
          if (get().preview.inputs === inputs) break;
          const id = newTaskId('preview');
          taskId = id;
          const outcome = await get().ask((e) =>
            e.previewRun(id, project, PREVIEW_ROWS, (share, phase) => {
              if (now === turn) set(({ preview }) => ({ preview: { ...preview, waiting: { share, phase } } }));
            }),
          );
          if (now !== turn || (!outcome.ok && outcome.code === 'cancelled')) continue;
          set(({ preview }) => ({
            preview: outcome.ok
              ? { result: outcome.value, inputs, message: null, waiting: null }
              : { ...preview, result: null, inputs, message: outcome.message, waiting: null },
          }));
        }
        isBusy = false;
      },
      dropPreview() {
        turn++;
        isWanted = false;
        if (taskId) engine.cancel(taskId);
        set({ preview: nothing });
      },
    };
  };
