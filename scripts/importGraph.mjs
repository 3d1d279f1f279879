// Which source file imports what from which. Reads import and export statements; the formatter keeps them regular.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { filesIn, withoutComments } from './files.mjs';
import { root } from './setup.mjs';

const statement =
  /^(import|export)\s+(type\s+)?((?:[\w$]+\s*,\s*)?\{[^}]*\}|(?:[\w$]+\s*,\s*)?\*(?:\s+as\s+[\w$]+)?|[\w$]+)\s+from\s+'([^']+)'/gm;
const declaration =
  /^export\s+(?:declare\s+)?(?:abstract\s+)?(?:async\s+)?(const|let|function\*?|class|interface|type|enum)\s+([A-Za-z_$][\w$]*)/gm;

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

/** What one file imports and exports; `files` are the paths that a relative import may lead to. */
export function readModule(file, text, files) {
  const code = withoutComments(text);
  const resolve = (specifier) => {
    if (!specifier.startsWith('.')) return null;
    const base = path.posix.join(path.posix.dirname(file), specifier);
    return [base, `${base}.ts`, `${base}.tsx`].find((candidate) => files.has(candidate)) ?? null;
  };
  const declared = [...code.matchAll(declaration)].map(([, kind, name]) => ({ kind, name }));
  const types = declared.filter(({ kind }) => kind === 'type' || kind === 'interface').map(({ name }) => name);
  const module = { file, code, imports: [], exports: declared.map(({ name }) => name), types: new Set(types) };
  for (const [, keyword, typeOnly, clause, specifier] of code.matchAll(statement)) {
    const target = resolve(specifier);
    const names = namesIn(clause);
    if (keyword === 'export') module.exports.push(...names.map(({ here }) => here));
    if (target)
      module.imports.push({
        target,
        names: clause.includes('*') ? null : names.map(({ there }) => there),
        isType: Boolean(typeOnly) || (names.length > 0 && /^\{(?:\s*type\s[^,}]*,?)*\s*\}$/.test(clause)),
      });
  }
  // `export { a, type b };` without a source
  for (const [, typeOnly, clause] of code.matchAll(/^export\s+(type\s+)?(\{[^}]*\})\s*;/gm))
    for (const { here } of namesIn(clause)) {
      module.exports.push(here);
      if (typeOnly) module.types.add(here);
    }
  // An import on demand closes no ring: it runs when both files are loaded.
  for (const [, specifier] of code.matchAll(/\bimport\(\s*['"]([^'"]+)['"]\s*\)/g)) {
    const target = resolve(specifier);
    if (target) module.imports.push({ target, names: null, isType: true });
  }
  return module;
}

/** Every source file of the repository as a module. */
export function readModules() {
  const files = ['src', 'e2e', 'bench'].flatMap((folder) => filesIn(folder, /\.tsx?$/));
  const known = new Set([...files, 'vite.config.ts', 'playwright.config.ts']);
  return [...known].map((file) => readModule(file, readFileSync(path.join(root, file), 'utf8'), known));
}
