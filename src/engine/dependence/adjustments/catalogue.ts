import { holm } from '../holm';

/** How p-values of a family of statements are adjusted for being many. */
export interface Adjustment {
  readonly id: string;
  readonly label: string;
  /** What is held at the level that the adjusted p-values are compared with. */
  readonly controls: string;
  /** In the given order; NaN (a statement that could not be tested) stays NaN and does not count. */
  adjust(pValues: readonly number[]): number[];
}

/** Adjusts the p-values that are numbers, handed over from the smallest on with their ranks' order kept. */
const sorted =
  (compute: (rising: readonly number[]) => readonly number[]) =>
  (pValues: readonly number[]): number[] => {
    const tested = pValues.flatMap((p, i) => (Number.isNaN(p) ? [] : [{ p, i }])).sort((a, b) => a.p - b.p);
    const adjusted = pValues.map(() => Number.NaN);
    compute(tested.map(({ p }) => p)).forEach((p, rank) => {
      adjusted[tested[rank]!.i] = Math.min(1, p);
    });
    return adjusted;
  };

const largestSoFar = (values: readonly number[]): number[] => {
  let running = 0;
  return values.map((value) => {
    running = Math.max(running, value);
    return running;
  });
};
const smallestAhead = (values: readonly number[]): number[] => {
  let running = Number.POSITIVE_INFINITY;
  return values
    .toReversed()
    .map((value) => {
      running = Math.min(running, value);
      return running;
    })
    .reverse();
};

const stepUp = (rising: readonly number[], factor: number): number[] =>
  smallestAhead(rising.map((p, i) => (factor * rising.length * p) / (i + 1)));

/** As `1 - (1 - p)^m`, with the digits of a small p kept. */
const sidakOf = (p: number, m: number): number => -Math.expm1(m * Math.log1p(-p));

function hommel(rising: readonly number[]): number[] {
  const n = rising.length;
  const out = [...rising];
  if (n === 0) return out;
  let q = new Array<number>(n).fill(Math.min(...rising.map((p, i) => (n * p) / (i + 1))));
  const best = [...q];
  for (let m = n - 1; m >= 2; m--) {
    const head = n - m + 1;
    let least = Number.POSITIVE_INFINITY;
    for (let i = head; i < n; i++) least = Math.min(least, (m * rising[i]!) / (2 + i - head));
    const next = [...q];
    for (let i = 0; i < head; i++) next[i] = Math.min(m * rising[i]!, least);
    for (let i = head; i < n; i++) next[i] = next[n - m]!;
    for (let i = 0; i < n; i++) best[i] = Math.max(best[i]!, next[i]!);
    q = next;
  }
  return best.map((value, i) => Math.max(value, rising[i]!));
}

const TWO_STAGE_LEVEL = 0.05;

/** Benjamini-Hochberg with the share of true nulls estimated by a first pass at level 0.05 / 1.05. */
function twoStage(rising: readonly number[]): number[] {
  const m = rising.length;
  const first = stepUp(rising, 1);
  const rejected = first.filter((p) => p <= TWO_STAGE_LEVEL / (1 + TWO_STAGE_LEVEL)).length;
  const share = rejected === 0 || rejected === m ? 1 : (m - rejected) / m;
  return first.map((p) => p * share * (1 + TWO_STAGE_LEVEL));
}

const harmonic = (m: number): number => Array.from({ length: m }, (_, i) => 1 / (i + 1)).reduce((a, b) => a + b, 0);

const EVERY = 'the chance that any of them is a false alarm';
const SHARE = 'the expected share of false alarms among those found';

/**
 * Every way to adjust, the default first.
 * @see A simple sequentially rejective multiple test procedure, Scand. J. Statist. 6 (1979); Controlling the false
 * discovery rate, JRSS B 57 (1995); The control of the false discovery rate in multiple testing under dependency, Ann.
 * Statist. 29 (2001); A stagewise rejective multiple test procedure based on a modified Bonferroni test, Biometrika 75 (1988).
 */
export const adjustments = [
  { id: 'holm', label: 'Holm', controls: EVERY, adjust: holm },
  { id: 'bh', label: 'Benjamini-Hochberg', controls: SHARE, adjust: sorted((rising) => stepUp(rising, 1)) },
  {
    id: 'by',
    label: 'Benjamini-Yekutieli',
    controls: `${SHARE}, however they depend on each other`,
    adjust: sorted((rising) => stepUp(rising, harmonic(rising.length))),
  },
  { id: 'hommel', label: 'Hommel', controls: EVERY, adjust: sorted(hommel) },
  {
    id: 'hochberg',
    label: 'Hochberg',
    controls: EVERY,
    adjust: sorted((rising) => smallestAhead(rising.map((p, i) => (rising.length - i) * p))),
  },
  {
    id: 'bonferroni',
    label: 'Bonferroni',
    controls: EVERY,
    adjust: sorted((rising) => rising.map((p) => rising.length * p)),
  },
  {
    id: 'sidak',
    label: 'Šidák',
    controls: EVERY,
    adjust: sorted((rising) => rising.map((p) => sidakOf(p, rising.length))),
  },
  {
    id: 'holm-sidak',
    label: 'Holm-Šidák',
    controls: EVERY,
    adjust: sorted((rising) => largestSoFar(rising.map((p, i) => sidakOf(p, rising.length - i)))),
  },
  { id: 'bky', label: 'Two-stage (Benjamini-Krieger-Yekutieli)', controls: SHARE, adjust: sorted(twoStage) },
] as const satisfies readonly Adjustment[];

export type AdjustmentId = (typeof adjustments)[number]['id'];

export const adjustmentById = (id: AdjustmentId): Adjustment => adjustments.find((one) => one.id === id)!;
