import { EngineError } from '../engine/errors';

/** Does something with a file and names the file in what it throws. */
export async function inFile<T>(path: string, work: () => T | Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof EngineError) || error.message.startsWith(path)) throw error;
    throw new EngineError(error.code, `${path}: ${error.message}`, error.detail, error);
  }
}
