import { expose } from 'comlink';
import type { WorkerLike } from '../poolMember';

/** A worker for tests: its code runs in this thread, behind the same messages; `crash` ends it as an error would. */
export interface LocalWorker extends WorkerLike {
  crash(): void;
  readonly isTerminated: boolean;
}

export function startLocalWorker(code: unknown): LocalWorker {
  const { port1, port2 } = new MessageChannel();
  const errors = new EventTarget();
  let isTerminated = false;
  expose(code, port2);
  const close = () => {
    isTerminated = true;
    port1.close();
    port2.close();
  };
  return {
    postMessage: (message, transfer = []) => port1.postMessage(message, transfer),
    addEventListener: (type: string, listener: EventListenerOrEventListenerObject) =>
      (type === 'error' ? errors : port1).addEventListener(type, listener),
    removeEventListener: (type: string, listener: EventListenerOrEventListenerObject) =>
      (type === 'error' ? errors : port1).removeEventListener(type, listener),
    start: () => port1.start(),
    terminate: close,
    crash() {
      close();
      errors.dispatchEvent(new Event('error', { cancelable: true }));
    },
    get isTerminated() {
      return isTerminated;
    },
  };
}
