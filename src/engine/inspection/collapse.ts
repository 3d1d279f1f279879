import type { Frame } from '../data/frame';
import { cutOf, cutsOf, type RegionFrames } from './parentCells';

export interface Collapse {
  readonly column: string;
  /** Synthetic over real variance; null for categories and constants. */
  readonly overall: number | null;
  /** The same inside cells of its parents, pooled; null without parents or with too few rows a cell. */
  readonly withinParents: number | null;
  /** Effective number of levels, synthetic over real; null for numbers. */
  readonly levels: number | null;
}

const LEAST_IN_CELL = 5;

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
