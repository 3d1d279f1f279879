import { EngineError } from '../engine/errors';
import type { Task } from '../engine/task';
import type { OnProgress } from './api';

/** Longest stretch of work between two looks at the messages that have come in. */
const BREATH_MS = 30;
const REPORT_MS = 100;

/** The long computations under way in a thread: each can be watched and stopped by its id. */
export interface Tasks {
  run<T>(taskId: string, onProgress: OnProgress, work: (task: Task) => Promise<T>): Promise<T>;
  cancel(taskId: string): void;
}

export function createTasks(): Tasks {
  const running = new Map<string, { cancelled: boolean }>();
  return {
    async run(taskId, onProgress, work) {
      const state = { cancelled: false };
      running.set(taskId, state);
      let breathed = performance.now();
      let reported = 0;
      const task: Task = {
        async checkpoint(share, phase) {
          const now = performance.now();
          if (now - reported >= REPORT_MS) {
            reported = now;
            onProgress(share, phase);
          }
          if (now - breathed >= BREATH_MS) {
            await nextMessage();
            breathed = performance.now();
          }
          if (state.cancelled) throw new EngineError('cancelled', 'Stopped, as asked. Nothing was changed.');
        },
      };
      try {
        const value = await work(task);
        onProgress(1, 'Done');
        return value;
      } finally {
        running.delete(taskId);
      }
    },
    cancel(taskId) {
      const state = running.get(taskId);
      if (state) state.cancelled = true;
    },
  };
}

/** Lets waiting messages be handled. A message channel is not slowed down like timers are. */
function nextMessage(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}
