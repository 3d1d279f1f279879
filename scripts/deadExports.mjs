// Exports that nothing imports, and rings of imports. Reads import and export statements; the formatter keeps them regular.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { filesIn, withoutComments } from './files.mjs';
import { root } from './setup.mjs';

/** Files that something outside the sources starts: their exports need no importer. */
const isEntry = (file) =>
  /\.(?:test|bench|spec|worker)\.tsx?$|\.d\.ts$|^[^/]+$/.test(file) || /^src\/(?:main\.tsx|cli\/main\.ts)$/.test(file);

const statement = /^(import|export)\b(?:\s+(type)\b)?\s*([^;'"]*?)\s*(?:\bfrom\s+)?['"]([^'"]+)['"]/gm;
const declaration =
  /^export\s+(?:declare\s+)?(?:abstract\s+)?(?:async\s+)?(?:const|let|function\*?|class|interface|type|enum)\s+([A-Za-z_$][\w$]*)/gm;

/** Names in `{ a, type b as c }`: what they are called on the other side, and here. */
function namesIn(clause) {
  const braces = /\{([^}]*)\}/.exec(clause);
  if (!braces) return [];
  return braces[1]
    .split(',')
    .map((part) => part.trim().replace(/^type\s+/, ''))
    .filter(Boolean)
    .map((part) => {
      const [there, here = there] = part.split(/\s+as\s+/);
      return { there, here };
    });
}

/** All source files with what they import, from which file, and what they export. */
export function readModules() {
  const files = ['src', 'e2e', 'bench'].flatMap((folder) => filesIn(folder, /\.tsx?$/));
  const known = new Set([...files, 'vite.config.ts', 'playwright.config.ts']);
  const resolve = (from, specifier) => {
    if (!specifier.startsWith('.')) return null;
    const base = path.posix.join(path.posix.dirname(from), specifier);
    return [base, `${base}.ts`, `${base}.tsx`].find((file) => known.has(file)) ?? null;
  };
  return [...known].map((file) => {
    const code = withoutComments(readFileSync(path.join(root, file), 'utf8'));
    const module = { file, imports: [], exports: [...code.matchAll(declaration)].map(([, name]) => name) };
    for (const [, keyword, typeOnly, clause, specifier] of code.matchAll(statement)) {
      const target = resolve(file, specifier);
      const names = namesIn(clause);
      if (keyword === 'export') module.exports.push(...names.map(({ here }) => here));
      if (target)
        module.imports.push({
          target,
          names: /^\*/.test(clause) ? null : names.map(({ there }) => there),
          isType: Boolean(typeOnly) || (names.length > 0 && /^\{(?:\s*type\s[^,}]*,?)*\s*\}$/.test(clause)),
        });
    }
    // `export { a, type b };` without a source
    for (const [, clause] of code.matchAll(/^export\s+(?:type\s+)?(\{[^}]*\})\s*;/gm))
      module.exports.push(...namesIn(clause).map(({ here }) => here));
    for (const [, specifier] of code.matchAll(/\bimport\(\s*['"]([^'"]+)['"]\s*\)/g)) {
      const target = resolve(file, specifier);
      if (target) module.imports.push({ target, names: null, isType: true });
    }
    return module;
  });
}

/** Exports that no other file imports, as "file: name". */
export function deadExports(modules = readModules()) {
  const used = new Map(modules.map(({ file }) => [file, new Set()]));
  const whole = new Set();
  for (const { imports } of modules)
    for (const { target, names } of imports) {
      if (names === null) whole.add(target);
      else for (const name of names) used.get(target).add(name);
    }
  return modules
    .filter(({ file }) => !isEntry(file) && !whole.has(file))
    .flatMap(({ file, exports }) =>
      exports
        .filter((name) => !used.get(file).has(name))
        .map((name) => `${file} exports ${name}, which nothing imports.`),
    );
}

/** Rings of value imports, each as "a -> b -> a". */
export function importRings(modules = readModules()) {
  const targets = new Map(
    modules.map(({ file, imports }) => [file, imports.filter(({ isType }) => !isType).map(({ target }) => target)]),
  );
  const done = new Set();
  const rings = [];
  const visit = (file, trail) => {
    const at = trail.indexOf(file);
    if (at >= 0) rings.push([...trail.slice(at), file].join(' -> '));
    if (at >= 0 || done.has(file)) return;
    for (const target of targets.get(file)) visit(target, [...trail, file]);
    done.add(file);
  };
  for (const { file } of modules) visit(file, []);
  return rings.map((ring) => `Ring of imports: ${ring}.`);
}
