import packageFile from '../../package.json';
import { EngineError } from '../engine/errors';
import type { Command } from './command';
import { augment } from './commands/augment';
import { diagnose } from './commands/diagnose';
import { inspect } from './commands/inspect';
import { map } from './commands/map';
import { test } from './commands/test';
import { commandHelp } from './help';
import type { Host } from './host';

const commands = new Map<string, Command>([
  ['inspect', inspect],
  ['diagnose', diagnose],
  ['map', map],
  ['augment', augment],
  ['test', test],
]);

const overview = `counterpoise: causal augmentation of tables with a rare outcome

${[...commands.values()].map(({ usage }) => `  ${usage.replaceAll('\n', '\n  ')}`).join('\n\n')}

counterpoise COMMAND --help explains the options of a command. MAP is DAGitty code, DOT, GML, bnlearn, lavaan, Tetrad,
BIF, XMLBIF, NET, our JSON, or a project file, told apart by content. Exit codes: 0 done, 1 a check failed, 2 bad input.
`;

/**
 * Runs one command.
 * @returns 0 when it is done, 1 when a check failed, 2 when the input was bad (one line on the error stream says what, where
 * and what to do).
 */
export async function runCli(words: readonly string[], host: Host): Promise<number> {
  const [name, ...rest] = words;
  if (name === '--help' || name === '-h' || name === 'help') {
    host.print(overview);
    return 0;
  }
  if (name === '--version') {
    host.print(`${packageFile.version}\n`);
    return 0;
  }
  const command = commands.get(name ?? '');
  try {
    if (!command) {
      const known = [...commands.keys()].join(', ');
      throw new EngineError(
        'bad-parameter',
        name === undefined
          ? `No command given; there are ${known}; try --help.`
          : `Unknown command ${JSON.stringify(name)}; there are ${known}; try --help.`,
      );
    }
    if (rest.includes('--help') || rest.includes('-h')) {
      host.print(commandHelp(command));
      return 0;
    }
    return await command.run(rest, host);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const line = error instanceof EngineError ? message : `this should not have happened: ${message}`;
    host.report(`counterpoise: ${line.replace(/\s*[\r\n]+\s*/g, ' ')}\n`);
    return 2;
  }
}
