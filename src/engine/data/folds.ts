import { type Rng, shuffleInPlace } from '../rng';
import type { RowUnits } from './rowUnits';

export interface FoldQuestion {
  readonly rows: number;
  readonly folds: number;
  /** Rows of one stratum, such as a rare level, are spread evenly over the folds; one stratum where absent. */
  readonly stratum?: (row: number) => string | number;
  /** Shape (rows,): rows of one unit stay in one fold. Null, or fewer units than two: every row stands alone. */
  readonly units?: ArrayLike<number> | null;
}

/**
 * Deals rows out to folds at random, 0 to `folds` - 1. Without units the rows of each stratum are dealt in turn, each stratum
 * from another fold on, so that many tiny strata do not pile up in the first one. With units the largest are dealt first, each to
 * the fold that holds the least of the strata it brings; fewer units than folds leave folds empty, see `foldsOfUnits`.
 * @see A Study of Cross-Validation and Bootstrap for Accuracy Estimation and Model Selection, IJCAI 1995, section 3.
 */
export function dealFolds({ rows, folds, stratum = () => 0, units = null }: FoldQuestion, rng: Rng): Uint8Array {
  const order = shuffleInPlace(
    Int32Array.from({ length: rows }, (_, i) => i),
    rng,
  );
  const fold = new Uint8Array(rows);
  if (!units || distinct(units) < 2) {
    const dealt = new Map<string | number, number>();
    let offset = 0;
    for (const row of order) {
      const key = stratum(row);
      const at = dealt.get(key) ?? offset++;
      fold[row] = at % folds;
      dealt.set(key, at + 1);
    }
    return fold;
  }
  const members = new Map<number, number[]>();
  const totals = new Map<string | number, number>();
  for (const row of order) {
    const own = members.get(units[row]!);
    if (own) own.push(row);
    else members.set(units[row]!, [row]);
    totals.set(stratum(row), (totals.get(stratum(row)) ?? 0) + 1);
  }
  const held = Array.from({ length: folds }, () => ({ rows: 0, strata: new Map<string | number, number>() }));
  for (const own of [...members.values()].sort((a, b) => b.length - a.length)) {
    // What a fold would hold of the unit's strata, each as a share of its rows, so that a rare level counts as much as a common one.
    const crowding = held.map(({ strata }) =>
      own.reduce((sum, row) => sum + (strata.get(stratum(row)) ?? 0) / totals.get(stratum(row))!, 0),
    );
    let best = 0;
    for (let f = 1; f < folds; f++) {
      const gap = crowding[f]! - crowding[best]!;
      if (gap < 0 || (gap === 0 && held[f]!.rows < held[best]!.rows)) best = f;
    }
    const { strata } = held[best]!;
    held[best]!.rows += own.length;
    for (const row of own) {
      fold[row] = best;
      strata.set(stratum(row), (strata.get(stratum(row)) ?? 0) + 1);
    }
  }
  return fold;
}

/** At most as many folds as there are units to deal out; `folds` where every row stands alone. */
export function foldsOfUnits(folds: number, units: ArrayLike<number> | null | undefined): number {
  const count = units ? distinct(units) : 0;
  return count < 2 ? folds : Math.min(folds, count);
}

/** The rows in a random order, cut in two halves between units. */
export function twoHalves(
  rows: Int32Array,
  units: RowUnits | null,
  rng: Rng,
): readonly [first: Int32Array, second: Int32Array] {
  const order = shuffleInPlace(rows.slice(), rng);
  const half = units && dealFolds({ rows: order.length, folds: 2, units: order.map((row) => units[row]!) }, rng);
  const inHalf = (which: number) => order.filter((_, i) => (half ? half[i] : i % 2) === which);
  return [inHalf(0), inHalf(1)];
}

const distinct = (units: ArrayLike<number>): number => new Set(Array.from(units)).size;
