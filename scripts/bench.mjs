// npm run bench [-- name...]: runs bench/*.bench.ts, prints what they found and keeps the figures in bench-results/.
import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { buildApp, bundleForNode } from './bundle.mjs';
import { filesIn } from './files.mjs';
import { ensurePackages, findBrowser, root, run } from './setup.mjs';

/** Benches that drive the built app. */
const inBrowser = new Set(['studio', 'canvas', 'points', 'importTab']);
const results = path.join(root, 'bench-results');
const argument = process.argv.slice(2);
if (argument[0] === '--measure') await measure(argument[1]);
else await runAll(argument);

async function runAll(wanted) {
  await ensurePackages();
  const all = filesIn('bench', /\.bench\.ts$/).map((file) => file.slice('bench/'.length, -'.bench.ts'.length));
  const unknown = wanted.filter((name) => !all.includes(name));
  if (unknown.length > 0) {
    console.error(`There is no bench called ${unknown.join(', ')}; there are ${all.join(', ')}.`);
    process.exit(2);
  }
  mkdirSync(results, { recursive: true });
  for (const name of wanted.length > 0 ? wanted : all) {
    console.log(`\n# ${name}`);
    // One folder below the root, as the source is: addresses relative to the module still hold.
    await bundleForNode(`bench/${name}.bench.ts`, path.join(results, `${name}.bench.mjs`));
    // A process of its own: no bench runs on code that another has warmed up or memory it has filled.
    const env = inBrowser.has(name) ? await studioSetup() : {};
    if ((await run(process.execPath, [fileURLToPath(import.meta.url), '--measure', name], { env })) !== 0)
      process.exitCode = 1;
  }
}

/** The bench in the browser needs the app as it is now, and a Chromium. */
async function studioSetup() {
  await buildApp();
  const browser = await findBrowser();
  return browser ? { CHROMIUM_PATH: browser } : {};
}

async function measure(name) {
  const module = await import(pathToFileURL(path.join(results, `${name}.bench.mjs`)).href);
  const { lines, figures } = await module.run();
  console.log(lines.join('\n'));
  const machine = { node: process.version, processor: cpus()[0]?.model ?? 'unknown', cores: cpus().length };
  writeFileSync(path.join(results, `${name}.json`), `${JSON.stringify({ name, machine, lines, figures }, null, 2)}\n`);
}
