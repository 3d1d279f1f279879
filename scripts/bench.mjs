// npm run bench [-- name...]: runs bench/*.bench.ts, prints what they found and keeps the figures in bench-results/.
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { bundle } from './bundle.mjs';
import { installPackages, root } from './setup.mjs';

installPackages();
const wanted = process.argv.slice(2);
const results = join(root, 'bench-results');
mkdirSync(results, { recursive: true });
const names = readdirSync(join(root, 'bench'))
  .filter((file) => file.endsWith('.bench.ts'))
  .map((file) => file.slice(0, -'.bench.ts'.length))
  .filter((name) => wanted.length === 0 || wanted.includes(name));
if (names.length === 0) {
  console.error(`There is no bench called ${wanted.join(', ')}: see the files bench/*.bench.ts.`);
  process.exit(2);
}
for (const name of names) {
  console.log(`\n# ${name}`);
  const file = join(results, `${name}.mjs`);
  await bundle(`bench/${name}.bench.ts`, file);
  const { run } = await import(pathToFileURL(file).href);
  const { lines, figures } = await run();
  console.log(lines.join('\n'));
  const machine = { node: process.version, cpu: cpus()[0]?.model ?? 'unknown', cores: cpus().length };
  writeFileSync(join(results, `${name}.json`), `${JSON.stringify({ name, machine, lines, figures }, null, 2)}\n`);
}
