import type { Frame, ValueSpec } from '../data/frame';
import { createRng } from '../rng';
import type { Task } from '../task';
import { ksDistance, totalVariation, variance } from '../validation/columnFidelity';
import { associationOf, measureOf } from './association';
import type { PointLayer } from './layerRows';

/** One made layer against the real rare rows, in one column or pair. */
export interface ArmDistance {
  readonly layer: PointLayer;
  /** KS or TV distance of a column; absolute change of the association of a pair. */
  readonly distance: number;
  /** Synthetic over real variance; null for categories, constants and pairs. */
  readonly varianceRatio: number | null;
  /** Association among the made rows; null for columns. */
  readonly association: number | null;
}

export interface ColumnDamage {
  readonly column: string;
  readonly measure: 'ks' | 'tv';
  /**
   * Distance that 95 % of resamples of the real rare rows stay under, and no less than 3 / n: what chance alone does to so few
   * rows, and the share that a value may have which none of them shows.
   */
  readonly chance: number;
  readonly arms: readonly ArmDistance[];
}

export interface PairDamage {
  readonly a: string;
  readonly b: string;
  readonly measure: 'rank' | 'eta' | 'v';
  readonly real: number;
  readonly chance: number;
  readonly arms: readonly ArmDistance[];
}

const RESAMPLES = 60;
/** Rows a side for associations and resamples; more change the third digit only. */
const MOST_ROWS = 2000;

/**
 * How far every column and every pair of made rows is from the real rare ones, beside what resampling the real rows
 * does: a distance under that chance level is no damage. Columns: KS for numbers, TV for categories. Pairs: change of
 * Spearman's correlation (numbers, orders, yes/no), of the correlation ratio on ranks (a number and a category) or of
 * Cramér's V (two categories).
 * @param real The real rare rows; `arms` have the same columns.
 */
export async function damageOf(
  real: Frame,
  arms: readonly { readonly layer: PointLayer; readonly frame: Frame }[],
  seed: number,
  task: Task,
): Promise<{ readonly columns: readonly ColumnDamage[]; readonly pairs: readonly PairDamage[] }> {
  const { specs } = real;
  const rng = createRng(seed, 'damage-resample');
  const few = thinned(real);
  const resamples = Array.from({ length: RESAMPLES }, () => {
    const rows = Int32Array.from({ length: few.rows }, () => rng.integer(Math.max(1, few.rows)));
    return few.columns.map((column) => Float64Array.from(rows, (row) => column[row]!));
  });
  const columns: ColumnDamage[] = [];
  for (const [c, spec] of specs.entries()) {
    await task.checkpoint((0.3 * c) / specs.length, 'Comparing columns');
    const before = real.columns[c]!;
    const realVariance = spec.levels ? 0 : variance(before);
    columns.push({
      column: spec.name,
      measure: spec.levels ? 'tv' : 'ks',
      chance: Math.max(
        3 / Math.max(1, real.rows),
        quantile95(resamples.map((one) => columnDistance(spec, few.columns[c]!, one[c]!))),
      ),
      arms: arms.map(({ layer, frame }) => ({
        layer,
        distance: columnDistance(spec, before, frame.columns[c]!),
        varianceRatio: realVariance > 0 ? variance(frame.columns[c]!) / realVariance : null,
        association: null,
      })),
    });
  }
  const thin = arms.map(({ layer, frame }) => ({ layer, frame: thinned(frame) }));
  const pairs: PairDamage[] = [];
  const count = (specs.length * (specs.length - 1)) / 2;
  for (let a = 0; a < specs.length; a++)
    for (let b = a + 1; b < specs.length; b++) {
      await task.checkpoint(0.3 + (0.7 * pairs.length) / count, 'Comparing pairs');
      const [one, other] = [specs[a]!, specs[b]!];
      const association = (frameColumns: readonly Float64Array[]) =>
        associationOf(one, frameColumns[a]!, other, frameColumns[b]!);
      const before = association(few.columns);
      if (Number.isNaN(before)) continue;
      pairs.push({
        a: one.name,
        b: other.name,
        measure: measureOf(one, other),
        real: before,
        chance: quantile95(resamples.map((columnsOf) => Math.abs(association(columnsOf) - before))),
        arms: thin.map(({ layer, frame }) => {
          const after = association(frame.columns);
          return { layer, distance: Math.abs(after - before), varianceRatio: null, association: after };
        }),
      });
    }
  return { columns, pairs };
}

const columnDistance = (spec: ValueSpec, a: Float64Array, b: Float64Array): number =>
  spec.levels ? totalVariation(a, b, spec.levels.length) : ksDistance(a, b);

/** Every k-th row, so that at most MOST_ROWS are left; rows of a run are in random order. */
function thinned(frame: Frame): Frame {
  const step = Math.ceil(frame.rows / MOST_ROWS);
  if (step <= 1) return frame;
  const columns = frame.columns.map((column) => column.filter((_, i) => i % step === 0));
  return { ...frame, rows: columns[0]?.length ?? 0, columns };
}

function quantile95(values: readonly number[]): number {
  const known = values.filter((value) => !Number.isNaN(value)).sort((a, b) => a - b);
  return known.length === 0 ? Number.NaN : known[Math.min(known.length - 1, Math.floor(0.95 * known.length))]!;
}
