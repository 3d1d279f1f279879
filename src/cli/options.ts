import { type ParseArgsConfig, parseArgs } from 'node:util';
import { EngineError } from '../engine/errors';

export interface OptionDefinition {
  readonly type: 'string' | 'boolean';
  readonly multiple?: boolean;
  /** What it is for, in a sentence or two. */
  readonly about: string;
}

/** The words after the command, taken apart. */
export interface Arguments {
  readonly files: readonly string[];
  flag(name: string): boolean;
  text(name: string): string | null;
  texts(name: string): readonly string[];
  /** @throws EngineError `bad-parameter` unless the text is a finite number. */
  number(name: string): number | null;
}

export const badArgument = (message: string): EngineError => new EngineError('bad-parameter', message);

/**
 * @param files What each file is, for messages; all are required.
 * @throws EngineError `bad-parameter` for an unknown option, a missing value, and a missing or surplus file.
 */
export function readArguments(
  words: readonly string[],
  files: readonly string[],
  options: Readonly<Record<string, OptionDefinition>>,
): Arguments {
  const { values, positionals } = parse(words, options);
  if (positionals.length < files.length) throw badArgument(`${files[positionals.length]} is missing; try --help.`);
  if (positionals.length > files.length)
    throw badArgument(`"${positionals[files.length]}" is one file too many; try --help.`);
  const texts = (name: string): readonly string[] => [values[name] ?? []].flat().map(String);
  return {
    files: positionals,
    flag: (name) => values[name] === true,
    text: (name) => texts(name).at(-1) ?? null,
    texts,
    number(name) {
      const text = texts(name).at(-1);
      if (text === undefined) return null;
      const value = text.trim() === '' ? Number.NaN : Number(text);
      if (!Number.isFinite(value)) throw badArgument(`--${name} ${text}: expected a number.`);
      return value;
    },
  };
}

function parse(words: readonly string[], options: Readonly<Record<string, OptionDefinition>>) {
  try {
    return parseArgs({
      args: [...words],
      options: options as NonNullable<ParseArgsConfig['options']>,
      allowPositionals: true,
    });
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    const unknown = /^Unknown option '([^']+)'/.exec(error.message)?.[1];
    if (unknown)
      throw badArgument(
        `Unknown option ${unknown}; there are ${Object.keys(options)
          .map((name) => `--${name}`)
          .join(', ')}.`,
      );
    throw badArgument(error.message);
  }
}
