import type { Task } from '../engine/task';
import type { Host } from './host';

const REPORT_MS = 100;
/** Longest stretch of work between two looks at what the threads have answered. */
const BREATH_MS = 20;

export interface Progress extends Task {
  /** Wipes the line; to be called before anything else is printed. */
  clear(): void;
}

/** Shows share and phase on one line of the error stream, where that is a terminal. */
export function showProgress(host: Host): Progress {
  let reported = 0;
  let breathed = Date.now();
  let width = 0;
  return {
    async checkpoint(share, phase) {
      const now = Date.now();
      if (now - breathed >= BREATH_MS) {
        await new Promise(setImmediate);
        breathed = Date.now();
      }
      if (!host.isTerminal || now - reported < REPORT_MS) return;
      reported = now;
      const line = `${Math.round(100 * share)} %  ${phase}`;
      host.report(`\r${line.padEnd(width)}`);
      width = line.length;
    },
    clear() {
      if (width > 0) host.report(`\r${' '.repeat(width)}\r`);
      width = 0;
    },
  };
}
