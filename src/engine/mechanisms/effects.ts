import type { ValueSpec } from '../data/frame';
import { gather } from '../numeric/gather';
import { sortedValues } from '../numeric/sortedValues';
import type { Mechanism, ParentColumns } from './mechanism';

/** Rows over which an effect is averaged: evenly spaced ones of those learned from. */
const ROWS = 64;
const POINTS = 13;
const NOISES = [0.1, 0.3, 0.5, 0.7, 0.9] as const;
const MOST_LEVELS = 12;

/** How a child depends on one parent, the other parents left as they are in the rows and averaged over. */
export interface EffectShape {
  readonly parent: string;
  /** Values of a numeric parent, increasing; codes of a categorical one. */
  readonly at: readonly number[];
  /** Level texts at the places of a categorical parent; null for a number. */
  readonly places: readonly string[] | null;
  /** For a number: mean over the rows of its 10 %, middle (mean of five quantiles) and 90 % value at each place. */
  readonly low: readonly number[];
  readonly centre: readonly number[];
  readonly high: readonly number[];
  /** For a category: each level's probability at each place, at most the first 6 levels; else null. */
  readonly shares: readonly { readonly level: string; readonly at: readonly number[] }[] | null;
}

const SHOWN_LEVELS = 6;

interface Asked {
  readonly child: ValueSpec;
  readonly parents: readonly ValueSpec[];
  readonly parentColumns: ParentColumns;
}

/** The partial effect of every parent. */
export function effectShapes(mechanism: Mechanism, asked: Asked): readonly EffectShape[] {
  return asked.parents.map((spec, parent) => {
    const at = placesOf(spec, asked.parentColumns[parent]!);
    const quantiles = averagesAt(mechanism, asked, parent, at);
    const levels = asked.child.levels;
    return {
      parent: spec.name,
      at,
      places: spec.levels ? at.map((code) => spec.levels![code]!) : null,
      low: levels ? [] : quantiles.map((q) => q.byNoise[0]!),
      centre: levels ? [] : quantiles.map(({ byNoise }) => byNoise.reduce((a, b) => a + b, 0) / byNoise.length),
      high: levels ? [] : quantiles.map((q) => q.byNoise[NOISES.length - 1]!),
      shares: levels
        ? levels.slice(0, SHOWN_LEVELS).map((level, k) => ({ level, at: quantiles.map(({ shares }) => shares[k]!) }))
        : null,
    };
  });
}

/** Change of the child's centre (its mean code, for a category) between the parent's 10 % and 90 % value, or first and last level. */
export function averageRise(mechanism: Mechanism, asked: Asked, parent: number): number {
  const spec = asked.parents[parent]!;
  const column = sortedValues(asked.parentColumns[parent]!);
  const ends = spec.levels
    ? [0, spec.levels.length - 1]
    : [column[Math.floor(0.1 * column.length)]!, column[Math.floor(0.9 * (column.length - 1))]!];
  const [low, high] = averagesAt(mechanism, asked, parent, ends).map(({ byNoise, shares }) =>
    asked.child.levels
      ? shares.reduce((sum, share, k) => sum + k * share, 0)
      : byNoise.reduce((sum, v) => sum + v, 0) / byNoise.length,
  );
  return high! - low!;
}

function placesOf(spec: ValueSpec, column: Float64Array): readonly number[] {
  const sorted = sortedValues(column);
  if (spec.levels) {
    const present = new Set(sorted);
    return [...spec.levels.keys()].filter((code) => present.has(code)).slice(0, MOST_LEVELS);
  }
  const distinct: number[] = [];
  for (const v of sorted) if (v !== distinct[distinct.length - 1] && distinct.length <= POINTS) distinct.push(v);
  if (distinct.length <= POINTS) return distinct;
  const low = sorted[Math.floor(0.02 * sorted.length)]!;
  const high = sorted[Math.floor(0.98 * (sorted.length - 1))]!;
  const even = Array.from({ length: POINTS }, (_, k) => low + (k / (POINTS - 1)) * (high - low));
  return high > low ? even : distinct.slice(0, POINTS);
}

/** Means over rows, at each place: the child's value at each of five noises, and the shares of its levels. */
function averagesAt(mechanism: Mechanism, { child, parentColumns }: Asked, parent: number, places: readonly number[]) {
  const total = parentColumns[parent]!.length;
  const rows = Array.from({ length: Math.min(ROWS, total) }, (_, k) => Math.floor((k * total) / Math.min(ROWS, total)));
  const size = rows.length;
  const columns = parentColumns.map((column, p) => {
    const own = gather(column, rows);
    const out = new Float64Array(size * places.length);
    places.forEach((place, at) => {
      if (p === parent) out.fill(place, at * size, (at + 1) * size);
      else out.set(own, at * size);
    });
    return out;
  });
  const mean = (values: Float64Array, at: number) => {
    let sum = 0;
    let known = 0;
    for (let i = at * size; i < (at + 1) * size; i++)
      if (!Number.isNaN(values[i]!)) {
        sum += values[i]!;
        known++;
      }
    return sum / known;
  };
  if (child.levels) {
    const shares = child.levels.map((_, k) => {
      const p = mechanism.logDensity(columns, new Float64Array(size * places.length).fill(k)).map(Math.exp);
      return places.map((_place, at) => mean(p, at));
    });
    return places.map((_, at) => ({ byNoise: [] as number[], shares: shares.map((share) => share[at]!) }));
  }
  const byNoise = NOISES.map((u) => mechanism.quantile(columns, new Float64Array(size * places.length).fill(u)));
  return places.map((_, at) => ({ byNoise: byNoise.map((values) => mean(values, at)), shares: [] as number[] }));
}
