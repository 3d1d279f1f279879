import type { Host } from './host';

/** One command of the line; `run` gives the exit code. */
export interface Command {
  readonly usage: string;
  run(words: readonly string[], host: Host): Promise<number>;
}
