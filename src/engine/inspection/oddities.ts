import type { Frame, ValueSpec } from '../data/frame';
import type { NodeStory } from './nodeStory';

/** Something about a made row that no real row has, or hardly any could. */
export interface Oddity {
  readonly kind: 'off-grid' | 'unseen-pair' | 'unlikely';
  readonly columns: readonly string[];
  readonly text: string;
}

/** Numbers with at most this many distinct values, each seen on average this often, stand on a grid. */
const MOST_GRID_VALUES = 40;
const LEAST_ROWS_PER_VALUE = 10;
/** A pair of values counts as avoided only where independence would have given at least this many real rows. */
const LEAST_EXPECTED = 10;
/** Chance under which a value is called unlikely given its parents. */
const UNLIKELY = 0.001;

/** What real rows show about which values exist; made once for a table and asked for many rows. */
export interface Habits {
  readonly specs: readonly ValueSpec[];
  readonly rows: number;
  /** Rows per value of each discrete column; null for columns that take any value. */
  readonly counts: readonly (ReadonlyMap<number, number> | null)[];
  readonly frame: Frame;
}

export function habitsOf(frame: Frame): Habits {
  const counts = frame.columns.map((column, c) => {
    const seen = new Map<number, number>();
    for (const value of column) {
      if (Number.isNaN(value)) continue;
      seen.set(value, (seen.get(value) ?? 0) + 1);
      if (!frame.specs[c]!.levels && seen.size > MOST_GRID_VALUES) return null;
    }
    const isDiscrete = frame.specs[c]!.levels !== null || seen.size * LEAST_ROWS_PER_VALUE <= frame.rows;
    return isDiscrete ? seen : null;
  });
  return { specs: frame.specs, rows: frame.rows, counts, frame };
}

/**
 * What is odd about a row: a number off the grid of the real ones; two discrete values that never meet in a real row
 * although at least 10 would if the columns were unrelated; a value that its mechanism gives a chance under 1 in 1,000.
 * @param values One value a column of `habits.specs`.
 * @param format Writes the value of a column as the file would.
 */
export function oddities(
  habits: Habits,
  values: readonly number[],
  stories: readonly NodeStory[],
  format: (column: number, value: number) => string,
): Oddity[] {
  const found: Oddity[] = [];
  const { specs, counts, rows, frame } = habits;
  const offGrid = new Set<number>();
  values.forEach((value, c) => {
    const seen = counts[c];
    if (!seen || Number.isNaN(value) || seen.has(value)) return;
    offGrid.add(c);
    const near = [...seen.keys()].sort((a, b) => a - b);
    const shown = near.length <= 8 ? near : nearestValues(near, value);
    found.push({
      kind: 'off-grid',
      columns: [specs[c]!.name],
      text: `${specs[c]!.name} = ${format(c, value)} is in no real row: real values ${near.length <= 8 ? 'are' : 'near it are'} ${shown.map((one) => format(c, one)).join(', ')}.`,
    });
  });
  for (let a = 0; a < specs.length; a++)
    for (let b = a + 1; b < specs.length; b++) {
      const [seenA, seenB] = [counts[a], counts[b]];
      const [va, vb] = [values[a]!, values[b]!];
      if (!seenA || !seenB || offGrid.has(a) || offGrid.has(b) || Number.isNaN(va) || Number.isNaN(vb)) continue;
      const expected = ((seenA.get(va) ?? 0) * (seenB.get(vb) ?? 0)) / rows;
      if (expected < LEAST_EXPECTED) continue;
      const [columnA, columnB] = [frame.columns[a]!, frame.columns[b]!];
      let isSeen = false;
      for (let i = 0; i < rows && !isSeen; i++) isSeen = columnA[i] === va && columnB[i] === vb;
      if (isSeen) continue;
      found.push({
        kind: 'unseen-pair',
        columns: [specs[a]!.name, specs[b]!.name],
        text: `${specs[a]!.name} = ${format(a, va)} together with ${specs[b]!.name} = ${format(b, vb)} is in none of ${rows.toLocaleString('en')} real rows; about ${Math.round(expected).toLocaleString('en')} would have it by chance alone.`,
      });
    }
  for (const { column, part, parents, tail, value } of stories) {
    const c = specs.findIndex(({ name }) => name === column);
    // A value off the grid has been told of already.
    if (part === 'held' || part === 'observed' || offGrid.has(c) || Number.isNaN(value) || tail >= UNLIKELY) continue;
    const given = parents.length > 0 ? ` given ${parents.join(', ')}` : '';
    found.push({
      kind: 'unlikely',
      columns: [column, ...parents],
      text: `${column} = ${format(c, value)} is this far out in fewer than 1 of 1,000 rows${given}, by its learned mechanism.`,
    });
  }
  return found;
}

function nearestValues(sorted: readonly number[], value: number): number[] {
  const at = sorted.findIndex((one) => one > value);
  const from = Math.max(0, (at < 0 ? sorted.length : at) - 2);
  return sorted.slice(from, from + 4);
}
