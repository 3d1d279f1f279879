import { generators } from '../engine/generators/catalogue';
import { completeParameters } from '../engine/generators/generator';
import type { GenerationSettings, Project } from '../engine/project/project';

/** What a run's rows depend on, in the order of the parts of its inputs hash. */
export type InputPart = 'data' | 'target' | 'map' | 'rules' | 'settings' | 'mechanisms';
const partNames: readonly InputPart[] = ['data', 'target', 'map', 'rules', 'settings', 'mechanisms'];

/** FNV-1a, 64 bits, over UTF-16 units, as 16 hex digits; two 32-bit halves because BigInt would be slow while typing. */
function hashText(text: string): string {
  let high = 0xcbf29ce4;
  let low = 0x84222325;
  for (let i = 0; i < text.length; i++) {
    low ^= text.charCodeAt(i);
    // (high, low) times the prime 2^40 + 0x1b3, modulo 2^64.
    const product = (low >>> 0) * 0x1b3;
    const carry = Math.floor(product / 0x1_0000_0000);
    high = (Math.imul(high, 0x1b3) + carry + (low << 8)) >>> 0;
    low = product >>> 0;
  }
  return high.toString(16).padStart(8, '0') + (low >>> 0).toString(16).padStart(8, '0');
}

const remembered = new WeakMap<object, Map<string, string>>();
/** The hash of a part, computed once for each identity of the part: projects are never changed in place. */
function hashPart(part: object, purpose: string, describe: () => unknown): string {
  let known = remembered.get(part);
  if (!known) {
    known = new Map();
    remembered.set(part, known);
  }
  const found = known.get(purpose);
  if (found) return found;
  const hash = hashText(JSON.stringify(describe()));
  known.set(purpose, hash);
  return hash;
}

const nothing = {};
const sorted = (record: Readonly<Record<string, number>>) =>
  Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1));

/** The map without what does not reach the rows: positions, notes, tags, reasons. */
export const mapHash = (map: Project['map']): string =>
  hashPart(map, 'map', () => [
    map.nodes.map(({ name, latent, selected }) => (selected ? [name, latent, selected] : [name, latent])),
    map.edges.map(({ from, to, kind, sign, monotone }) =>
      sign || monotone ? [from, to, kind, sign, monotone] : [from, to, kind],
    ),
  ]);

/** The table as read: the file's bytes, the reading options and the kinds the user set. */
export const dataHash = (data: Project['data']): string =>
  hashPart(data ?? nothing, 'data', () => data && [data.hash, data.options, data.kinds]);

/** The table, and the groups whose rows stay together in every split. */
export function rowsHash({ data, design }: Pick<Project, 'data' | 'design'>): string {
  const table = dataHash(data);
  return design && design.groups.length > 0 ? hashPart(design, table, () => [table, design.groups.toSorted()]) : table;
}

/** Parameters as they are used: one that was never set and one set to its initial value give the same rows. */
function usedParameters({ generator, parameters }: GenerationSettings): readonly [string, number][] {
  const given = parameters[generator] ?? {};
  const definition = generators.find(({ id }) => id === generator);
  return sorted(definition ? completeParameters(definition, given) : given);
}

/**
 * The hash of everything the rows of a run depend on: 16-digit parts joined by "-" (a sixth one where mechanisms are
 * overridden), so that it can be told
 * which part moved. Positions, notes, tags, names and disabled rules do not count.
 */
export function inputsHash(project: Project, settings: GenerationSettings): string {
  return [
    rowsHash(project),
    hashPart(project.target ?? nothing, 'target', () => project.target),
    mapHash(project.map),
    hashPart(project.rules, 'rules', () =>
      project.rules.filter(({ enabled }) => enabled).map(({ reason: _reason, enabled: _enabled, ...rule }) => rule),
    ),
    hashPart(settings, 'settings', () => [
      settings.generator,
      usedParameters(settings),
      settings.amount,
      settings.seed,
      settings.redraw,
      settings.offMap,
    ]),
    ...(project.mechanisms.length > 0 ? [hashPart(project.mechanisms, 'mechanisms', () => project.mechanisms)] : []),
  ].join('-');
}

/** The parts in which two inputs hashes differ; empty when a run is current. */
export function changedInputs(before: string, now: string): readonly InputPart[] {
  if (before === now) return [];
  const old = before.split('-');
  const current = now.split('-');
  return partNames.filter((_, i) => old[i] !== current[i]);
}
