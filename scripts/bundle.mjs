// Builds of the app (a static folder), of the command line (one file for plain Node) and of benches.
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { root } from './setup.mjs';

export const cliFile = path.join(root, 'dist-cli', 'counterpoise.mjs');

/** The app in dist/: any file server can host it under any path. */
export async function buildApp() {
  const { build } = await import('vite');
  await build({ root, logLevel: 'warn' });
  return 0;
}

/**
 * Bundles one entry with everything it imports into one module for Node.
 * It is written beside its place and moved there, so that a process reading the old file never sees half of a new one.
 */
export async function bundleForNode(entry, file, { isProgram = false } = {}) {
  const { build } = await import('vite');
  const folder = path.dirname(file);
  const name = path.basename(file);
  const draft = path.join(folder, `.${name}.${process.pid}`);
  mkdirSync(folder, { recursive: true });
  try {
    await build({
      root,
      configFile: false,
      logLevel: 'warn',
      publicDir: false,
      // Playwright finds its own parts by their places and cannot be moved.
      ssr: { noExternal: true, external: ['@playwright/test'] },
      build: {
        ssr: path.join(root, entry),
        outDir: draft,
        target: 'node20',
        minify: false,
        rolldownOptions: { output: { entryFileNames: name, format: 'es', codeSplitting: false } },
      },
    });
    const built = path.join(draft, name);
    if (isProgram) {
      const code = readFileSync(built, 'utf8').replace(/^#!.*\r?\n/, '');
      writeFileSync(built, `#!/usr/bin/env node\n${code}`);
      chmodSync(built, 0o755);
    }
    renameSync(built, file);
    return 0;
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
}

export const buildCli = () => bundleForNode('src/cli/main.ts', cliFile, { isProgram: true });

/** Time of the newest file in a folder, in milliseconds. */
function newestIn(folder) {
  return Math.max(
    0,
    ...readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => statSync(path.join(entry.parentPath ?? entry.path, entry.name)).mtimeMs),
  );
}

/** Whether the bundled command line is newer than all it is made of. */
export function isCliFresh() {
  if (!existsSync(cliFile)) return false;
  const sources = Math.max(
    newestIn(path.join(root, 'src', 'cli')),
    newestIn(path.join(root, 'src', 'engine')),
    statSync(path.join(root, 'package-lock.json')).mtimeMs,
    statSync(path.join(root, 'scripts', 'bundle.mjs')).mtimeMs,
  );
  return statSync(cliFile).mtimeMs > sources;
}
