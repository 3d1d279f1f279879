// Exports that nothing imports, rings of imports, and imports against the direction of the layers.
import { readModules } from './importGraph.mjs';

/** Files that something outside the sources starts: their exports need no importer. */
const isEntry = (file) =>
  /\.(?:test|bench|spec|worker)\.tsx?$|\.d\.ts$|^[^/]+$/.test(file) || /^src\/(?:main\.tsx|cli\/main\.ts)$/.test(file);

/**
 * Exports that no other file imports, as "file exports name". A type may be exported only to name what a function of
 * its file takes or gives, so it counts as unused only where nothing else in its file mentions it either.
 */
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
    .flatMap(({ file, exports, types, code }) =>
      exports
        .filter((name) => !used.get(file).has(name))
        .filter((name) => !(types.has(name) && code.match(new RegExp(`\\b${name}\\b`, 'g')).length > 1))
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

/** What the page may take from engine and sources at run time: what answers at once and touches no rows. */
const lightEngine =
  /^src\/engine\/(?:(?:graph|project|constraints|templates)\/|errors\.ts$|data\/(?:table|importOptions|sampleWeights)\.ts$|generators\/generator\.ts$|generation\/balance\.ts$|diagnosis\/diagnosis\.ts$)|\/catalogue\.ts$|^src\/sources\/source\.ts$/;

/** What biome's patterns cannot say, for they see neither the folder a path leads to nor whether a type is imported. */
export function layerBreaks(modules = readModules()) {
  const featureOf = (file) => /^src\/features\/([^/]+)\//.exec(file)?.[1];
  const breaks = [];
  for (const { file, imports } of modules.filter((module) => !/\.test\.tsx?$/.test(module.file)))
    for (const { target, isType } of imports) {
      const feature = featureOf(file);
      if (feature && featureOf(target) && featureOf(target) !== feature)
        breaks.push(`${file} imports ${target}: features share through state and ui, not with each other.`);
      if (
        /^src\/(?:state|features|app)\//.test(file) &&
        /^src\/(?:engine|sources)\//.test(target) &&
        !isType &&
        !lightEngine.test(target)
      )
        breaks.push(`${file} imports ${target} at run time: whatever touches rows goes through worker/api.ts.`);
    }
  return breaks;
}
