// Brings a bare checkout to the point where everything runs. No dependencies: it runs before there are any.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));
const INSTALL_BROWSER_MS = 120_000;

/** Runs a program and waits; inherits the terminal unless told otherwise. */
export function run(program, args, options = {}) {
  return spawnSync(program, args, { cwd: root, stdio: 'inherit', ...options });
}

/** Runs a tool of node_modules by its entry file, which needs no shims and no shell on any system. */
export function runTool(packageName, entry, args, options) {
  return run(process.execPath, [join(root, 'node_modules', packageName, entry), ...args], options);
}

/** Stops with one sentence where Node is too old for the tools. */
export function requireNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > 22 || (major === 22 && minor >= 12) || (major === 20 && minor >= 19)) return;
  console.error(
    `Counterpoise needs Node 20.19 or 22.12 or newer, and this is ${process.versions.node}: install a newer Node and try again.`,
  );
  process.exit(1);
}

/** Installs the packages of the lock file when they are not there or not of this machine. */
export function installPackages() {
  requireNode();
  const lock = readFileSync(join(root, 'package-lock.json'));
  const stamp = createHash('sha256')
    .update(lock)
    .update([process.platform, process.arch, process.versions.modules].join('/'))
    .digest('hex');
  const stampFile = join(root, 'node_modules', '.counterpoise-stamp');
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp) return;
  console.log('Installing packages...');
  const npm = findNpm();
  const { status } = run(process.execPath, [npm, 'ci', '--no-audit', '--no-fund']);
  if (status !== 0) {
    console.error('The packages could not be installed: see the messages of npm above.');
    process.exit(1);
  }
  writeFileSync(stampFile, stamp);
}

function findNpm() {
  if (process.env.npm_execpath?.endsWith('.js')) return process.env.npm_execpath;
  const beside = [
    join(dirname(process.execPath), 'node_modules', 'npm', 'bin', 'npm-cli.js'),
    join(dirname(process.execPath), '..', 'lib', 'node_modules', 'npm', 'bin', 'npm-cli.js'),
  ].find(existsSync);
  if (beside) return beside;
  console.error('npm was not found beside Node: run this through npm, as in `npm test`.');
  return process.exit(1);
}

const usualPlaces = {
  darwin: [
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
    '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  ],
  win32: ['PROGRAMFILES', 'PROGRAMFILES(X86)', 'LOCALAPPDATA']
    .map((name) => process.env[name])
    .filter(Boolean)
    .flatMap((folder) => [
      join(folder, 'Google', 'Chrome', 'Application', 'chrome.exe'),
      join(folder, 'Chromium', 'Application', 'chrome.exe'),
      join(folder, 'Microsoft', 'Edge', 'Application', 'msedge.exe'),
    ]),
};
const commands = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'microsoft-edge'];

/** The path of a Chromium that starts, or null. */
function findBrowser() {
  const onPath = (process.env.PATH ?? '')
    .split(delimiter)
    .flatMap((folder) => commands.map((name) => join(folder, name)));
  const candidates = [
    process.env.CHROMIUM_PATH,
    playwrightBrowser(),
    ...(usualPlaces[process.platform] ?? []),
    ...onPath,
  ];
  return candidates.find((path) => path && existsSync(path) && answers(path)) ?? null;
}

/** Some distributions ship a stub that only prints how to install the browser. On other systems asking would open a window. */
const answers = (path) =>
  process.platform !== 'linux' || run(path, ['--version'], { stdio: 'ignore', timeout: 20_000 }).status === 0;

function playwrightBrowser() {
  try {
    return createRequire(join(root, 'package.json'))('@playwright/test').chromium.executablePath();
  } catch {
    return null;
  }
}

/** Finds a Chromium or gets one; null where neither works. */
export function findOrInstallBrowser() {
  const found = findBrowser();
  if (found) return found;
  console.log('No Chromium found; getting one...');
  runTool('@playwright/test', 'cli.js', ['install', 'chromium'], { timeout: INSTALL_BROWSER_MS });
  const installed = findBrowser();
  if (installed) return installed;
  if (process.platform === 'linux' && process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    const install = ['install', '-y', '--no-install-recommends', 'chromium', 'fonts-dejavu-core'];
    if (run('apt-get', install, { env }).status !== 0) {
      run('apt-get', ['update'], { env });
      run('apt-get', install, { env });
    }
  }
  return findBrowser();
}
