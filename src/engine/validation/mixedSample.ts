import { dealFolds } from '../data/folds';
import type { Frame } from '../data/frame';
import type { RowUnits } from '../data/rowUnits';
import type { Variable } from '../dependence/dependenceTest';
import { completeRows } from '../dependence/statementRows';
import { variableOf } from '../dependence/variable';
import { type Rng, shuffleInPlace } from '../rng';

/** Real rows followed by synthetic ones, in folds that keep together what was made from one real row or unit. */
export interface MixedSample {
  /** Rows of the real frame that were drawn; they come first. */
  readonly real: Int32Array;
  readonly rows: number;
  readonly variables: readonly Variable[];
  readonly fold: Uint8Array;
}

interface MixedSampleLimits {
  readonly folds: number;
  /** Most rows of a kind, and fewest for anything to be said. */
  readonly most: number;
  readonly fewest: number;
}

/**
 * Draws complete real rows and at most as many synthetic ones. Null where there are too few.
 * @param donor Row of `real` that each synthetic row started from, -1 where unknown. `units`: of the rows of `real`.
 */
export function mixedSample(
  real: Frame,
  synthetic: Frame,
  donor: Int32Array,
  units: RowUnits | null,
  { folds, most, fewest }: MixedSampleLimits,
  rng: Rng,
): MixedSample | null {
  const pick = (frame: Frame, limit: number) => {
    const complete = completeRows(frame.columns, frame.rows);
    return complete.length > limit ? shuffleInPlace(Int32Array.from(complete), rng).slice(0, limit).sort() : complete;
  };
  const a = pick(real, most);
  const b = pick(synthetic, a.length);
  if (a.length < fewest || b.length < fewest) return null;
  const rows = a.length + b.length;
  const joined: Frame = {
    rows,
    specs: real.specs,
    columns: real.columns.map((column, c) =>
      Float64Array.from([
        ...Array.from(a, (row) => column[row]!),
        ...Array.from(b, (row) => synthetic.columns[c]![row]!),
      ]),
    ),
  };
  const all = Int32Array.from({ length: rows }, (_, i) => i);
  return {
    real: a,
    rows,
    variables: real.specs.map((_, c) => variableOf(joined, c, all)),
    fold: donorFolds(
      a,
      Array.from(b, (row) => donor[row]!),
      folds,
      units,
      rng,
    ),
  };
}

/** Folds by donor: a real row, the rows of its unit and the rows made from any of them are never on both sides of a split. */
function donorFolds(
  real: Int32Array,
  donors: ArrayLike<number>,
  folds: number,
  units: RowUnits | null,
  rng: Rng,
): Uint8Array {
  const unitOf = (row: number) => (units && row >= 0 ? units[row]! : row);
  const own = dealFolds({ rows: real.length, folds, units: units && real.map(unitOf) }, rng);
  const foldOf = new Map(Array.from(real, (row, i) => [unitOf(row), own[i]!]));
  return Uint8Array.from([...own, ...Array.from(donors, (row) => foldOf.get(unitOf(row)) ?? rng.integer(folds))]);
}
