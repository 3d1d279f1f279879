// The engine may not look at the clock, draw unseeded numbers or import what belongs to a layer above it.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { filesIn, withoutComments } from './files.mjs';
import { root } from './setup.mjs';

const forbidden = [
  [/\bMath\.random\b/, 'Math.random: draw from an Rng that is handed in'],
  [/\bcrypto\.(?:getRandomValues|randomUUID)\b/, 'unseeded numbers: draw from an Rng that is handed in'],
  [
    /\bDate\.now\b|\bperformance\.now\b|\bnew Date\(\s*\)|\bnew Date\b(?!\s*\()/,
    'the clock: answers must not depend on the time',
  ],
  [/from '(?:\.\.\/)+(?:worker|state|features|app|ui|cli)\//, 'a layer above the engine'],
  [/from '(?:react|zustand|comlink|node:)/, 'a package of the page or of Node'],
];

/** Every break of purity as "file:line uses what". */
export function impurities() {
  return filesIn('src/engine', /(?<!\.test)\.ts$/).flatMap((file) =>
    withoutComments(readFileSync(path.join(root, file), 'utf8'))
      .split('\n')
      .flatMap((line, i) =>
        forbidden.filter(([pattern]) => pattern.test(line)).map(([, what]) => `${file}:${i + 1} uses ${what}.`),
      ),
  );
}
