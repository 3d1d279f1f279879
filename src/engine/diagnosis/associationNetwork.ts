import type { Frame } from '../data/frame';
import { adjustmentById } from '../dependence/adjustments/catalogue';
import type { Interval } from '../dependence/comparison';
import { pillaiTrace } from '../discovery/independence';
import { normalQuantile } from '../numeric/normal';
import { midRanks } from '../numeric/ranks';
import { studentTwoSided } from '../numeric/specialFunctions';
import { createRng, shuffleInPlace } from '../rng';
import type { Task } from '../task';

/** How strongly two columns go together inside the rare class, inside the common one, and how much that differs. */
export interface PairAssociation {
  readonly a: string;
  readonly b: string;
  /** Correlation of normal scores for two numbers or two-level columns, else the corrected canonical correlation in [0, 1]. */
  readonly rare: number;
  readonly common: number;
  readonly isSigned: boolean;
  /** False where a column hardly varies in one of the classes: then nothing can be said of a difference. */
  readonly isTold: boolean;
  /** Rare less common, with its 95 % interval. */
  readonly difference: number;
  readonly interval: Interval;
  /** Of no difference, adjusted over all pairs by Benjamini and Hochberg's method. */
  readonly pValue: number;
}

export interface AssociationNetwork {
  /** Columns compared, in frame order. */
  readonly columns: readonly string[];
  /** Every pair, those that differ most surely first. */
  readonly pairs: readonly PairAssociation[];
  /** Rows of each class looked at. */
  readonly rareRows: number;
  readonly commonRows: number;
}

const MOST_LEVELS = 5;
const MOST_ROWS = 6000;
const GROUPS = 20;
/** With fewer rows of a class in which both cells are known, a pair says nothing. */
const FEWEST_ROWS = 20;

/**
 * Associations of all pairs of columns within each class. Numbers and orders enter as normal scores, categories as one
 * indicator a level (the four most frequent and the rest). Each pair uses the rows in which both cells are known. Standard
 * errors by a jackknife over 20 groups of rows, so that neither normality nor a kind of column is assumed:
 * se² = (G - 1) / G sum_g (theta_(g) - mean)², added over the classes; p by Student's t with 2 (G - 1) degrees of freedom.
 * Cost grows with the square of the columns; of more than 6,000 rows of a class as many are drawn at random.
 * @see The jackknife, the bootstrap and other resampling plans, SIAM 1982, chapter 3.
 */
export async function associationNetwork(
  frame: Frame,
  isRare: Uint8Array,
  target: string,
  task: Task,
): Promise<AssociationNetwork> {
  const indices = frame.specs.flatMap(({ name }, c) => (name === target ? [] : [c]));
  const classes = [1, 0].map((label) => drawnRows(isRare, label));
  const varies = classes.map((rows) => indices.map((c) => doesVary(frame.columns[c]!, rows)));
  const columns = indices.map((c) => encode(frame, c));
  const pairs: (Omit<PairAssociation, 'pValue'> & { pValue: number })[] = [];
  const wanted = (columns.length * (columns.length - 1)) / 2;
  for (let i = 0; i < columns.length; i++)
    for (let j = i + 1; j < columns.length; j++) {
      if (pairs.length % 50 === 0)
        await task.checkpoint(pairs.length / Math.max(1, wanted), 'Comparing pairs of columns');
      const [a, b] = [columns[i]!, columns[j]!];
      const isSigned = a.length === 1 && b.length === 1;
      const [rare, common] = classes.map((rows, label) =>
        varies[label]![i] && varies[label]![j] ? associationOf(a, b, rows) : untold,
      );
      const difference = rare!.value - common!.value;
      const error = Math.hypot(rare!.error, common!.error);
      const pValue = studentTwoSided(difference / error, 2 * (GROUPS - 1));
      pairs.push({
        a: frame.specs[indices[i]!]!.name,
        b: frame.specs[indices[j]!]!.name,
        rare: rare!.value,
        common: common!.value,
        isSigned,
        difference,
        interval: Number.isFinite(error)
          ? { low: difference - T_QUANTILE * error, high: difference + T_QUANTILE * error }
          : { low: -1, high: 1 },
        pValue: error > 0 && Number.isFinite(error) ? pValue : 1,
        isTold: Number.isFinite(error),
      });
    }
  const adjusted = adjustmentById('bh').adjust(pairs.map(({ pValue }) => pValue));
  return {
    columns: indices.map((c) => frame.specs[c]!.name),
    pairs: pairs
      .map((pair, i) => ({ ...pair, pValue: adjusted[i]! }))
      .sort(
        (a, b) =>
          Number(b.isTold) - Number(a.isTold) || a.pValue - b.pValue || Math.abs(b.difference) - Math.abs(a.difference),
      ),
    rareRows: classes[0]!.length,
    commonRows: classes[1]!.length,
  };
}

/** The 97.5 % point of Student's t with 38 degrees of freedom. */
const T_QUANTILE = 2.0244;

function drawnRows(isRare: Uint8Array, label: number): Int32Array {
  const rows = Int32Array.from([...isRare.keys()].filter((row) => isRare[row] === label));
  return shuffleInPlace(rows, createRng(label, 'diagnosis-rows')).subarray(0, MOST_ROWS);
}

/** One column of normal scores, or an indicator for each level but the last; NaN where the cell is missing. */
function encode({ specs, columns }: Frame, c: number): Float64Array[] {
  const [spec, values] = [specs[c]!, columns[c]!];
  if (!spec.levels || spec.kind === 'ordinal') return [normalScores(values)];
  const counts = new Float64Array(spec.levels.length);
  for (const code of values) if (!Number.isNaN(code)) counts[code]!++;
  const present = [...counts.keys()].filter((k) => counts[k]! > 0);
  const frequent = present.toSorted((a, b) => counts[b]! - counts[a]! || a - b);
  // Of two levels the later one counts as 1, so that a sign means what a reader of no and yes takes it for.
  const shown =
    present.length === 2
      ? present.slice(1)
      : frequent.slice(0, Math.min(MOST_LEVELS - 1, Math.max(1, frequent.length - 1)));
  return shown.map((level) => values.map((code) => (Number.isNaN(code) ? code : Number(code === level))));
}

function normalScores(values: Float64Array): Float64Array {
  const known = Uint32Array.from([...values.keys()].filter((row) => !Number.isNaN(values[row]!)));
  const ranks = midRanks(Float64Array.from(known, (row) => values[row]!));
  const scores = new Float64Array(values.length).fill(Number.NaN);
  known.forEach((row, i) => {
    scores[row] = normalQuantile((ranks[i]! - 0.5) / known.length);
  });
  return scores;
}

/** With fewer rows than this off its usual value, a column goes together with nothing, and the jackknife would be sure of it. */
const FEWEST_OFF = 10;
const untold = { value: 0, error: Number.POSITIVE_INFINITY } as const;

function doesVary(values: Float64Array, rows: Int32Array): boolean {
  const counts = new Map<number, number>();
  let known = 0;
  for (const row of rows) {
    const value = values[row]!;
    if (Number.isNaN(value)) continue;
    known++;
    counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  return known - Math.max(0, ...counts.values()) >= FEWEST_OFF;
}

/** The association of two blocks of columns over some rows, with its jackknife standard error; 0 and infinity where too few. */
function associationOf(
  a: readonly Float64Array[],
  b: readonly Float64Array[],
  rows: Int32Array,
): { readonly value: number; readonly error: number } {
  const terms = [...a, ...b];
  const d = terms.length;
  const size = 1 + d + d * d;
  // By group: rows, sums, products.
  const sums = Array.from({ length: GROUPS }, () => new Float64Array(size));
  const total = new Float64Array(size);
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i]!;
    if (Number.isNaN(a[0]![row]!) || Number.isNaN(b[0]![row]!)) continue;
    const own = sums[i % GROUPS]!;
    own[0]!++;
    for (let s = 0; s < d; s++) {
      const value = terms[s]![row]!;
      if (value === 0) continue;
      own[1 + s]! += value;
      for (let t = s; t < d; t++) own[1 + d + s * d + t]! += value * terms[t]![row]!;
    }
  }
  for (const own of sums) for (let k = 0; k < size; k++) total[k]! += own[k]!;
  if (total[0]! < FEWEST_ROWS) return untold;
  const value = associationFrom(total, a.length, b.length);
  const without = sums.map((own) =>
    associationFrom(
      total.map((sum, k) => sum - own[k]!),
      a.length,
      b.length,
    ),
  );
  const mean = without.reduce((sum, one) => sum + one, 0) / GROUPS;
  const spread = without.reduce((sum, one) => sum + (one - mean) ** 2, 0);
  return { value, error: Math.sqrt(((GROUPS - 1) / GROUPS) * spread) };
}

/**
 * r for one column each. For blocks of p and q the root mean square canonical correlation with its upward bias taken off:
 * sqrt(max(0, (V - V0) / (1 - V0))), V = trace / s, V0 = p q / (s (n - 1)) its mean without association, s = min(p, q).
 */
function associationFrom(sums: Float64Array, p: number, q: number): number {
  const d = p + q;
  const n = sums[0]!;
  const covariance = (s: number, t: number) => {
    const [low, high] = s <= t ? [s, t] : [t, s];
    return sums[1 + d + low * d + high]! / n - (sums[1 + s]! / n) * (sums[1 + t]! / n);
  };
  const deviations = Float64Array.from({ length: d }, (_, s) => Math.sqrt(Math.max(0, covariance(s, s))));
  const correlation = (s: number, t: number) => {
    const scale = deviations[s]! * deviations[t]!;
    if (s === t) return 1;
    return scale > 1e-9 ? Math.min(1, Math.max(-1, covariance(s, t) / scale)) : 0;
  };
  if (p === 1 && q === 1) return correlation(0, 1);
  const s = Math.min(p, q);
  const share = Math.min(1, pillaiTrace(correlation, p, q) / s);
  const byChance = (p * q) / (s * Math.max(1, n - 1));
  return byChance < 1 ? Math.sqrt(Math.max(0, (share - byChance) / (1 - byChance))) : 0;
}
