import type { Outcome } from '../worker/api';

/** A long computation as the screen sees it. `idle` covers both "never started" and "finished": the result tells. */
export type Activity =
  | { readonly status: 'idle' }
  | { readonly status: 'running'; readonly taskId: string; readonly share: number; readonly phase: string }
  | { readonly status: 'failed'; readonly message: string };

export const idle: Activity = { status: 'idle' };

/** An unexpected failure as an outcome: logged for whoever looks at the console, told in one sentence on screen. */
export function internalFailure(error: unknown): Outcome<never> {
  console.error(error);
  const reason = error instanceof Error ? error.message : String(error);
  return {
    ok: false,
    code: 'internal',
    message: `Something went wrong inside the engine (${reason}). Your work is safe: try again.`,
  };
}

/** The outcome of a question to the engine, also where it was never answered: never rejects. */
export const guarded = <T>(answer: Promise<Outcome<T>>): Promise<Outcome<T>> => answer.catch(internalFailure);

let issued = 0;
/** A fresh id for a task; unique in this page. */
export const newTaskId = (purpose: string): string => `${purpose}-${++issued}`;
