import type { Host } from './host';
import type { OptionDefinition } from './options';

/** One command of the line; `run` gives the exit code. */
export interface Command {
  /** How it is called; further lines are indented. */
  readonly usage: string;
  /** What it does, in a sentence or two. */
  readonly about: string;
  /** The options it reads, by name without the dashes. */
  readonly options: Readonly<Record<string, OptionDefinition>>;
  run(words: readonly string[], host: Host): Promise<number>;
}
