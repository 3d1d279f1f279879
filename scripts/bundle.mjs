// Makes one file of a TypeScript entry and all it imports, for plain Node.
import { chmodSync, readdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { root } from './setup.mjs';

export const cliFile = join(root, 'dist-cli', 'counterpoise.mjs');

/** Bundles `entry` into `outFile`, an ES module that needs no node_modules. */
export async function bundle(entry, outFile, banner = '') {
  const { build } = await import('vite');
  await build({
    root,
    configFile: false,
    logLevel: 'warn',
    publicDir: false,
    ssr: { noExternal: true },
    build: {
      ssr: join(root, entry),
      outDir: dirname(outFile),
      emptyOutDir: false,
      target: 'node20',
      minify: false,
      rollupOptions: {
        output: {
          format: 'es',
          banner,
          entryFileNames: outFile.slice(dirname(outFile).length + 1),
          inlineDynamicImports: true,
        },
      },
    },
  });
}

export async function buildCli() {
  await bundle('src/cli/main.ts', cliFile, '#!/usr/bin/env node');
  chmodSync(cliFile, 0o755);
}

/** Whether the bundle is missing or older than a source it is made from. */
export function cliIsStale() {
  const built = statSync(cliFile, { throwIfNoEntry: false })?.mtimeMs;
  if (built === undefined) return true;
  return ['src/cli', 'src/engine'].some((folder) =>
    readdirSync(join(root, folder), { recursive: true, withFileTypes: true }).some(
      (entry) => entry.isFile() && statSync(join(entry.parentPath ?? entry.path, entry.name)).mtimeMs > built,
    ),
  );
}
