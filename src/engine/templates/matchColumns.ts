import type { ColumnKind } from '../data/table';
import { kindFits, type Template } from './template';

/** A column of the table that may stand for one of the template. */
export interface ColumnMatch {
  readonly column: string;
  /** Likeness of the names, in [0, 1]; 1 where they are the same but for case and punctuation. */
  readonly likeness: number;
}

export interface TableColumn {
  readonly name: string;
  readonly kind: ColumnKind;
}

/** Names less alike than this are not proposed. */
const LEAST_LIKENESS = 0.6;

/** Lower case, words apart: "employedYears", "EMPLOYED-YEARS" and "employed years" are the same name. */
const wordsOf = (name: string): readonly string[] =>
  name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/(\p{Ll}|\p{N})(\p{Lu})/gu, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');

/** 2 |A and B| / (|A| + |B|), with repeats counted. */
function dice(a: readonly string[], b: readonly string[]): number {
  if (a.length + b.length === 0) return 0;
  const left = [...b];
  let shared = 0;
  for (const item of a) {
    const at = left.indexOf(item);
    if (at < 0) continue;
    left.splice(at, 1);
    shared++;
  }
  return (2 * shared) / (a.length + b.length);
}

const pairsOf = (text: string) => Array.from({ length: Math.max(0, text.length - 1) }, (_, i) => text.slice(i, i + 2));

/**
 * How alike two names are, in [0, 1]: the better of shared words and shared pairs of letters (Dice's coefficient), so that
 * both reordered words and misspelt ones are found. Symmetric; 1 for names that differ in case and punctuation only.
 * @see Measures of the Amount of Ecologic Association Between Species, Ecology 26 (1945).
 */
export function likeness(a: string, b: string): number {
  const [x, y] = [wordsOf(a), wordsOf(b)];
  const [p, q] = [x.join(''), y.join('')];
  if (p === q) return p === '' ? 0 : 1;
  // Not the same name, however alike: 1 is kept for that.
  return Math.min(0.99, Math.max(dice(x, y), dice(pairsOf(p), pairsOf(q))));
}

/**
 * Proposes a column of the table for every column of the template, each at most once: pairs are taken from the most alike
 * down, and only where both hold numbers or both hold categories. Null where no name is alike enough.
 */
export function matchColumns(
  template: Template,
  table: readonly TableColumn[],
): ReadonlyMap<string, ColumnMatch | null> {
  const pairs = template.columns.flatMap(({ name, kind, aliases }, i) =>
    table.flatMap((column, j) => {
      if (!kindFits(column.kind, kind)) return [];
      const other = Math.max(0, ...aliases.map((alias) => 0.98 * likeness(alias, column.name)));
      return [{ name, column: column.name, likeness: Math.max(likeness(name, column.name), other), rank: i + j }];
    }),
  );
  const matches = new Map<string, ColumnMatch | null>(template.columns.map(({ name }) => [name, null]));
  const taken = new Set<string>();
  // Ties go to what stands first in both, so that the same table always gets the same proposal.
  for (const pair of pairs.toSorted((a, b) => b.likeness - a.likeness || a.rank - b.rank)) {
    if (pair.likeness < LEAST_LIKENESS || matches.get(pair.name) || taken.has(pair.column)) continue;
    matches.set(pair.name, { column: pair.column, likeness: pair.likeness });
    taken.add(pair.column);
  }
  return matches;
}
