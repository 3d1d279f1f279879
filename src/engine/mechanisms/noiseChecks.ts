import type { ValueSpec } from '../data/frame';
import { normalQuantileInPlace } from '../numeric/normal';
import { sortedValues } from '../numeric/sortedValues';
import type { ParentColumns } from './mechanism';

const PIT_BINS = 10;
const GROUPS = 8;

/** What the out-of-fold noise of a fitted mechanism says about its shape. */
export interface NoiseChecks {
  /** Weighted share of rows in ten equal bins of the noise: each about 0.1 where the law has the right shape. */
  readonly pit: readonly number[];
  /** The same for each class of a target parent, by level; empty where the target is no parent. */
  readonly pitByClass: readonly { readonly level: string; readonly rows: number; readonly pit: readonly number[] }[];
  /**
   * For each parent, how much the Gaussianised noise still depends on it: omega (the bias-corrected correlation ratio over up to
   * 8 groups of the parent), 0 to 1, for its centre and for its square. Both about 0 where nothing is left to learn.
   */
  readonly dependence: readonly { readonly parent: string; readonly centre: number; readonly spread: number }[];
}

export function checkNoise(
  noise: Float64Array,
  weights: Float64Array,
  parents: readonly ValueSpec[],
  parentColumns: ParentColumns,
  targetParent: number,
): NoiseChecks {
  const z = noise.slice();
  normalQuantileInPlace(z);
  const squares = new Float64Array(z.length);
  for (let i = 0; i < z.length; i++) squares[i] = z[i]! * z[i]!;
  const target = targetParent >= 0 ? parents[targetParent]! : null;
  return {
    pit: histogram(noise, weights, () => true).pit,
    pitByClass: (target?.levels ?? []).flatMap((level, code) => {
      const column = parentColumns[targetParent]!;
      const { rows, pit } = histogram(noise, weights, (i) => column[i] === code);
      return rows > 0 ? [{ level, rows, pit }] : [];
    }),
    dependence: parents.map((spec, p) => {
      const groups = groupsOf(spec, parentColumns[p]!);
      return { parent: spec.name, centre: omega(z, groups), spread: omega(squares, groups) };
    }),
  };
}

function histogram(noise: Float64Array, weights: Float64Array, keep: (i: number) => boolean) {
  const pit = new Array<number>(PIT_BINS).fill(0);
  let total = 0;
  let rows = 0;
  for (let i = 0; i < noise.length; i++) {
    if (!keep(i)) continue;
    pit[Math.min(PIT_BINS - 1, Math.floor(noise[i]! * PIT_BINS))]! += weights[i]!;
    total += weights[i]!;
    rows++;
  }
  return { rows, pit: pit.map((share) => share / (total || 1)) };
}

/** Group of each row: levels, or up to 8 groups of equal size; missing cells are a group of their own. */
function groupsOf(spec: ValueSpec, column: Float64Array): Int32Array {
  const groups = new Int32Array(column.length);
  if (spec.levels) {
    for (let i = 0; i < groups.length; i++) groups[i] = Number.isNaN(column[i]!) ? spec.levels.length : column[i]!;
    return groups;
  }
  const sorted = sortedValues(column);
  const edges = Array.from({ length: GROUPS - 1 }, (_, k) => sorted[Math.floor(((k + 1) / GROUPS) * sorted.length)]!);
  for (let i = 0; i < groups.length; i++) {
    const v = column[i]!;
    let group = 0;
    while (group < GROUPS - 1 && v > edges[group]!) group++;
    groups[i] = Number.isNaN(v) ? GROUPS : group;
  }
  return groups;
}

/** sqrt of omega squared = (between - (k - 1) within) / (total + within), 0 where negative. */
function omega(values: Float64Array, groups: Int32Array): number {
  let size = 0;
  for (let i = 0; i < groups.length; i++) size = Math.max(size, groups[i]! + 1);
  const counts = new Float64Array(size);
  const totals = new Float64Array(size);
  let mean = 0;
  for (let i = 0; i < values.length; i++) {
    counts[groups[i]!]! += 1;
    totals[groups[i]!]! += values[i]!;
    mean += values[i]! / values.length;
  }
  const filled = counts.reduce((sum, n) => sum + (n > 0 ? 1 : 0), 0);
  let total = 0;
  for (let i = 0; i < values.length; i++) total += (values[i]! - mean) ** 2;
  let between = 0;
  for (let g = 0; g < size; g++) if (counts[g]! > 0) between += counts[g]! * (totals[g]! / counts[g]! - mean) ** 2;
  const freedom = values.length - filled;
  if (freedom <= 0 || !(total > 0)) return 0;
  const within = (total - between) / freedom;
  return Math.sqrt(Math.max(0, (between - (filled - 1) * within) / (total + within)));
}
