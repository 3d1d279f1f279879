import { choleskyFactor, choleskySolve } from './linearAlgebra';

/** row' b >= least. */
export interface LinearLimit {
  readonly row: Float64Array;
  readonly least: number;
}

/**
 * argmin 1/2 b' H b - m' b subject to row_k' b >= least_k, by the dual: b = H^-1 (m + A' l) with l >= 0 the minimum of
 * 1/2 l' A H^-1 A' l - (least - A H^-1 m)' l, found by Lawson and Hanson's active set. Limits that cannot hold together are
 * met as nearly as rounding allows.
 * @param factor Cholesky factor of the positive definite H, row-major (p, p); `moment` m of shape (p,).
 * @see Solving Least Squares Problems, Prentice-Hall 1974, chapter 23.
 */
export function limitedMinimum(
  factor: Float64Array,
  p: number,
  moment: Float64Array,
  limits: readonly LinearLimit[],
): Float64Array {
  const free = choleskySolve(factor, p, moment);
  const missed = limits.map(({ row, least }) => least - dot(row, free));
  if (missed.every((gap) => gap <= 0)) return free;
  const moves = limits.map(({ row }) => choleskySolve(factor, p, row));
  const k = limits.length;
  const gram = new Float64Array(k * k);
  for (let a = 0; a < k; a++) for (let b = 0; b < k; b++) gram[a * k + b] = dot(limits[a]!.row, moves[b]!);
  const pull = activeSet(gram, missed);
  const out = free.slice();
  pull.forEach((l, at) => {
    if (l > 0) for (let j = 0; j < p; j++) out[j]! += l * moves[at]![j]!;
  });
  // A limit of one entry that is met holds it exactly: a coefficient held at 0 is 0, and not what rounding leaves of it.
  pull.forEach((l, at) => {
    const { row, least } = limits[at]!;
    const entry = onlyEntry(row);
    if (l > 0 && entry >= 0) out[entry] = least / row[entry]! + 0;
  });
  return out;
}

/** The one place where a row is not 0; -1 where there are none or several. */
function onlyEntry(row: Float64Array): number {
  const first = row.findIndex((value) => value !== 0);
  return first >= 0 && row.subarray(first + 1).every((value) => value === 0) ? first : -1;
}

/** argmin 1/2 l' G l - d' l over l >= 0. */
function activeSet(gram: Float64Array, d: readonly number[]): Float64Array {
  const k = d.length;
  const l = new Float64Array(k);
  const active: number[] = [];
  const slack = (at: number) => {
    let value = d[at]!;
    for (const b of active) value -= gram[at * k + b]! * l[b]!;
    return value;
  };
  for (let turn = 0; turn < 6 * k; turn++) {
    let entering = -1;
    let worst = 0;
    for (let at = 0; at < k; at++) {
      // A limit is missed by as much as its own scale, so that units do not decide.
      const scale = Math.sqrt(gram[at * k + at]!);
      if (active.includes(at) || !(scale > 0)) continue;
      const gap = slack(at) / scale;
      if (gap > Math.max(worst, 1e-10)) {
        worst = gap;
        entering = at;
      }
    }
    if (entering < 0) break;
    active.push(entering);
    for (;;) {
      const s = solveActive(gram, k, active, d);
      const leaving = active.filter((_, at) => s[at]! <= 0);
      if (leaving.length === 0) {
        active.forEach((at, position) => {
          l[at] = s[position]!;
        });
        break;
      }
      let share = 1;
      active.forEach((at, position) => {
        if (s[position]! <= 0) share = Math.min(share, l[at]! / (l[at]! - s[position]!));
      });
      active.forEach((at, position) => {
        l[at]! += share * (s[position]! - l[at]!);
      });
      for (const at of leaving)
        if (l[at]! <= 1e-14) {
          l[at] = 0;
          active.splice(active.indexOf(at), 1);
        }
      if (active.length === 0) break;
    }
  }
  return l;
}

function solveActive(gram: Float64Array, k: number, active: readonly number[], d: readonly number[]): Float64Array {
  const m = active.length;
  const system = new Float64Array(m * m);
  active.forEach((a, i) => {
    active.forEach((b, j) => {
      system[i * m + j] = gram[a * k + b]!;
    });
    // Limits at neighbouring places say nearly the same: a trace of ridge keeps them apart.
    system[i * m + i]! *= 1 + 1e-9;
  });
  const factor = choleskyFactor(system, m);
  const right = Float64Array.from(active, (a) => d[a]!);
  return factor ? choleskySolve(factor, m, right) : new Float64Array(m);
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let j = 0; j < a.length; j++) sum += a[j]! * b[j]!;
  return sum;
}
