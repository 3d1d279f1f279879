import { EngineError } from '../errors';
import type { CausalMap } from '../graph/causalMap';
import { shownName } from '../graph/path';

/** What the expert's map rules out or demands of every graph that data may suggest; all of shape (size, size), row-major. */
export interface Knowledge {
  readonly size: number;
  /** 1 where an arrow a -> b may be. */
  readonly allowed: Uint8Array;
  /** 1 where an arrow a -> b must be. */
  readonly required: Uint8Array;
  /** 1 where a comes before b in time: by their tiers, by certain arrows, or by a chain of both. */
  readonly before: Uint8Array;
}

/**
 * The knowledge in a map about some columns: certain arrows are required, forbidden ones are not allowed, nor are those
 * against the order that tiers and certain arrows make together, also through nodes without a column.
 * Certain `<->` edges say nothing about arrows. Names that are no node of the map come without knowledge.
 * @throws EngineError `bad-map` where certain arrows contradict the tiers, each other or the forbidden arrows.
 */
export function knowledgeOf(map: CausalMap, names: readonly string[]): Knowledge {
  const everyName = [...new Set([...names, ...map.nodes.map(({ name }) => name)])];
  const indexOf = new Map(everyName.map((name, i) => [name, i]));
  const total = everyName.length;
  const before = new Uint8Array(total * total);
  for (const a of map.nodes)
    for (const b of map.nodes)
      if (a.tier !== null && b.tier !== null && a.tier < b.tier)
        before[indexOf.get(a.name)! * total + indexOf.get(b.name)!] = 1;
  const certain = map.edges.flatMap(({ from, to, kind, confidence }) => {
    const a = indexOf.get(from);
    const b = indexOf.get(to);
    return kind === '->' && confidence === 'certain' && a !== undefined && b !== undefined ? [{ a, b }] : [];
  });
  for (const { a, b } of certain) before[a * total + b] = 1;
  closeInPlace(before, total);
  for (const { a, b } of certain)
    if (before[b * total + a] === 1)
      throw new EngineError(
        'bad-map',
        `The arrow ${shownName(everyName[a]!)} -> ${shownName(everyName[b]!)} is certain, but tiers and other certain arrows put ${shownName(everyName[b]!)} first: mend a tier or make one of the arrows less certain.`,
        { from: everyName[a], to: everyName[b] },
      );

  const size = names.length;
  const part = new Uint8Array(size * size);
  const allowed = new Uint8Array(size * size);
  for (let a = 0; a < size; a++)
    for (let b = 0; b < size; b++) {
      part[a * size + b] = before[a * total + b]!;
      allowed[a * size + b] = Number(a !== b && before[b * total + a] === 0);
    }
  for (const { from, to } of map.forbidden ?? []) {
    const a = indexOf.get(from) ?? size;
    const b = indexOf.get(to) ?? size;
    if (a < size && b < size) allowed[a * size + b] = 0;
  }
  const required = new Uint8Array(size * size);
  for (const { a, b } of certain) {
    if (a >= size || b >= size) continue;
    if (allowed[a * size + b] === 0)
      throw new EngineError(
        'bad-map',
        `The arrow ${shownName(names[a]!)} -> ${shownName(names[b]!)} is both certain and forbidden: take back one of the two.`,
        { from: names[a], to: names[b] },
      );
    required[a * size + b] = 1;
  }
  return { size, allowed, required, before: part };
}

/** Warshall's transitive closure. */
function closeInPlace(relation: Uint8Array, size: number): void {
  for (let k = 0; k < size; k++)
    for (let i = 0; i < size; i++)
      if (relation[i * size + k] === 1)
        for (let j = 0; j < size; j++) if (relation[k * size + j] === 1) relation[i * size + j] = 1;
}
