// node scripts/truth.mjs [world...]: writes what is true of the demo worlds, by simulation, to src/engine/worlds/truth.json.
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { bundleForNode } from './bundle.mjs';
import { root } from './setup.mjs';

const ROWS = 1_000_000;
const SEED = 1_000_003;
const file = path.join(root, 'src/engine/worlds/truth.json');
const bundle = path.join(root, 'bench-results', 'truth.mjs');
const wanted = process.argv.slice(2);

await bundleForNode('src/engine/worlds/truth.ts', bundle);
await bundleForNode('src/engine/worlds/simulate.ts', bundle.replace('truth.mjs', 'simulate.mjs'));
const { truthOf } = await import(pathToFileURL(bundle).href);
const { worlds } = await import(pathToFileURL(bundle.replace('truth.mjs', 'simulate.mjs')).href);
rmSync(bundle);
rmSync(bundle.replace('truth.mjs', 'simulate.mjs'));

/** Five digits are more than a million rows can tell apart. */
const short = (_, value) =>
  typeof value === 'number' && !Number.isInteger(value) ? Number(value.toPrecision(5)) : value;
const before = wanted.length > 0 ? JSON.parse(readFileSync(file, 'utf8')) : [];
const truths = [];
for (const world of worlds) {
  const known = before.find(({ id }) => id === world.id);
  if (wanted.length > 0 && known && !wanted.includes(world.id)) {
    truths.push(known);
    continue;
  }
  const start = performance.now();
  truths.push(truthOf(world, ROWS, SEED));
  console.log(`${world.id}: ${((performance.now() - start) / 1000).toFixed(0)} s`);
}
// One effect, column or pair a line: a change of one number shows as one line.
const lines = truths.map((truth) => {
  const parts = Object.entries(truth).map(([key, value]) =>
    Array.isArray(value)
      ? `  "${key}": [\n${value.map((one) => `   ${JSON.stringify(one, short)}`).join(',\n')}\n  ]`
      : `  "${key}": ${JSON.stringify(value, short)}`,
  );
  return ` {\n${parts.join(',\n')}\n }`;
});
writeFileSync(file, `[\n${lines.join(',\n')}\n]\n`);
