import type { Task } from '../task';
import { rawSegments } from './rawSegments';
import type { SourceText } from './table';

const ROWS_PER_CHECK = 20_000;

/**
 * New, unique ids for synthetic rows of one id column: numbers above the highest where every known id is a whole
 * number (as wide as the widest where ids have leading zeros), else syn-1, syn-2 ... above those in use.
 * @param taken The column's ids as read, trimmed; empty ones are ignored.
 * @returns The id of synthetic row `index`, counted from 0.
 */
export function newIds(taken: Iterable<string>): (index: number) => string {
  let highest = 0;
  let highestBig = 0n;
  let width = 0;
  let areWhole = true;
  let hasAny = false;
  let lastSynthetic = 0;
  for (const id of taken) {
    if (id === '') continue;
    hasAny = true;
    const synthetic = /^syn-(\d{1,15})$/.exec(id);
    if (synthetic) lastSynthetic = Math.max(lastSynthetic, Number(synthetic[1]));
    areWhole &&= /^\d+$/.test(id);
    if (!areWhole) continue;
    if (id.length > 1 && id.startsWith('0')) width = Math.max(width, id.length);
    // Most ids fit a double, and a million big integers would be slow.
    if (id.length <= 15) highest = Math.max(highest, Number(id));
    else if (BigInt(id) > highestBig) highestBig = BigInt(id);
  }
  if (!hasAny || !areWhole) return (index) => `syn-${lastSynthetic + index + 1}`;
  const last = highestBig > BigInt(highest) ? highestBig : BigInt(highest);
  return (index) => String(last + BigInt(index + 1)).padStart(width, '0');
}

/** The trimmed cells of the given columns, by column index, read in one pass over the source. */
export async function idsInUse(
  source: SourceText,
  columns: readonly number[],
  task: Task,
): Promise<ReadonlyMap<number, readonly string[]>> {
  const ids = new Map(columns.map((column) => [column, [] as string[]]));
  const rows = columns.length > 0 ? source.start.length : 0;
  for (let row = 0; row < rows; row++) {
    const record = source.text.slice(source.start[row]!, source.end[row]!);
    const cells = rawSegments(record, source);
    for (const [column, list] of ids) list.push((cells[column]?.value ?? '').trim());
    if (row % ROWS_PER_CHECK === 0) await task.checkpoint(row / rows, 'Collecting ids');
  }
  return ids;
}
