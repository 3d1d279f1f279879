import { gather } from '../../numeric/gather';
import type { Rng } from '../../rng';
import { addLinear } from '../design';
import { ridgeRegression } from '../ridge';

const STARTS = 10;
const STEPS = 4;
/** Rows each start is fitted on beyond three a coefficient: rounding would make a fit of fewer useless. */
const SPARE_ROWS = 8;
/** Share of the rows a formula has to hold in to be found; the rest is left out of the fit. */
const KEPT = 0.9;

/**
 * Least trimmed squares by concentration steps: of several starts on few rows, the linear fit whose best 90 % of rows err
 * least. A formula that some rows break is found as if they were not there.
 * @returns Coefficients of the columns, shape (p,).
 * @see Computing LTS Regression for Large Data Sets, Data Mining and Knowledge Discovery 12 (2006), section 3.
 */
export function leastTrimmedSquares(
  columns: readonly Float64Array[],
  response: Float64Array,
  weights: Float64Array,
  rng: Rng,
): Float64Array {
  const n = response.length;
  const p = columns.length;
  const none = new Float64Array(p);
  const solve = (rows: ArrayLike<number>) =>
    ridgeRegression(
      columns.map((column) => gather(column, rows)),
      gather(response, rows),
      gather(weights, rows),
      none,
    );
  const kept = Math.max(Math.min(n, p + 1), Math.floor(KEPT * n));
  /** The rows a fit errs least on, and how much it errs on them. */
  const concentrate = (beta: Float64Array) => {
    const errors = addLinear(columns, beta, new Float64Array(n));
    for (let i = 0; i < n; i++) errors[i] = weights[i]! * (response[i]! - errors[i]!) ** 2;
    // Sorting numbers is many times as fast as sorting rows by them; ties at the limit may keep a row more.
    const limit = errors.slice().sort()[kept - 1]!;
    const rows = new Uint32Array(n);
    let count = 0;
    let error = 0;
    for (let i = 0; i < n; i++) {
      if (!(errors[i]! <= limit)) continue;
      rows[count++] = i;
      error += errors[i]!;
    }
    return { rows: rows.subarray(0, count), error };
  };
  const startRows = Math.min(n, 3 * p + SPARE_ROWS);
  let best: { beta: Float64Array; error: number } | null = null;
  for (let start = 0; start <= STARTS; start++) {
    let beta =
      start === 0
        ? solve(Uint32Array.from({ length: n }, (_, i) => i))
        : solve(Uint32Array.from({ length: startRows }, () => rng.integer(n)));
    let now = concentrate(beta);
    for (let step = 0; step < STEPS; step++) {
      const next = solve(now.rows);
      const after = concentrate(next);
      if (!(after.error < now.error)) break;
      beta = next;
      now = after;
    }
    if (!best || now.error < best.error) best = { beta, error: now.error };
  }
  return best!.beta;
}
