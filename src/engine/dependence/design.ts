import type { Variable } from './dependenceTest';
import { lengthOf, scoresOf } from './variable';

/**
 * A design matrix of shape (rows, width) by its entries that are not zero, as splines and indicators leave few: row i has
 * value[e] in column index[e] for e from start[i] to start[i + 1] - 1, columns rising.
 */
export interface DesignMatrix {
  readonly rows: number;
  readonly width: number;
  readonly start: Int32Array;
  readonly index: Uint16Array;
  readonly value: Float64Array;
}

/** How the conditions of a statement enter its regressions: a constant, then the terms of each condition. */
export interface Design {
  /** Number of columns, the constant included. */
  readonly width: number;
  /** The design of any rows with the same conditions. */
  matrix(given: readonly Variable[], rows: number): DesignMatrix;
}

/** Rows [from, to) of a design matrix; shares memory with it. */
export const designRows = (matrix: DesignMatrix, from: number, to: number): DesignMatrix => ({
  ...matrix,
  rows: to - from,
  start: matrix.start.subarray(from, to + 1),
});

/** Writes the terms of one condition for one row, starting at `out[at]`. */
interface Term {
  readonly width: number;
  /** Most entries of a row that are not zero. */
  readonly mostEntries: number;
  write(value: number, out: Float64Array, at: number): void;
}

const MOST_SPLINE_TERMS = 14;
/** A regression with more columns than a sixth of its rows follows noise. */
const ROWS_PER_COLUMN = 6;

/** Straight lines for numbers, one indicator a non-base level for categories. */
export const linearDesign = (given: readonly Variable[]): Design => designOf(given.map((z) => plainTerm(z)));

/**
 * Cubic B-splines for numbers, knots at quantiles of these rows; more knots with more rows (about n^(1/3)), fewer where
 * the conditions together would take more than a sixth of the rows. A number with few distinct values gets one indicator
 * a value; categories as in `linearDesign`.
 */
export function splineDesign(given: readonly Variable[], rows: number): Design {
  const numbers = given.filter((z) => z.kind === 'numeric').length;
  const taken = given.reduce((sum, z) => sum + (z.kind === 'numeric' ? 0 : z.levels - 1), 1);
  const budget = Math.floor((rows / ROWS_PER_COLUMN - taken) / Math.max(1, numbers));
  const terms = Math.min(MOST_SPLINE_TERMS, Math.round(1.1 * Math.cbrt(rows)), budget);
  return designOf(given.map((z) => (z.kind === 'numeric' ? curveTerm(z.values, terms) : plainTerm(z))));
}

function designOf(terms: readonly Term[]): Design {
  const width = terms.reduce((sum, term) => sum + term.width, 1);
  return {
    width,
    matrix(given, rows) {
      const conditions = given.map(scoresOf);
      const start = new Int32Array(rows + 1);
      const most = terms.reduce((sum, term) => sum + Math.min(term.width, term.mostEntries), 1);
      const index = new Uint16Array(rows * most);
      const value = new Float64Array(rows * most);
      const line = new Float64Array(width);
      let entry = 0;
      for (let row = 0; row < rows; row++) {
        line.fill(0);
        line[0] = 1;
        let offset = 1;
        for (let t = 0; t < terms.length; t++) {
          terms[t]!.write(conditions[t]![row]!, line, offset);
          offset += terms[t]!.width;
        }
        for (let column = 0; column < width; column++) {
          if (line[column] === 0) continue;
          index[entry] = column;
          value[entry++] = line[column]!;
        }
        start[row + 1] = entry;
      }
      return { rows, width, start, index, value };
    },
  };
}

function plainTerm(z: Variable): Term {
  if (z.kind !== 'numeric') {
    return {
      width: z.levels - 1,
      mostEntries: 1,
      write(code, out, at) {
        if (code > 0) out[at + code - 1] = 1;
      },
    };
  }
  const rows = lengthOf(z);
  const mean = z.values.reduce((sum, value) => sum + value / rows, 0);
  const deviation = Math.sqrt(z.values.reduce((sum, value) => sum + (value - mean) ** 2 / rows, 0));
  const scale = deviation > 0 ? 1 / deviation : 1;
  return {
    width: 1,
    mostEntries: 1,
    write(value, out, at) {
      out[at] = (value - mean) * scale;
    },
  };
}

function curveTerm(values: Float64Array, terms: number): Term {
  const sorted = Float64Array.from(values).sort();
  const distinct = sorted.filter((value, i) => i === 0 || value !== sorted[i - 1]);
  if (distinct.length <= Math.max(2, Math.min(terms + 1, 10))) return stepTerm(distinct);
  if (terms < 3) return plainTerm({ kind: 'numeric', values });
  return splineTerm(distinct, sorted, terms);
}

/** One indicator a distinct value but the first; a value not seen before counts as the nearest seen one. */
function stepTerm(distinct: Float64Array): Term {
  return {
    width: Math.max(0, distinct.length - 1),
    mostEntries: 1,
    write(value, out, at) {
      let nearest = 0;
      for (let i = 1; i < distinct.length; i++) {
        if (Math.abs(distinct[i]! - value) < Math.abs(distinct[nearest]! - value)) nearest = i;
      }
      if (nearest > 0) out[at + nearest - 1] = 1;
    },
  };
}

const DEGREE = 3;

/**
 * Cubic B-splines with boundary knots at the smallest and largest value; the first is dropped, as they sum to the
 * constant. Values outside are taken to the boundary.
 */
function splineTerm(distinct: Float64Array, sorted: Float64Array, terms: number): Term {
  const min = distinct[0]!;
  const max = distinct[distinct.length - 1]!;
  const inner = new Set<number>();
  for (let i = 1; i <= terms - DEGREE; i++) {
    const knot = sorted[Math.floor((i * (sorted.length - 1)) / (terms - DEGREE + 1))]!;
    if (knot > min && knot < max) inner.add(knot);
  }
  const ends = (value: number) => Array<number>(DEGREE + 1).fill(value);
  const knots = Float64Array.from([...ends(min), ...inner, ...ends(max)]);
  const functions = knots.length - DEGREE - 1;
  const basis = new Float64Array(DEGREE + 1);
  return {
    width: functions - 1,
    mostEntries: DEGREE + 1,
    write(value, out, at) {
      const x = Math.min(max, Math.max(min, value));
      let span = DEGREE;
      while (span < functions - 1 && x >= knots[span + 1]!) span++;
      // Cox-de Boor, the four functions that are not zero on the span.
      basis[0] = 1;
      for (let degree = 1; degree <= DEGREE; degree++) {
        let saved = 0;
        for (let r = 0; r < degree; r++) {
          const right = knots[span + r + 1]! - x;
          const left = x - knots[span + 1 - degree + r]!;
          const share = basis[r]! / (right + left);
          basis[r] = saved + right * share;
          saved = left * share;
        }
        basis[degree] = saved;
      }
      for (let r = 0; r <= DEGREE; r++) {
        const index = span - DEGREE + r;
        if (index > 0) out[at + index - 1] = basis[r]!;
      }
    },
  };
}
