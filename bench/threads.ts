import { isMainThread, type MessagePort, parentPort, Worker } from 'node:worker_threads';
import { expose } from 'comlink';
import { createBlockPieces } from '../src/worker/blockPieces';
import type { WorkerLike } from '../src/worker/poolMember';

/** A Node thread seen as the browser's kind of worker. */
function endpoint(thread: Worker | MessagePort): WorkerLike {
  const listeners = new WeakMap<object, (data: unknown) => void>();
  const port = thread as Worker;
  return {
    postMessage: (message, transfer) => port.postMessage(message, transfer as never),
    addEventListener(type, listener) {
      const heard = (data: unknown) =>
        'handleEvent' in listener ? listener.handleEvent({ data } as MessageEvent) : listener({ data } as MessageEvent);
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

// A bench is one bundle: started again as a thread, it serves pieces of work.
if (!isMainThread) expose(createBlockPieces(), endpoint(parentPort!));

/** Workers for a pool, and the way to end them, which a process waits for. */
export function threads() {
  const started: Worker[] = [];
  return {
    start() {
      const thread = new Worker(new URL(import.meta.url));
      started.push(thread);
      return endpoint(thread);
    },
    end: () => Promise.all(started.map((thread) => thread.terminate())),
  };
}
