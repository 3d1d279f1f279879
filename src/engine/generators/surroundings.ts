import type { Frame } from '../data/frame';
import { gather } from '../numeric/gather';
import type { Task } from '../task';
import type { GeneratorInput } from './generator';
import { euclidean, pointsOf } from './points';
import { countOf } from './rareRows';
import { allFeatures } from './smote';

/** What lies around the rare rows in the whole table. Positions are those among the complete rows. */
export interface Surroundings {
  /** Frame rows without a missing cell, of every class, and their cells by frame column. */
  readonly rows: Int32Array;
  readonly columns: readonly Float64Array[];
  /** Positions of the complete rare rows, in the order of the frame. */
  readonly rare: Int32Array;
  /** 1 for a row of another class. */
  readonly isOther: Uint8Array;
  readonly k: number;
  /** Positions of the k nearest rows of any class, nearest first, shape (rare, k). */
  readonly neighbours: Int32Array;
  readonly messages: readonly string[];
}

/**
 * The k nearest rows of any class of every complete rare row, by Euclidean distance on the values as given.
 * Rows with a missing cell are left out and k is lowered where rows are few; messages say so.
 */
export async function surroundingsOf(
  label: string,
  symbol: string,
  input: GeneratorInput,
  wantedK: number,
  task: Task,
): Promise<Surroundings> {
  const { frame, target, rareCode } = input;
  const rows = completeRows(frame);
  // A million rows are not copied where none is left out.
  const columns = rows.length === frame.rows ? frame.columns : frame.columns.map((column) => gather(column, rows));
  const isOther = new Uint8Array(rows.length);
  let others = 0;
  for (let position = 0; position < rows.length; position++) {
    if (columns[target]![position] === rareCode) continue;
    isOther[position] = 1;
    others++;
  }
  const rare = new Int32Array(rows.length - others);
  for (let position = 0, found = 0; found < rare.length; position++)
    if (isOther[position] === 0) rare[found++] = position;
  const points = pointsOf(columns, euclidean(allFeatures(input)));
  const { k, index } = await input.neighbours({ points, queries: rare, k: wantedK }, task);
  const messages: string[] = [];
  let incomplete = -others;
  for (let row = 0; row < frame.rows; row++) if (frame.columns[target]![row] !== rareCode) incomplete++;
  if (incomplete > 0)
    messages.push(
      `${label} looks around the rare rows without ${countOf(incomplete, 'other row')} with missing cells.`,
    );
  if (k < wantedK)
    messages.push(
      `${label} uses ${symbol} = ${k} instead of ${wantedK}: there are only ${countOf(rows.length, 'usable row')}.`,
    );
  return { rows, columns, rare, isOther, k, neighbours: index, messages };
}

/** Of each rare row's m <= k nearest rows, how many are of another class. */
export function othersNearby({ rare, isOther, k, neighbours }: Surroundings, m = k): Int32Array {
  const counts = new Int32Array(rare.length);
  for (let i = 0; i < rare.length; i++) {
    for (let s = 0; s < m; s++) counts[i]! += isOther[neighbours[i * k + s]!]!;
  }
  return counts;
}

function completeRows({ rows, columns }: Frame): Int32Array {
  const isIncomplete = new Uint8Array(rows);
  for (const column of columns) {
    for (let row = 0; row < rows; row++) if (Number.isNaN(column[row])) isIncomplete[row] = 1;
  }
  const complete = new Int32Array(rows);
  let count = 0;
  for (let row = 0; row < rows; row++) if (isIncomplete[row] === 0) complete[count++] = row;
  return complete.subarray(0, count);
}
