import { availableParallelism } from 'node:os';
import { type MessagePort, parentPort, Worker } from 'node:worker_threads';
import { expose } from 'comlink';
import type { Executor } from '../engine/executor';
import { createBlockPieces } from '../worker/blockPieces';
import { createPool, MOST_WORKERS } from '../worker/pool';
import type { WorkerLike } from '../worker/poolMember';

/** An executor on threads of this process, and the way to end them, which the process waits for. */
export interface Threads {
  readonly executor: Executor;
  end(): Promise<void>;
}

/** As many threads as help: one a core, up to the most that a pool has. */
export const coresToUse = (): number => Math.min(MOST_WORKERS, availableParallelism());

/**
 * A pool whose workers are threads that run the program at `program` again, which there calls `serveBlocks`. They start with
 * the first piece of work.
 */
export function createThreads(count: number, program: URL): Threads {
  const started: Worker[] = [];
  const executor = createPool(count, () => {
    const thread = new Worker(program);
    started.push(thread);
    return endpoint(thread);
  });
  return {
    executor,
    async end() {
      await Promise.all(started.map((thread) => thread.terminate()));
    },
  };
}

/** What a thread does: pieces of work for the one that started it. */
export const serveBlocks = (): void => expose(createBlockPieces(), endpoint(parentPort!));

/** A Node thread seen as the browser's kind of worker. */
function endpoint(thread: Worker | MessagePort): WorkerLike {
  const listeners = new WeakMap<object, (data: unknown) => void>();
  const port = thread as Worker;
  return {
    postMessage: (message, transfer) => port.postMessage(message, transfer as never),
    addEventListener(type, listener) {
      const heard = (data: unknown) => {
        const event =
          type === 'error'
            ? { message: data instanceof Error ? data.message : String(data), preventDefault() {} }
            : { data };
        if ('handleEvent' in listener) listener.handleEvent(event as never);
        else listener(event as never);
      };
      listeners.set(listener, heard);
      port.on(type, heard);
    },
    removeEventListener(type, listener) {
      const heard = listeners.get(listener);
      if (heard) port.off(type, heard);
    },
    terminate: () => void port.terminate(),
  };
}
