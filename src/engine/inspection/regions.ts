import type { Frame, ValueSpec } from '../data/frame';

/** Cells of one column: equal stretches for numbers, one a level for categories. */
export interface Cells {
  readonly column: string;
  readonly count: number;
  /** Ends of the stretches (count + 1); empty for categories. */
  readonly edges: readonly number[];
  readonly levels: readonly string[];
}

/** What real rows lead one to expect of rows drawn afresh, where cells are few rows wide. */
export interface Unseen {
  /** Share of synthetic rows in cells without a real rare row. */
  readonly share: number;
  /** The same share to be expected of fresh real rows: cells with one real row, over all real rows. */
  readonly expected: number;
  /** Standard error of the expectation. */
  readonly error: number;
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

export interface ParentRegions {
  readonly node: string;
  readonly parents: readonly string[];
  readonly unseen: Unseen;
  /** The fullest combinations without a real rare row, as words, with synthetic rows and real common rows in them. */
  readonly worst: readonly { readonly text: string; readonly made: number; readonly common: number }[];
}

export interface Collapse {
  readonly column: string;
  /** Synthetic over real variance; null for categories and constants. */
  readonly overall: number | null;
  /** The same inside cells of its parents, pooled; null without parents or with too few rows a cell. */
  readonly withinParents: number | null;
  /** Effective number of levels, synthetic over real; null for numbers. */
  readonly levels: number | null;
}

const MOST_CELLS = 16;
const PARENT_CELLS = 4;
const LEAST_IN_CELL = 5;
const MOST_WORST = 5;

/**
 * The plane of two columns cut into cells, and where synthetic rows live without real rare ones. With n real rows some
 * cells are empty by chance: the share of fresh real rows to be expected there is n1 / n, n1 the cells with exactly one
 * real row, with variance (n1 (1 - n1 / n) + 2 n2) / n^2.
 * @see The Population Frequencies of Species and the Estimation of Population Parameters, Biometrika 40 (1953).
 */
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

/** One column of the three kinds of rows; NaN is missing and has no cell. */
export interface ColumnParts {
  readonly spec: ValueSpec;
  readonly common: Float64Array;
  readonly rare: Float64Array;
  readonly made: Float64Array;
}

function unseenOf(rare: ArrayLike<number>, made: ArrayLike<number>): Unseen {
  let [n, n1, n2, rows, empty] = [0, 0, 0, 0, 0];
  for (let cell = 0; cell < rare.length; cell++) {
    const here = rare[cell]!;
    n += here;
    if (here === 1) n1++;
    if (here === 2) n2++;
    rows += made[cell]!;
    if (here === 0) empty += made[cell]!;
  }
  return {
    share: rows > 0 ? empty / rows : 0,
    expected: n > 0 ? n1 / n : 1,
    error: n > 0 ? Math.sqrt(n1 * (1 - n1 / n) + 2 * n2) / n : 1,
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

/** Rows of the three kinds, in the same columns. */
export interface RegionFrames {
  readonly common: Frame;
  readonly rare: Frame;
  readonly made: Frame;
}

/** Combinations of the parents of every node that has two or more, numbers cut at the quartiles of the real rare rows. */
export function parentRegions(
  { common, rare, made }: RegionFrames,
  parents: readonly (readonly number[])[],
  format: (column: number, value: number) => string,
): ParentRegions[] {
  return rare.specs.flatMap((spec, node) => {
    const own = parents[node]!;
    if (own.length < 2) return [];
    const cuts = own.map((p) => cutsOf(rare, p));
    const count = (frame: Frame) => {
      const found = new Map<string, number>();
      for (let i = 0; i < frame.rows; i++) {
        const key = own.map((p, k) => cutOf(cuts[k]!, frame.columns[p]![i]!)).join(' ');
        if (!key.includes('-1')) found.set(key, (found.get(key) ?? 0) + 1);
      }
      return found;
    };
    const [inCommon, inRare, inMade] = [count(common), count(rare), count(made)];
    const keys = [...new Set([...inRare.keys(), ...inMade.keys()])];
    const worst = keys
      .filter((key) => !inRare.has(key))
      .sort((a, b) => inMade.get(b)! - inMade.get(a)! || (a < b ? -1 : 1))
      .slice(0, MOST_WORST)
      .map((key) => ({
        text: key
          .split(' ')
          .map((cell, k) => cutText(rare.specs[own[k]!]!, cuts[k]!, Number(cell), (value) => format(own[k]!, value)))
          .join(', '),
        made: inMade.get(key)!,
        common: inCommon.get(key) ?? 0,
      }));
    return [
      {
        node: spec.name,
        parents: own.map((p) => rare.specs[p]!.name),
        unseen: unseenOf(
          keys.map((key) => inRare.get(key) ?? 0),
          keys.map((key) => inMade.get(key) ?? 0),
        ),
        worst,
      },
    ];
  });
}

/** Inner borders of the cells of a number; null for categories, whose cells are their levels. */
function cutsOf(frame: Frame, column: number): readonly number[] | null {
  if (frame.specs[column]!.levels) return null;
  const sorted = frame.columns[column]!.filter((value) => !Number.isNaN(value)).sort();
  const cuts = Array.from(
    { length: PARENT_CELLS - 1 },
    (_, k) => sorted[Math.floor(((k + 1) * sorted.length) / PARENT_CELLS)]!,
  );
  // Few distinct values give fewer cells, not empty ones.
  return [...new Set(cuts)].filter((cut) => cut > sorted[0]!);
}

const cutOf = (cuts: readonly number[] | null, value: number): number =>
  Number.isNaN(value) ? -1 : cuts === null ? value : cuts.filter((cut) => value >= cut).length;

function cutText(
  spec: ValueSpec,
  cuts: readonly number[] | null,
  cell: number,
  format: (value: number) => string,
): string {
  if (cuts === null) return `${spec.name} = ${spec.levels![cell]}`;
  if (cuts.length === 0) return `any ${spec.name}`;
  if (cell === 0) return `${spec.name} < ${format(cuts[0]!)}`;
  if (cell === cuts.length) return `${spec.name} ≥ ${format(cuts[cell - 1]!)}`;
  return `${spec.name} ${format(cuts[cell - 1]!)} to ${format(cuts[cell]!)}`;
}

/** Where synthetic rows vary less than real rare ones: overall, and among rows whose parents are alike. */
export function collapses(
  { rare, made }: RegionFrames,
  parents: readonly (readonly number[])[],
  target: number,
): Collapse[] {
  return rare.specs.flatMap((spec, node): Collapse[] => {
    if (node === target) return [];
    const [before, after] = [rare.columns[node]!, made.columns[node]!];
    if (spec.levels)
      return [
        {
          column: spec.name,
          overall: null,
          withinParents: null,
          levels: effectiveLevels(after, spec.levels.length) / effectiveLevels(before, spec.levels.length),
        },
      ];
    const own = parents[node]!;
    const cuts = own.map((p) => cutsOf(rare, p));
    const keyOf = (frame: Frame) => (i: number) => own.map((p, k) => cutOf(cuts[k]!, frame.columns[p]![i]!)).join(' ');
    const all = () => '';
    const ratio = (real: (i: number) => string, synthetic: (i: number) => string) => {
      const [a, b] = [spreads(before, real), spreads(after, synthetic)];
      let [top, bottom, weight] = [0, 0, 0];
      // Both sides are weighed as the real rows are spread over the cells.
      for (const [key, one] of a) {
        const other = b.get(key);
        if (!other || one.n < LEAST_IN_CELL || other.n < LEAST_IN_CELL) continue;
        top += one.n * other.variance;
        bottom += one.n * one.variance;
        weight += one.n;
      }
      return bottom > 0 && weight > 0 ? top / bottom : null;
    };
    return [
      {
        column: spec.name,
        overall: ratio(all, all),
        withinParents: own.length === 0 ? null : ratio(keyOf(rare), keyOf(made)),
        levels: null,
      },
    ];
  });
}

/** exp of the entropy of the level shares: as many equally frequent levels would be as varied. */
function effectiveLevels(codes: Float64Array, levels: number): number {
  const counts = new Float64Array(levels);
  let known = 0;
  for (const code of codes)
    if (!Number.isNaN(code)) {
      counts[code]!++;
      known++;
    }
  let entropy = 0;
  for (const count of counts) if (count > 0) entropy -= (count / known) * Math.log(count / known);
  return Math.exp(entropy);
}

function spreads(values: Float64Array, keyOf: (i: number) => string) {
  const cells = new Map<string, { n: number; mean: number; squares: number; variance: number }>();
  values.forEach((value, i) => {
    if (Number.isNaN(value)) return;
    const key = keyOf(i);
    const cell = cells.get(key) ?? { n: 0, mean: 0, squares: 0, variance: 0 };
    cells.set(key, cell);
    cell.n++;
    const step = value - cell.mean;
    cell.mean += step / cell.n;
    cell.squares += step * (value - cell.mean);
    cell.variance = cell.n > 1 ? cell.squares / (cell.n - 1) : 0;
  });
  return cells;
}
