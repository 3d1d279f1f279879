import type { RowUnits } from '../data/rowUnits';
import { type Rng, shuffleInPlace } from '../rng';

/** Enough for a standard error that is itself known to 4 %. */
export const REPLICATES = 400;
/** Donors are bootstrapped in at most this many groups: the variance stays right, the cost stops growing with rows. */
export const MOST_GROUPS = 250;

/**
 * Real rows drawn with replacement, the synthetic rows going where their donor goes: synthetic rows are no evidence of
 * their own, so the spread over replicates is that of the real rows.
 */
export interface DonorBootstrap {
  readonly groups: number;
  /** How often each group is drawn in each replicate; shape (REPLICATES, groups). */
  readonly counts: Uint16Array;
}

export function createDonorBootstrap(units: number, rng: Rng): DonorBootstrap {
  const groups = Math.max(1, Math.min(units, MOST_GROUPS));
  const counts = new Uint16Array(REPLICATES * groups);
  for (let replicate = 0; replicate < REPLICATES; replicate++)
    for (let draw = 0; draw < groups; draw++) counts[replicate * groups + rng.integer(groups)]!++;
  return { groups, counts };
}

/** Real rows in the groups that a bootstrap draws. */
export interface BootstrapGroups {
  readonly groups: number;
  /** Shape (real.length,). */
  readonly group: Int32Array;
  /** Group of a row or of its unit; undefined where neither is among those drawn. */
  groupOf(row: number): number | undefined;
}

/** Rows, or whole units of them, in random groups: one each while they are few. */
export function bootstrapGroups(real: readonly number[], units: RowUnits | null, rng: Rng): BootstrapGroups {
  const unitOf = (row: number) => (units && row >= 0 ? units[row]! : row);
  const distinct = [...new Set(real.map(unitOf))];
  const groups = Math.max(1, Math.min(distinct.length, MOST_GROUPS));
  const order = shuffleInPlace(
    Int32Array.from(distinct, (_, i) => i),
    rng,
  );
  const groupOfUnit = new Map(distinct.map((unit, i) => [unit, order[i]! % groups]));
  const groupOf = (row: number) => groupOfUnit.get(unitOf(row));
  return { groups, group: Int32Array.from(real, (row) => groupOf(row)!), groupOf };
}

/** Sums the rows of a (groups, length) matrix, each as often as the replicate drew its group. */
export function replicateTotal(
  bootstrap: DonorBootstrap,
  replicate: number,
  perGroup: Float64Array,
  out: Float64Array,
): void {
  const { groups, counts } = bootstrap;
  const length = out.length;
  out.fill(0);
  for (let group = 0; group < groups; group++) {
    const count = counts[replicate * groups + group]!;
    if (count === 0) continue;
    for (let i = 0; i < length; i++) out[i]! += count * perGroup[group * length + i]!;
  }
}
