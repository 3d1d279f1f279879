import type { Frame } from '../data/frame';
import type { Interval } from '../dependence/comparison';
import { chiSquaredSurvival } from '../numeric/specialFunctions';
import { categoricalDrift, type Drift, numericDrift } from './drift';
import { wilson } from './shares';

/** A stretch of time with about as many rows as the others. */
export interface Period {
  /** First and last time of its rows, in the time column's numbers. */
  readonly from: number;
  readonly to: number;
  readonly rows: number;
  readonly rareRows: number;
  readonly share: number;
  readonly interval: Interval;
}

/** A time at which the share of rare rows jumps. */
export interface ChangePoint {
  /** The time of the first row after it. */
  readonly at: number;
  readonly before: number;
  readonly after: number;
  /** For the best of all places it could have been at: Bonferroni over these. */
  readonly pValue: number;
}

/** The rare class over time. */
export interface PeriodView {
  readonly column: string;
  readonly datePattern: string | null;
  readonly periods: readonly Period[];
  readonly changes: readonly ChangePoint[];
  /** How each column's law moved between the earlier and the later half of the rare rows, most moved first. */
  readonly drift: readonly ({ readonly column: string } & Drift)[];
  /** Rows whose time is not known: they are in no period. */
  readonly untimed: number;
}

const MOST_PERIODS = 24;
const FEWEST_RARE_A_PERIOD = 5;
/** Places at which a change is looked for. */
const MOST_PLACES = 200;
const LEVEL = 0.01;
/** A stretch between two changes holds at least this share of all rows. */
const LEAST_STRETCH = 0.05;
/** Fewer rare rows in a half than this say nothing of how their law moved. */
const FEWEST_FOR_DRIFT = 20;

/**
 * The share of rare rows period by period, where it changes, and which columns of rare rows moved. Rows of equal time stay
 * in one period.
 * @param time Shape (rows,), NaN where it is not known.
 * @returns Null for a time that does not vary.
 */
export function periodView(
  frame: Frame,
  isRare: Uint8Array,
  target: string,
  time: { readonly column: string; readonly values: Float64Array; readonly datePattern: string | null },
): PeriodView | null {
  const { values } = time;
  const order = Uint32Array.from({ length: frame.rows }, (_, i) => i)
    .filter((row) => !Number.isNaN(values[row]!))
    .sort((a, b) => values[a]! - values[b]! || a - b);
  if (order.length === 0 || values[order[0]!] === values[order.at(-1)!]) return null;
  let rareRows = 0;
  for (const row of order) rareRows += isRare[row]!;
  const count = Math.max(2, Math.min(MOST_PERIODS, Math.floor(rareRows / FEWEST_RARE_A_PERIOD)));
  return {
    column: time.column,
    datePattern: time.datePattern,
    periods: periodsOf(order, values, isRare, count),
    changes: changesOf(order, values, isRare),
    drift: driftOf(frame, order, isRare, new Set([target, time.column])),
    untimed: frame.rows - order.length,
  };
}

/** Ends (exclusive) of `count` stretches of about equal size, moved on to where the time changes. */
function ends(order: Uint32Array, values: Float64Array, count: number): number[] {
  const found: number[] = [];
  for (let k = 1; k <= count; k++) {
    let end = Math.round((k * order.length) / count);
    while (end < order.length && values[order[end]!] === values[order[end - 1]!]) end++;
    if (end > (found.at(-1) ?? 0)) found.push(end);
  }
  return found;
}

function periodsOf(order: Uint32Array, values: Float64Array, isRare: Uint8Array, count: number): Period[] {
  let start = 0;
  return ends(order, values, count).map((end) => {
    let rareRows = 0;
    for (let i = start; i < end; i++) rareRows += isRare[order[i]!]!;
    const rows = end - start;
    const period = {
      from: values[order[start]!]!,
      to: values[order[end - 1]!]!,
      rows,
      rareRows,
      share: rareRows / rows,
      interval: wilson(rareRows, rows),
    };
    start = end;
    return period;
  });
}

/**
 * Changes of a Bernoulli share by binary segmentation: within each stretch the place with the largest likelihood ratio
 * G² = 2 (l(left) + l(right) - l(all)), taken as a change where P(chi²_1 > G²) times the number of places is below 0.01.
 * @see A cluster analysis method for grouping means in the analysis of variance, Biometrics 30 (1974).
 */
function changesOf(order: Uint32Array, values: Float64Array, isRare: Uint8Array): ChangePoint[] {
  const places = ends(order, values, MOST_PLACES);
  // Rows and rare rows before each place.
  const rare = new Float64Array(places.length + 1);
  const rows = new Float64Array(places.length + 1);
  places.forEach((end, k) => {
    let sum = rare[k]!;
    for (let i = rows[k]!; i < end; i++) sum += isRare[order[i]!]!;
    rare[k + 1] = sum;
    rows[k + 1] = end;
  });
  const logLikelihood = (a: number, b: number) => {
    const [n, k] = [rows[b]! - rows[a]!, rare[b]! - rare[a]!];
    return k > 0 && k < n ? k * Math.log(k / n) + (n - k) * Math.log(1 - k / n) : 0;
  };
  const least = LEAST_STRETCH * order.length;
  const cuts: { at: number; pValue: number }[] = [];
  const split = (a: number, b: number) => {
    let best = { at: -1, statistic: 0 };
    let tried = 0;
    for (let k = a + 1; k < b; k++) {
      if (rows[k]! - rows[a]! < least || rows[b]! - rows[k]! < least) continue;
      tried++;
      const statistic = 2 * (logLikelihood(a, k) + logLikelihood(k, b) - logLikelihood(a, b));
      if (statistic > best.statistic) best = { at: k, statistic };
    }
    const pValue = Math.min(1, tried * chiSquaredSurvival(best.statistic, 1));
    if (best.at < 0 || pValue > LEVEL) return;
    cuts.push({ at: best.at, pValue });
    split(a, best.at);
    split(best.at, b);
  };
  split(0, places.length);
  const sorted = cuts.sort((a, b) => a.at - b.at);
  const share = (a: number, b: number) => (rare[b]! - rare[a]!) / (rows[b]! - rows[a]!);
  return sorted.map(({ at, pValue }, i) => ({
    at: values[order[rows[at]!]!]!,
    before: share(sorted[i - 1]?.at ?? 0, at),
    after: share(at, sorted[i + 1]?.at ?? places.length),
    pValue,
  }));
}

function driftOf(frame: Frame, order: Uint32Array, isRare: Uint8Array, left: ReadonlySet<string>): PeriodView['drift'] {
  const rare = order.filter((row) => isRare[row] === 1);
  const half = rare.length >> 1;
  if (half < FEWEST_FOR_DRIFT) return [];
  return frame.specs
    .flatMap((spec, c) => {
      if (left.has(spec.name)) return [];
      const known = (rows: Uint32Array) =>
        Float64Array.from(rows, (row) => frame.columns[c]![row]!).filter((v) => !Number.isNaN(v));
      const [early, late] = [known(rare.subarray(0, half)), known(rare.subarray(half))];
      const drift = spec.levels ? categoricalDrift(early, late, spec.levels.length) : numericDrift(early, late);
      return [{ column: spec.name, ...drift }];
    })
    .sort((a, b) => b.distance - a.distance);
}
