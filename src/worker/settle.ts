import { EngineError } from '../engine/errors';
import type { Outcome } from './api';

/**
 * Runs a piece of work and turns its expected failures into data. A failure nobody expected is logged, with its stack,
 * and becomes `internal`, so that no caller waits for ever.
 */
export async function settle<T>(work: () => T | Promise<T>): Promise<Outcome<T>> {
  try {
    return { ok: true, value: await work() };
  } catch (error) {
    if (error instanceof EngineError) return { ok: false, code: error.code, message: error.message };
    console.error(error);
    const reason = error instanceof Error ? error.message : String(error);
    return {
      ok: false,
      code: 'internal',
      message: `Something went wrong inside the engine (${reason}). Your work is safe; try again or reload the page.`,
    };
  }
}
