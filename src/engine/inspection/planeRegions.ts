import type { ValueSpec } from '../data/frame';
import { type Unseen, unseenOf } from './unseen';

/** Cells of one column: equal stretches for numbers, one a level for categories. */
export interface Cells {
  readonly column: string;
  readonly count: number;
  /** Ends of the stretches (count + 1); empty for categories. */
  readonly edges: readonly number[];
  readonly levels: readonly string[];
}

export interface PlaneRegions {
  readonly x: Cells;
  readonly y: Cells;
  /** Row-major (y, x): rows of each kind in a cell. */
  readonly common: readonly number[];
  readonly rare: readonly number[];
  readonly made: readonly number[];
  readonly unseen: Unseen;
  /** Share of real rare rows in cells without a synthetic one. */
  readonly uncovered: number;
}

/** One column of the three kinds of rows; NaN is missing and has no cell. */
export interface ColumnParts {
  readonly spec: ValueSpec;
  readonly common: Float64Array;
  readonly rare: Float64Array;
  readonly made: Float64Array;
}

const MOST_CELLS = 16;

/** The plane of two columns cut into cells, and where synthetic rows live without real rare ones. */
export function planeRegions(xs: ColumnParts, ys: ColumnParts): PlaneRegions {
  const x = cellsOf(xs, MOST_CELLS);
  const y = cellsOf(ys, MOST_CELLS);
  const count = ({ x: a, y: b }: { readonly x: Float64Array; readonly y: Float64Array }) => {
    const out = new Float64Array(x.cells.count * y.cells.count);
    for (let i = 0; i < a.length; i++) {
      const [cx, cy] = [x.cellOf(a[i]!), y.cellOf(b[i]!)];
      if (cx >= 0 && cy >= 0) out[cy * x.cells.count + cx]!++;
    }
    return out;
  };
  const common = count({ x: xs.common, y: ys.common });
  const rare = count({ x: xs.rare, y: ys.rare });
  const made = count({ x: xs.made, y: ys.made });
  const total = rare.reduce((sum, rows) => sum + rows, 0);
  const uncovered = rare.reduce((sum, rows, cell) => sum + (made[cell] === 0 ? rows : 0), 0);
  return {
    x: x.cells,
    y: y.cells,
    common: Array.from(common),
    rare: Array.from(rare),
    made: Array.from(made),
    unseen: unseenOf(rare, made),
    uncovered: total > 0 ? uncovered / total : 0,
  };
}

function cellsOf(parts: ColumnParts, most: number) {
  const { spec } = parts;
  if (spec.levels) {
    const { levels } = spec;
    return {
      cells: { column: spec.name, count: levels.length, edges: [], levels },
      cellOf: (value: number) => (Number.isNaN(value) ? -1 : value),
    };
  }
  let min = Number.POSITIVE_INFINITY;
  let max = Number.NEGATIVE_INFINITY;
  const distinct = new Set<number>();
  for (const values of [parts.common, parts.rare, parts.made])
    for (const value of values) {
      if (value < min) min = value;
      if (value > max) max = value;
      if (distinct.size <= most && !Number.isNaN(value)) distinct.add(value);
    }
  if (min > max) return { cells: { column: spec.name, count: 0, edges: [], levels: [] }, cellOf: () => -1 };
  const count = max > min ? Math.max(2, Math.min(most, distinct.size)) : 1;
  const width = (max - min) / count;
  return {
    cells: {
      column: spec.name,
      count,
      edges: Array.from({ length: count + 1 }, (_, i) => min + i * width),
      levels: [],
    },
    cellOf: (value: number) =>
      Number.isNaN(value) ? -1 : width === 0 ? 0 : Math.min(count - 1, Math.floor((value - min) / width)),
  };
}
