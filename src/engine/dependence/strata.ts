import { gather } from '../numeric/gather';
import type { Variable } from './dependenceTest';
import { lengthOf, scoresOf } from './variable';

/** Counts of x against y inside one stratum of z; shape (rows, columns), row-major. */
export interface CountTable {
  readonly rows: number;
  readonly columns: number;
  readonly counts: Float64Array;
}

/** Whether a variable has levels to count: categories and orders. */
export const isCounted = (variable: Variable): boolean => variable.kind !== 'numeric';

const levelsOf = (variable: Variable): number => (variable.kind === 'numeric' ? 0 : variable.levels);

/** Stratum of each row by the levels of z, numbered as they are met; and how many there are. */
function strataOf(given: readonly Variable[], rows: number): { readonly stratum: Int32Array; readonly count: number } {
  const stratum = new Int32Array(rows);
  let count = 1;
  for (const z of given) {
    const codes = scoresOf(z);
    const levels = levelsOf(z);
    const renamed = new Int32Array(count * levels).fill(-1);
    let next = 0;
    for (let row = 0; row < rows; row++) {
      const key = stratum[row]! * levels + codes[row]!;
      if (renamed[key] === -1) renamed[key] = next++;
      stratum[row] = renamed[key]!;
    }
    count = next;
  }
  return { stratum, count: rows === 0 ? 0 : count };
}

/** Codes in few bytes, of one column or of two as one; kept as long as the columns are, as families of tests ask again. */
const compactCodes = new WeakMap<Float64Array, Uint16Array>();
const jointCodes = new WeakMap<Float64Array, WeakMap<Float64Array, Uint16Array>>();

function compact(codes: Float64Array): Uint16Array {
  let known = compactCodes.get(codes);
  if (!known) {
    known = Uint16Array.from(codes);
    compactCodes.set(codes, known);
  }
  return known;
}

/** a levelsB + b. */
function joint(a: Float64Array, b: Float64Array, levelsB: number): Uint16Array {
  let row = jointCodes.get(a);
  if (!row) {
    row = new WeakMap();
    jointCodes.set(a, row);
  }
  let known = row.get(b);
  if (!known) {
    const [x, y] = [compact(a), compact(b)];
    known = new Uint16Array(x.length);
    for (let i = 0; i < known.length; i++) known[i] = x[i]! * levelsB + y[i]!;
    row.set(b, known);
  }
  return known;
}

const MOST_JOINT_CODES = 65_536;

/** One table of x by y a stratum that occurs, in one pass; codes of pairs of columns are shared by a family of tests. */
export function stratifiedTables(x: Variable, y: Variable, given: readonly Variable[]): CountTable[] {
  const rows = lengthOf(x);
  const [levelsX, levelsY] = [levelsOf(x), levelsOf(y)];
  const [first, second] = given;
  const strata = given.reduce((product, z) => product * levelsOf(z), 1);
  if (given.length > 2 || Math.max(levelsX * levelsY, strata) > MOST_JOINT_CODES) {
    const { stratum, count } = strataOf(given, rows);
    return tablesOf(scoresOf(x), levelsX, scoresOf(y), levelsY, stratum, count);
  }
  const cells = joint(scoresOf(x), scoresOf(y), levelsY);
  const size = levelsX * levelsY;
  const stratum = !first
    ? null
    : second
      ? joint(scoresOf(first), scoresOf(second), levelsOf(second))
      : compact(scoresOf(first));
  const all = countsOf(cells, stratum, size, strata);
  return Array.from({ length: strata }, (_, s) => ({
    rows: levelsX,
    columns: levelsY,
    counts: Float64Array.from(all.subarray(s * size, (s + 1) * size)),
  })).filter(({ counts }) => counts.some((count) => count > 0));
}

/** Counts of stratum * size + cell. Four tables take turns, so that no count waits for the one before it to be written. */
function countsOf(cells: Uint16Array, stratum: Uint16Array | null, size: number, strata: number): Uint32Array {
  const length = strata * size;
  const [a, b, c, d] = Array.from({ length: 4 }, () => new Uint32Array(length)) as [
    Uint32Array,
    Uint32Array,
    Uint32Array,
    Uint32Array,
  ];
  const rows = cells.length;
  const whole = rows - (rows % 4);
  if (stratum)
    for (let row = 0; row < whole; row += 4) {
      a[stratum[row]! * size + cells[row]!]!++;
      b[stratum[row + 1]! * size + cells[row + 1]!]!++;
      c[stratum[row + 2]! * size + cells[row + 2]!]!++;
      d[stratum[row + 3]! * size + cells[row + 3]!]!++;
    }
  else
    for (let row = 0; row < whole; row += 4) {
      a[cells[row]!]!++;
      b[cells[row + 1]!]!++;
      c[cells[row + 2]!]!++;
      d[cells[row + 3]!]!++;
    }
  for (let row = whole; row < rows; row++) a[(stratum ? stratum[row]! * size : 0) + cells[row]!]!++;
  for (let i = 0; i < length; i++) a[i]! += b[i]! + c[i]! + d[i]!;
  return a;
}

function tablesOf(
  x: Float64Array,
  levelsX: number,
  y: Float64Array,
  levelsY: number,
  stratum: Int32Array,
  strata: number,
): CountTable[] {
  const size = levelsX * levelsY;
  const all = new Float64Array(strata * size);
  for (let row = 0; row < x.length; row++) all[stratum[row]! * size + x[row]! * levelsY + y[row]!]!++;
  return Array.from({ length: strata }, (_, s) => ({
    rows: levelsX,
    columns: levelsY,
    counts: all.subarray(s * size, (s + 1) * size),
  }));
}

export interface Margins {
  readonly row: Float64Array;
  readonly column: Float64Array;
  readonly total: number;
}

export function marginsOf({ rows, columns, counts }: CountTable): Margins {
  const row = new Float64Array(rows);
  const column = new Float64Array(columns);
  let total = 0;
  for (let i = 0; i < rows; i++)
    for (let j = 0; j < columns; j++) {
      const n = counts[i * columns + j]!;
      row[i]! += n;
      column[j]! += n;
      total += n;
    }
  return { row, column, total };
}

/**
 * Calls `visit` with the tables that result from dealing y out at random inside each stratum, `draws` times.
 * @param integer Uniform on {0, ..., bound - 1}.
 */
export function permuteWithinStrata(
  x: Variable,
  y: Variable,
  given: readonly Variable[],
  draws: number,
  integer: (bound: number) => number,
  visit: (tables: readonly CountTable[]) => void,
): void {
  const rows = lengthOf(x);
  const { stratum, count } = strataOf(given, rows);
  const order = Int32Array.from({ length: rows }, (_, row) => row).sort((a, b) => stratum[a]! - stratum[b]!);
  const sorted = gather(Float64Array.from(stratum), order);
  const xs = gather(scoresOf(x), order);
  const ys = gather(scoresOf(y), order);
  const strata = Int32Array.from(sorted);
  for (let draw = 0; draw < draws; draw++) {
    let from = 0;
    for (let row = 1; row <= rows; row++) {
      if (row < rows && strata[row] === strata[from]) continue;
      for (let i = row - 1; i > from; i--) {
        const j = from + integer(i - from + 1);
        const kept = ys[i]!;
        ys[i] = ys[j]!;
        ys[j] = kept;
      }
      from = row;
    }
    visit(tablesOf(xs, levelsOf(x), ys, levelsOf(y), strata, count));
  }
}
