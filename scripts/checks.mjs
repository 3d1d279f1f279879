// The steps that `npm test` and `npm run check` share, and running them one after the other.
import { rmSync } from 'node:fs';
import path from 'node:path';
import { brokenLinks } from './docLinks.mjs';
import { impurities } from './engineIsPure.mjs';
import { deadExports, importRings, layerBreaks } from './importRules.mjs';
import { root, runTool, tools } from './setup.mjs';

export const unitReport = path.join(root, 'test-results', 'unit.json');

/** A step that passes when `find` finds nothing, and prints what it found otherwise. */
const nothingFound = (name, find) => ({
  name,
  work: () => {
    const found = find();
    for (const line of found) console.log(line);
    return found.length === 0 ? 0 : 1;
  },
});

export const checks = {
  types: { name: 'types of the app', work: () => runTool(tools.tsc, ['-p', '.', '--noEmit']) },
  engineTypes: { name: 'types of the engine', work: () => runTool(tools.tsc, ['-p', 'src/engine', '--noEmit']) },
  style: { name: 'format and lint', work: () => runTool(tools.biome, ['check', '--error-on-warnings', '.']) },
  purity: nothingFound('purity of the engine', impurities),
  imports: nothingFound('imports and exports', () => [...layerBreaks(), ...importRings(), ...deadExports()]),
  links: nothingFound('links of the docs', brokenLinks),
  units: {
    name: 'unit tests',
    work: () => {
      rmSync(unitReport, { force: true }); // an old report must not speak for a run that broke off
      // A build in this process leaves NODE_ENV at "production", where React has no `act`.
      const env = { NODE_ENV: 'test' };
      const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${unitReport}`];
      return runTool(tools.vitest, ['run', ...reporters], { env });
    },
  },
};

/**
 * Runs steps in order; `work` gives an exit code or throws. A failed step does not stop the next ones: one run shows
 * all that is wrong. Returns the names of the failed steps.
 */
export async function runSteps(steps) {
  const outcomes = [];
  for (const { name, work } of steps) {
    console.log(`\n== ${name}`);
    const start = Date.now();
    let code = 1;
    try {
      code = await work();
    } catch (error) {
      console.error(error.errors ? error.message : error); // build errors say where; the stack is of the bundler
    }
    outcomes.push({ name, isFine: code === 0, seconds: (Date.now() - start) / 1000 });
  }
  console.log('');
  for (const { name, isFine, seconds } of outcomes)
    console.log(`${isFine ? 'ok    ' : 'FAILED'}  ${name.padEnd(22)} ${seconds.toFixed(1).padStart(6)} s`);
  return outcomes.filter(({ isFine }) => !isFine).map(({ name }) => name);
}
