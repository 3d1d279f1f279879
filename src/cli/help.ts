import type { Command } from './command';

const width = 100;
const column = 20;

/** What `counterpoise COMMAND --help` prints: made from the options that the command reads, so that none is forgotten. */
export function commandHelp({ usage, about, options }: Command): string {
  const lines = Object.entries(options).map(([name, option]) => {
    const start = `  --${name}`.padEnd(column);
    const text = folded(option.about, width - column).join(`\n${' '.repeat(column)}`);
    return start.length > column ? `${start}\n${' '.repeat(column)}${text}` : `${start}${text}`;
  });
  return `${usage}\n\n${folded(about, width).join('\n')}\n\n${lines.join('\n')}\n`;
}

function folded(text: string, most: number): string[] {
  const lines = [''];
  for (const word of text.split(' ')) {
    const line = lines.at(-1)!;
    if (line !== '' && line.length + 1 + word.length > most) lines.push(word);
    else lines[lines.length - 1] = line === '' ? word : `${line} ${word}`;
  }
  return lines;
}
