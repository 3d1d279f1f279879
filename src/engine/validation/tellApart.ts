import { dealFolds, foldsOfUnits } from '../data/folds';
import type { Frame } from '../data/frame';
import type { RowUnits } from '../data/rowUnits';
import { ridgeRegression } from '../mechanisms/ridge';
import { gather } from '../numeric/gather';
import type { Rng } from '../rng';

/** Product terms beyond this many add noise and time. */
const MOST_PRODUCTS = 60;
/** Missing cells of a column are told by an indicator from this share on. */
const LEAST_MISSING_SHARE = 0.02;
const FOLDS = 4;

/** Columns by which a straight classifier tells two samples apart; fitted once, used for many samples. */
export type Features = (columns: readonly Float64Array[]) => Float64Array[];

/**
 * Numbers as standardised values drawn in by log(1 + |x|), levels as indicators, a missing indicator where it matters,
 * squares of the numbers and products of the most dependent pairs: enough to see means, spreads, shares and pairwise
 * dependence.
 * @param reference Rows that scale and choice of products are taken from; they say nothing of who is who.
 */
export function twoSampleFeatures(reference: Frame): Features {
  const makers = reference.specs.flatMap((spec, c): ((columns: readonly Float64Array[]) => Float64Array)[] => {
    const column = reference.columns[c]!;
    const known = column.filter((v) => !Number.isNaN(v));
    const list: ((columns: readonly Float64Array[]) => Float64Array)[] = [];
    const missing = column.length - known.length;
    if (missing > LEAST_MISSING_SHARE * column.length && known.length > 0)
      list.push((columns) => columns[c]!.map((v) => (Number.isNaN(v) ? 1 : 0)));
    if (spec.levels) {
      const counts = new Float64Array(spec.levels.length);
      for (const code of known) counts[code]! += 1;
      const levels = [...counts.keys()].filter((code) => counts[code]! > 0).sort((a, b) => counts[b]! - counts[a]!);
      for (const code of levels.slice(1)) list.push((columns) => columns[c]!.map((v) => (v === code ? 1 : 0)));
    } else if (known.length > 0) {
      const sorted = known.slice().sort();
      const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))]!;
      const scale = (at(0.84) - at(0.16)) / 2 || (at(1) - at(0)) / 2 || 1;
      list.push((columns) =>
        columns[c]!.map((v) => {
          if (Number.isNaN(v)) return 0;
          const x = (v - at(0.5)) / scale;
          // Heavy tails would otherwise be all that a product sees.
          return Math.sign(x) * Math.log1p(Math.abs(x));
        }),
      );
    }
    return list;
  });
  const base = makers.map((make) => standardised(make(reference.columns)));
  const pairs: { a: number; b: number; strength: number }[] = [];
  for (let a = 0; a < base.length; a++)
    for (let b = 0; b <= a; b++) {
      let sum = 0;
      for (let i = 0; i < reference.rows; i++) sum += base[a]![i]! * base[b]![i]!;
      // A square always takes part; of a 0/1 column it says nothing new and is dropped as constant later.
      pairs.push({ a, b, strength: a === b ? Infinity : Math.abs(sum) });
    }
  const used = pairs
    .sort((x, y) => y.strength - x.strength || x.a - y.a || x.b - y.b)
    .slice(0, base.length + MOST_PRODUCTS);
  return (columns) => {
    const own = makers.map((make) => make(columns));
    return [...own, ...used.map(({ a, b }) => own[a]!.map((v, i) => v * own[b]![i]!))];
  };
}

/**
 * How well a classifier tells the rows of two samples apart: the AUC of a ridge discriminant on `features`, on rows left
 * out of its fit (4 folds); 0.5 says not at all. `error` is its standard error when both follow one law.
 * @param units Units of the rows of both samples: folds are of whole units, and the error is that of so many rows.
 * @throws EngineError `numeric-failure` for infinite features.
 * @see Revisiting Classifier Two-Sample Tests, ICLR 2017.
 */
export function tellApart(
  features: Features,
  first: readonly Float64Array[],
  second: readonly Float64Array[],
  rng: Rng,
  units: { readonly first: RowUnits; readonly second: RowUnits } | null = null,
): { readonly auc: number; readonly error: number } {
  const n = first[0]!.length;
  const m = second[0]!.length;
  const joined = first.map((column, c) => {
    const out = new Float64Array(n + m);
    out.set(column);
    out.set(second[c]!, n);
    return out;
  });
  const design = features(joined)
    .map(standardised)
    .filter((column) => column.some((v) => v !== 0));
  const label = Float64Array.from({ length: n + m }, (_, i) => (i < n ? 1 / n : -1 / m));
  const folds = Math.min(foldsOfUnits(FOLDS, units?.first), foldsOfUnits(FOLDS, units?.second));
  const fold = new Uint8Array(n + m);
  fold.set(dealFolds({ rows: n, folds, units: units?.first ?? null }, rng));
  fold.set(dealFolds({ rows: m, folds, units: units?.second ?? null }, rng), n);
  const weights = Float64Array.from({ length: n + m }, (_, i) => (i < n ? 0.5 / n : 0.5 / m) * (n + m));
  const target = label.map((v) => Math.sign(v));
  const columns = [new Float64Array(n + m).fill(1), ...design];
  const penalties = columns.map((_, j) => (j === 0 ? 0 : 0.2 * (n + m)));
  let auc = 0;
  for (let f = 0; f < folds; f++) {
    const rows = [...fold.keys()].filter((i) => fold[i] !== f);
    const beta = ridgeRegression(
      columns.map((column) => gather(column, rows)),
      gather(target, rows),
      gather(weights, rows),
      penalties,
    );
    const out = [...fold.keys()].filter((i) => fold[i] === f);
    const score = (i: number) => columns.reduce((sum, column, j) => sum + beta[j]! * column[i]!, 0);
    auc +=
      areaUnderCurve(
        out.map(score),
        out.map((i) => i < n),
      ) / folds;
  }
  const [a, b] = units ? [new Set(units.first).size, new Set(units.second).size] : [n, m];
  return { auc, error: Math.sqrt((a + b + 1) / (12 * a * b)) };
}

/** Share of pairs (a true row, a false row) in which the true row has the higher score; ties count half. */
function areaUnderCurve(scores: readonly number[], isTrue: readonly boolean[]): number {
  const order = [...scores.keys()].sort((a, b) => scores[a]! - scores[b]!);
  let rankSum = 0;
  let trues = 0;
  for (let i = 0; i < order.length; ) {
    let end = i;
    while (end < order.length && scores[order[end]!] === scores[order[i]!]) end++;
    for (let k = i; k < end; k++)
      if (isTrue[order[k]!]) {
        rankSum += (i + end + 1) / 2;
        trues++;
      }
    i = end;
  }
  return (rankSum - (trues * (trues + 1)) / 2) / (trues * (scores.length - trues));
}

function standardised(values: Float64Array): Float64Array {
  const n = values.length;
  const mean = values.reduce((sum, v) => sum + v / n, 0);
  const spread = Math.sqrt(values.reduce((sum, v) => sum + (v - mean) ** 2 / n, 0));
  return spread > 1e-9 ? values.map((v) => (v - mean) / spread) : new Float64Array(n);
}
