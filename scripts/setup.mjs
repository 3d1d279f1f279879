// Set-up shared by all scripts: the right Node, the locked packages, a Chromium for the end-to-end tests.
// Nothing here may import a package: it runs before there are any.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const modules = path.join(root, 'node_modules');
const stampFile = path.join(modules, '.counterpoise-stamp');

/** Entries of the tools, started with the Node that runs this script: shims in .bin need a shell on Windows. */
export const tools = {
  biome: 'node_modules/@biomejs/biome/bin/biome',
  playwright: 'node_modules/@playwright/test/cli.js',
  tsc: 'node_modules/typescript/bin/tsc',
  vitest: 'node_modules/vitest/vitest.mjs',
};

/** News about the set-up goes to stderr, so that stdout stays free for what a script is asked for. */
export const say = (text) => process.stderr.write(`${text}\n`);

/** Ends with one sentence where the running Node is older than the tools need. */
export function requireNode(version = process.versions.node) {
  const [major, minor] = version.split('.').map(Number);
  if ((major === 20 && minor >= 19) || (major === 22 && minor >= 12) || major > 22) return;
  say(
    `Counterpoise needs Node 20.19 (or a later 20) or Node 22.12 and newer, and this is ${version}: install one from nodejs.org.`,
  );
  process.exit(1);
}

/**
 * Runs a program and resolves with its exit code; 1 where it was killed, timed out or could not start.
 * `stdio` as for `spawn`; with `seconds`, the program and its children are ended when the time is over.
 */
export function run(program, args, { stdio = 'inherit', env = {}, cwd = root, seconds = 0 } = {}) {
  return new Promise((resolve) => {
    const group = seconds > 0 && process.platform !== 'win32';
    const child = spawn(program, args, { cwd, stdio, env: { ...process.env, ...env }, detached: group });
    const end = () => {
      if (group) process.kill(-child.pid, 'SIGKILL');
      else if (process.platform === 'win32') spawnSync('taskkill', ['/pid', String(child.pid), '/t', '/f']);
      else child.kill('SIGKILL');
    };
    const timer = seconds > 0 ? setTimeout(end, seconds * 1000) : undefined;
    // A group of its own does not hear Ctrl+C from the terminal.
    const interrupted = () => {
      end();
      process.exit(130);
    };
    if (group) process.once('SIGINT', interrupted);
    const settle = (code) => {
      clearTimeout(timer);
      process.removeListener('SIGINT', interrupted);
      resolve(code);
    };
    child.once('error', (error) => {
      say(`${program} could not be started: ${error.message}`);
      settle(1);
    });
    child.once('exit', (code) => settle(code ?? 1));
  });
}

/** Runs a Node tool by its JavaScript entry, relative to the repository. */
export const runTool = (entry, args, options) => run(process.execPath, [path.join(root, entry), ...args], options);

/** npm's own JavaScript entry, or null where only an `npm` on PATH may exist. */
function npmEntry() {
  const here = path.dirname(process.execPath);
  const candidates = [
    process.env.npm_execpath,
    path.join(here, 'node_modules', 'npm', 'bin', 'npm-cli.js'),
    path.join(here, '..', 'lib', 'node_modules', 'npm', 'bin', 'npm-cli.js'),
    '/usr/share/nodejs/npm/bin/npm-cli.js',
  ];
  return candidates.find((file) => file && /npm-cli\.c?js$/.test(file) && existsSync(file)) ?? null;
}

/** What the installed packages depend on: another lock, system, processor or Node ABI needs a fresh install. */
const wantedStamp = () =>
  createHash('sha256')
    .update(readFileSync(path.join(root, 'package-lock.json')))
    .update(`\n${process.platform} ${process.arch} ${process.versions.modules}`)
    .digest('hex');

/** Installs the locked packages unless those in place are already the right ones. Ends the script on failure. */
export async function ensurePackages() {
  requireNode();
  const stamp = wantedStamp();
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8').trim() === stamp) return;
  say('Installing the packages of package-lock.json ...');
  const npm = npmEntry();
  const args = ['ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error'];
  const options = { stdio: ['ignore', 2, 2] };
  const code = npm
    ? await run(process.execPath, [npm, ...args], options)
    : await run(process.platform === 'win32' ? 'npm.exe' : 'npm', args, options);
  if (code !== 0) {
    say('The packages could not be installed: see the lines above, check the network, and run the command again.');
    process.exit(1);
  }
  writeFileSync(stampFile, `${stamp}\n`);
}

const names = {
  linux: ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'microsoft-edge'],
  darwin: ['chromium', 'google-chrome'],
  win32: ['chrome.exe', 'msedge.exe', 'chromium.exe'],
};

function usualPlaces() {
  if (process.platform === 'darwin')
    return ['Google Chrome', 'Chromium', 'Microsoft Edge'].flatMap((app) =>
      ['', process.env.HOME ?? ''].map((home) => `${home}/Applications/${app}.app/Contents/MacOS/${app}`),
    );
  if (process.platform === 'win32')
    return ['PROGRAMFILES', 'PROGRAMFILES(X86)', 'LOCALAPPDATA'].flatMap((variable) => {
      const folder = process.env[variable];
      return folder
        ? [
            'Google\\Chrome\\Application\\chrome.exe',
            'Chromium\\Application\\chrome.exe',
            'Microsoft\\Edge\\Application\\msedge.exe',
          ].map((file) => path.join(folder, file))
        : [];
    });
  return [];
}

/** Whether the browser is there and, on Linux, answers: some distributions ship a stub, and libraries may be missing. */
function answers(file) {
  if (!file || !existsSync(file)) return false;
  if (process.platform !== 'linux') return true;
  const { status, stdout } = spawnSync(file, ['--version'], { encoding: 'utf8', timeout: 20_000 });
  return status === 0 && /\d+\.\d+/.test(stdout);
}

/** The browser that Playwright downloaded, or would download. */
async function playwrightBrowser() {
  const entry = path.join(modules, '@playwright', 'test', 'index.mjs');
  if (!existsSync(entry)) return null;
  const { chromium } = await import(pathToFileURL(entry).href);
  return chromium.executablePath();
}

/** Path of a Chromium that answers, or null. What CHROMIUM_PATH names comes first, for it was asked for. */
export async function findBrowser() {
  const asked = process.env.CHROMIUM_PATH;
  if (answers(asked)) return asked;
  if (asked) say(`CHROMIUM_PATH names "${asked}", which does not answer; looking for another Chromium.`);
  const onPath = (process.env.PATH ?? '')
    .split(path.delimiter)
    .filter(Boolean)
    .flatMap((folder) => (names[process.platform] ?? names.linux).map((name) => path.join(folder, name)));
  return [await playwrightBrowser(), ...onPath, ...usualPlaces()].find(answers) ?? null;
}

function isDebianAsRoot() {
  if (process.platform !== 'linux' || process.getuid?.() !== 0 || !existsSync('/etc/os-release')) return false;
  return /^(ID|ID_LIKE)=.*\bdebian\b/m.test(readFileSync('/etc/os-release', 'utf8')) && existsSync('/usr/bin/apt-get');
}

/** A Chromium for the end-to-end tests, fetched if there is none; null where none can be had, after saying what to do. */
export async function ensureBrowser() {
  const present = await findBrowser();
  if (present) return present;
  const quiet = { stdio: ['ignore', 2, 2] };
  say('No Chromium found; asking Playwright for one ...');
  await runTool(tools.playwright, ['install', 'chromium'], { ...quiet, seconds: 120 });
  const downloaded = await findBrowser();
  if (downloaded) return downloaded;
  if (isDebianAsRoot()) {
    say('Installing Chromium with apt-get ...');
    const apt = { ...quiet, env: { DEBIAN_FRONTEND: 'noninteractive' } };
    await run('apt-get', ['update', '-qq'], { ...apt, seconds: 180 });
    const packages = ['chromium', 'fonts-dejavu-core'];
    await run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...packages], { ...apt, seconds: 600 });
    const installed = await findBrowser();
    if (installed) return installed;
  }
  say('No Chromium was found or could be installed: install Chromium or Chrome, or set CHROMIUM_PATH to its program.');
  return null;
}
