import { type Frame, isNumericSpec } from '../data/frame';
import { completeRows } from '../dependence/statementRows';
import type { Rng } from '../rng';
import { shuffleInPlace } from '../rng';

/** Traces a generator leaves in one numeric column. Shares in [0, 1]. */
export interface ColumnArtefacts {
  readonly column: string;
  /** Share of values at the smallest or largest real value: clipping heaps rows there. */
  readonly atBounds: { readonly real: number; readonly synthetic: number };
  /** Share of values off the grid of the real ones: the few values that occur, or the multiples that all of them are. */
  readonly offGrid: number;
  /** Share of round values (a last recorded digit of 0). */
  readonly round: { readonly real: number; readonly synthetic: number };
}

const FEW_VALUES = 20;

/** Per numeric column that varies. */
export function columnArtefacts(real: Frame, synthetic: Frame): ColumnArtefacts[] {
  return real.specs.flatMap((spec, c) => {
    if (!isNumericSpec(spec)) return [];
    const a = real.columns[c]!.filter((value) => !Number.isNaN(value));
    const b = synthetic.columns[c]!.filter((value) => !Number.isNaN(value));
    if (a.length === 0 || b.length === 0) return [];
    const low = a.reduce((x, y) => Math.min(x, y));
    const high = a.reduce((x, y) => Math.max(x, y));
    if (!(high > low)) return [];
    const share = (values: Float64Array, holds: (value: number) => boolean) =>
      values.filter(holds).length / values.length;
    const unit = 10 ** -spec.decimals;
    const isMultiple = (value: number, step: number) => Math.abs(value / step - Math.round(value / step)) < 1e-6;
    const distinct = new Set(a);
    const step = [10, 5, 2, 1]
      .map((k) => k * unit)
      .find((candidate) => a.every((value) => isMultiple(value, candidate)));
    const isOnGrid =
      distinct.size <= FEW_VALUES
        ? (value: number) => distinct.has(value)
        : (value: number) => step === undefined || isMultiple(value, step);
    const isBound = (value: number) => value <= low || value >= high;
    return [
      {
        column: spec.name,
        atBounds: { real: share(a, isBound), synthetic: share(b, isBound) },
        offGrid: 1 - share(b, isOnGrid),
        round: {
          real: share(a, (value) => isMultiple(value, 10 * unit)),
          synthetic: share(b, (value) => isMultiple(value, 10 * unit)),
        },
      },
    ];
  });
}

const MOST_ROWS = 300;
const NEAREST = 12;
/** A segment must be this many recorded units long in two columns, or rounding alone puts rows on it. */
const LONG = 20;

/**
 * Share of rows that lie between two real rows in every numeric column at once, at the same share of the way: what
 * interpolation leaves behind. At most 300 rows are looked at, from each to its 12 nearest real rows and on to all.
 * @param isSame True where `rows` are the real rows themselves: a row is then no neighbour of its own.
 * @returns Null with fewer than three numeric columns that vary, where lines cannot be told from chance.
 */
export function onInterpolationLines(real: Frame, rows: Frame, isSame: boolean, rng: Rng): number | null {
  const numeric = real.specs.flatMap((spec, c) => {
    const values = real.columns[c]!;
    return isNumericSpec(spec) && new Set(values.filter((value) => !Number.isNaN(value))).size > FEW_VALUES ? [c] : [];
  });
  if (numeric.length < 3) return null;
  const unit = numeric.map((c) => 10 ** -real.specs[c]!.decimals);
  const pick = (frame: Frame) => {
    const columns = numeric.map((c) => frame.columns[c]!);
    return shuffleInPlace(Int32Array.from(completeRows(columns, frame.rows)), rng);
  };
  const others = pick(real).slice(0, 3 * MOST_ROWS);
  const asked = pick(rows).slice(0, MOST_ROWS);
  if (asked.length === 0 || others.length < 3) return null;
  const valuesOf = (frame: Frame, list: Int32Array) =>
    Array.from(list, (row) => numeric.map((c, k) => frame.columns[c]![row]! / unit[k]!));
  const points = valuesOf(real, others);
  const spread = unit.map((_, k) => {
    const column = points.map((point) => point[k]!);
    return Math.max(1, Math.max(...column) - Math.min(...column));
  });
  let found = 0;
  valuesOf(rows, asked).forEach((point, at) => {
    const usable = points.filter((_, i) => !(isSame && others[i] === asked[at]));
    const distance = (other: readonly number[]) =>
      other.reduce((sum, v, k) => sum + ((v - point[k]!) / spread[k]!) ** 2, 0);
    const near = usable.toSorted((one, other) => distance(one) - distance(other)).slice(0, NEAREST);
    if (near.some((from) => usable.some((to) => isBetween(from, to, point)))) found++;
  });
  return found / asked.length;
}

/** Whether a point is from + u (to - from) with one u in (0, 1) up to the rounding of every column. */
function isBetween(from: readonly number[], to: readonly number[], point: readonly number[]): boolean {
  let longest = 0;
  let long = 0;
  for (let k = 0; k < from.length; k++) {
    const length = Math.abs(to[k]! - from[k]!);
    if (length > LONG) long++;
    if (length > Math.abs(to[longest]! - from[longest]!)) longest = k;
  }
  if (long < 3) return false;
  const u = (point[longest]! - from[longest]!) / (to[longest]! - from[longest]!);
  if (!(u > 0.02 && u < 0.98)) return false;
  return from.every((start, k) => Math.abs(start + u * (to[k]! - start) - point[k]!) <= 1);
}
