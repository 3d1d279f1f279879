// The engine may not look at the clock, draw unseeded numbers or import what belongs to a layer above it.
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { root } from './setup.mjs';

const forbidden = [
  [/\bMath\.random\b/, 'Math.random: draw from an Rng that is handed in'],
  [/\b(Date\.now|performance\.now)\b|\bnew Date\(\)/, 'the clock: the engine gives the same answer at any time'],
  [/from '(?:\.\.\/)+(?:worker|state|features|app|ui|cli)\//, 'a layer above the engine'],
  [/from '(?:react|zustand|comlink|node:)/, 'a package of the page or of Node'],
];

/** Every break of purity as "file:line what". */
export function impurities() {
  const folder = join(root, 'src/engine');
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts') && !entry.name.endsWith('.test.ts'))
    .flatMap((entry) => {
      const file = join(entry.parentPath ?? entry.path, entry.name);
      return readFileSync(file, 'utf8')
        .split('\n')
        .flatMap((line, i) =>
          forbidden
            .filter(([pattern]) => pattern.test(line))
            .map(([, what]) => `${relative(root, file)}:${i + 1} uses ${what}`),
        );
    });
}
