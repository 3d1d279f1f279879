// The checks that npm test and npm run check share. Each returns { name, passed, failed }.
import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { impurities } from './engineIsPure.mjs';
import { root, runTool } from './setup.mjs';

const results = join(root, 'test-results');

function tool(name, packageName, entry, args, options) {
  console.log(`\n# ${name}`);
  const { status } = runTool(packageName, entry, args, options);
  return { name, passed: status === 0 ? 1 : 0, failed: status === 0 ? 0 : 1 };
}

export const lint = () => tool('Format and lint', '@biomejs/biome', 'bin/biome', ['check', '.']);
export const types = () => [
  tool('Types of the app', 'typescript', 'bin/tsc', ['-p', '.', '--noEmit']),
  tool('Types of the engine, without a page or Node', 'typescript', 'bin/tsc', ['-p', 'src/engine', '--noEmit']),
];
export const build = () => tool('Build', 'vite', 'bin/vite.js', ['build', '--logLevel', 'warn']);

export function purity() {
  console.log('\n# Purity of the engine');
  const found = impurities();
  for (const line of found) console.error(line);
  return { name: 'Purity of the engine', passed: found.length === 0 ? 1 : 0, failed: found.length === 0 ? 0 : 1 };
}

/** Every relative link in the Markdown files leads somewhere. */
export function docLinks() {
  console.log('\n# Links of the docs');
  const files = [
    ...readdirSync(root).filter((name) => name.endsWith('.md')),
    ...readdirSync(join(root, 'docs'), { recursive: true })
      .filter((name) => name.endsWith('.md'))
      .map((name) => join('docs', name)),
  ];
  const broken = files.flatMap((file) =>
    [...readFileSync(join(root, file), 'utf8').matchAll(/\]\(([^)#\s]+)[^)]*\)/g)]
      .map(([, link]) => link)
      .filter((link) => !/^[a-z]+:/.test(link) && !existsSync(join(root, dirname(file), link)))
      .map((link) => `${relative(root, join(root, file))} links to ${link}, which is not there`),
  );
  for (const line of broken) console.error(line);
  return { name: 'Links of the docs', passed: broken.length === 0 ? 1 : 0, failed: broken.length === 0 ? 0 : 1 };
}

export function unitTests() {
  mkdirSync(results, { recursive: true });
  const file = join(results, 'unit.json');
  const outcome = tool('Unit tests', 'vitest', 'vitest.mjs', [
    'run',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${file}`,
  ]);
  const report = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : null;
  // A file that does not load has no tests to fail: it shows in the exit code only.
  return {
    ...outcome,
    passed: report?.numPassedTests ?? 0,
    failed: Math.max(report?.numFailedTests ?? 0, outcome.failed),
  };
}

export function endToEndTests(browser) {
  const name = 'End-to-end tests';
  console.log(`\n# ${name}`);
  if (!browser) {
    console.error(
      'There is no Chromium and none could be installed, so the end-to-end tests fail: install Chromium or set CHROMIUM_PATH.',
    );
    return { name, passed: 0, failed: 1 };
  }
  const file = join(results, 'e2e.json');
  const env = { ...process.env, CHROMIUM_PATH: browser, PLAYWRIGHT_JSON_OUTPUT_NAME: file };
  const { status } = runTool('@playwright/test', 'cli.js', ['test', '--reporter=list,json'], { env });
  const stats = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')).stats : null;
  const failed = (stats?.unexpected ?? 0) + (stats?.flaky ?? 0);
  return { name, passed: stats?.expected ?? 0, failed: status === 0 ? failed : Math.max(1, failed) };
}

/** Prints a line for each check and the plain closing line; returns the exit code. */
export function close(outcomes) {
  console.log('');
  for (const { name, passed, failed } of outcomes)
    console.log(`${failed === 0 ? 'ok  ' : 'FAIL'} ${name} (${passed} passed, ${failed} failed)`);
  const sum = (key) => outcomes.reduce((total, outcome) => total + outcome[key], 0);
  console.log(`\n${sum('passed')} passed, ${sum('failed')} failed`);
  return sum('failed') === 0 && sum('passed') > 0 ? 0 : 1;
}
