import type { Sniffed } from './sniff';
import type { Notice } from './summary';

export interface NamedColumns {
  /** Unique, trimmed, never empty, in file order. */
  readonly names: readonly string[];
  /** The header cells as read, one per column; null without a header line. */
  readonly header: readonly string[] | null;
  readonly notices: readonly Notice[];
}

/**
 * Names the columns from the first record. Blank names become column_k; a name that was there before gets _2, _3 ...;
 * names that differ by case stay different.
 */
export function nameColumns(first: readonly string[], sniffed: Sniffed): NamedColumns {
  const notices: Notice[] = [];
  const warn = (text: string) => notices.push({ level: 'warning', text });
  let raw: string[] = sniffed.header
    ? [...first]
    : Array.from({ length: Math.max(first.length, sniffed.width) }, () => '');
  if (sniffed.surplus === 'rowNames') {
    raw = ['', ...raw];
    warn('Every row has one cell more than the header: the first column was taken for row names and called column_1.');
  } else if (sniffed.surplus === 'lastCell') {
    raw.push('');
    warn(
      `Every row has one cell more than the header: the last column was called column_${raw.length}; check that the names fit.`,
    );
  }
  const taken = new Set(raw.map((name) => name.trim()));
  const used = new Set<string>();
  const names = raw.map((cell, i) => {
    const trimmed = cell.trim();
    const base = trimmed === '' ? `column_${i + 1}` : trimmed;
    let name = base;
    if (trimmed === '' || used.has(base)) {
      for (let k = 2; used.has(name) || (name !== trimmed && taken.has(name)); k++) name = `${base}_${k}`;
      if (sniffed.header)
        warn(
          trimmed === ''
            ? `Column ${i + 1} has no name and is called "${name}".`
            : `Column ${i + 1} is a second "${base}" and is called "${name}".`,
        );
    }
    used.add(name);
    return name;
  });
  return { names, header: sniffed.header ? raw : null, notices };
}
