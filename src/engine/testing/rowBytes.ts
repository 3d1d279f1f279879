import type { SyntheticRows } from '../generators/generator';

/** All that a slice of rows holds, byte by byte: `from` and `rows` of it, counted from the slice's first row. */
export function rowBytes(made: SyntheticRows, from = 0, rows = made.rows - from): Uint8Array {
  const { columns, donor, partner, proposals, refusedByRules, moved } = made;
  const parts = [...columns, donor, partner, proposals, refusedByRules, moved].map((part) => {
    const some = part.slice(from, from + rows);
    return new Uint8Array(some.buffer);
  });
  const out = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}

/** Whether they are the same bytes; matchers that compare item by item take seconds for this. */
export const areSame = (a: Uint8Array, b: Uint8Array): boolean =>
  a.length === b.length && a.every((byte, i) => byte === b[i]);
