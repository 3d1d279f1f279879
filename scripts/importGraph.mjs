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
    const declared = [...code.matchAll(declaration)].map(([, kind, name]) => ({ kind, name }));
    const module = {
      file,
      code,
      imports: [],
      exports: declared.map(({ name }) => name),
      types: new Set(declared.filter(({ kind }) => /^(?:type|interface)$/.test(kind)).map(({ name }) => name)),
    };
    for (const [, keyword, typeOnly, clause, specifier] of code.matchAll(statement)) {
      const target = resolve(file, specifier);
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
    for (const [, clause] of code.matchAll(/^export\s+(?:type\s+)?(\{[^}]*\})\s*;/gm))
      module.exports.push(...namesIn(clause).map(({ here }) => here));
    for (const [, specifier] of code.matchAll(/\bimport\(\s*['"]([^'"]+)['"]\s*\)/g)) {
      const target = resolve(file, specifier);
      if (target) module.imports.push({ target, names: null, isType: true });
    }
    return module;
  });
}
