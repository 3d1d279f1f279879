// npm test: everything CI asks for, from a bare checkout. Closes with one line that counts tests and failed steps.
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import { buildApp, buildCli } from './bundle.mjs';
import { checks, runSteps, unitReport } from './checks.mjs';
import { ensureBrowser, ensurePackages, root, runTool, tools } from './setup.mjs';

const pageReport = path.join(root, 'test-results', 'e2e.json');
const app = path.join(root, 'dist', 'index.html');

await ensurePackages();
rmSync(path.join(root, 'test-results'), { recursive: true, force: true });
rmSync(app, { force: true }); // the end-to-end tests must not run on the app of an earlier build
const pages = { name: 'end-to-end tests', work: testPages };
const failedSteps = await runSteps([
  checks.types,
  checks.engineTypes,
  checks.style,
  checks.purity,
  checks.imports,
  checks.links,
  // Before the unit tests: some of them run the bundled command line.
  { name: 'build of the app', work: () => buildApp() },
  { name: 'build of the cli', work: () => buildCli() },
  checks.units,
  pages,
]);

const unit = countUnitTests();
const page = countPageTests();
const skipped = unit.skipped + page.skipped;
if (skipped > 0) console.log(`\n${skipped} skipped: the reports above say which and why.`);
// A step that failed without a failed test (types, lint, build, a crash) counts as one: the line must not mislead.
const counted = { [checks.units.name]: unit.failed, [pages.name]: page.failed };
const secondTries = pageSpecs().filter(({ tests }) => tests.some(({ status }) => status === 'flaky'));
for (const { file, title } of secondTries)
  console.log(`\nPassed only on the second try: ${path.join('e2e', file)}: ${title}`);
const failures = [...unitFailures(), ...pageFailures()];
if (failures.length > 0) console.log(`\n${failures.join('\n')}`);
const failed = unit.failed + page.failed + failedSteps.filter((name) => !counted[name]).length;
console.log(`\n${unit.passed + page.passed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;

async function testPages() {
  if (!existsSync(app)) {
    console.error('The end-to-end tests need the built app, and its build failed: mend the build first.');
    return 1;
  }
  const browser = await ensureBrowser();
  if (!browser) return 1;
  console.log(`Browser: ${browser}`);
  const env = { CHROMIUM_PATH: browser, E2E_PORT: String(await freePort()) };
  return runTool(tools.playwright, ['test'], { env });
}

function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

function readReport(file) {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : null;
}

function countUnitTests() {
  const report = readReport(unitReport);
  if (!report) return { passed: 0, failed: 0, skipped: 0 };
  // A file that cannot be loaded has no failed test to count.
  const hasFailedTest = (file) => file.assertionResults.some(({ status }) => status === 'failed');
  const broken = report.testResults.filter((file) => file.status === 'failed' && !hasFailedTest(file)).length;
  const skipped = report.numPendingTests + (report.numTodoTests ?? 0);
  return { passed: report.numPassedTests, failed: report.numFailedTests + broken, skipped };
}

function countPageTests() {
  const stats = readReport(pageReport)?.stats;
  if (!stats) return { passed: 0, failed: 0, skipped: 0 };
  return { passed: stats.expected + stats.flaky, failed: stats.unexpected, skipped: stats.skipped };
}

/** One line a failed test, at the very end: the reports above it are long. */
function unitFailures() {
  return (readReport(unitReport)?.testResults ?? []).flatMap(({ name, status, message, assertionResults }) => {
    const file = path.relative(root, name);
    const failed = assertionResults.filter((test) => test.status === 'failed');
    if (failed.length === 0 && status === 'failed') return [failureLine(file, 'could not be loaded', message)];
    return failed.map(({ fullName, failureMessages }) => failureLine(file, fullName, failureMessages[0]));
  });
}

function pageSpecs() {
  const within = ({ specs = [], suites = [] }) => [...specs, ...suites.flatMap(within)];
  return (readReport(pageReport)?.suites ?? []).flatMap(within);
}

function pageFailures() {
  return pageSpecs()
    .filter(({ ok }) => !ok)
    .map(({ file, title, tests }) =>
      failureLine(path.join('e2e', file), title, tests[0]?.results.at(-1)?.error?.message),
    );
}

function failureLine(file, test, message = '') {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the reports colour their messages
  const plain = message.replace(/\u001b\[[0-9;]*m/g, '');
  return `FAILED ${file}: ${test}: ${plain.split('\n')[0]}`;
}
