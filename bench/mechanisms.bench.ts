import type { ValueSpec } from '../src/engine/data/frame';
import { fitNode } from '../src/engine/mechanisms/fitNode';
import type { Mechanism } from '../src/engine/mechanisms/mechanism';
import { mechanismFromJson } from '../src/engine/mechanisms/registry';
import { normalQuantile } from '../src/engine/numeric/normal';
import { createRng, type Rng } from '../src/engine/rng';

/**
 * How much of what can be learned about a child is learned, shape by shape: the score on 20,000 fresh rows, as a share of the way
 * from the law without parents to the true law. Scores: ranked probability for numbers, log score for categories.
 */

const ROWS = [300, 1000, 5000];
const SEEDS = [1, 2, 3];
const FRESH = 20_000;
const LEVELS = Array.from({ length: 40 }, (_, k) => (k + 0.5) / 40);

interface Shape {
  readonly name: string;
  readonly child: ValueSpec;
  /** Draws the parents of a row. */
  readonly parents: (rng: Rng) => number[];
  readonly specs: readonly ValueSpec[];
  readonly target?: number;
  /** The child given its parents: its value at a noise, for numbers, or the probabilities of its levels. */
  readonly quantile?: (row: readonly number[], u: number) => number;
  readonly probabilities?: (row: readonly number[]) => readonly number[];
}

const numeric = (name: string, decimals = 4): ValueSpec => ({
  name,
  kind: decimals ? 'continuous' : 'integer',
  levels: null,
  decimals,
  datePattern: null,
});
const category = (
  name: string,
  levels: number,
  kind: ValueSpec['kind'] = levels === 2 ? 'binary' : 'nominal',
): ValueSpec => ({
  name,
  kind,
  levels: Array.from({ length: levels }, (_, k) => `l${k}`),
  decimals: 0,
  datePattern: null,
});
const logistic = (x: number) => 1 / (1 + Math.exp(-x));
const two = [numeric('a'), numeric('b')];
const twoNormals = (rng: Rng) => [rng.normal(), rng.normal()];
const v = numeric('v');
const mixtureQuantile = (share: number, low: number, high: number, sd: number, u: number) =>
  u < share ? low + sd * normalQuantile(u / share) : high + sd * normalQuantile((u - share) / (1 - share));
const countQuantile = (pmf: (k: number) => number, u: number) => {
  let sum = 0;
  for (let k = 0; k < 400; k++) {
    sum += pmf(k);
    if (u < sum) return k;
  }
  return 400;
};
const logGamma = (x: number): number => {
  let shift = 0;
  let z = x;
  while (z < 8) shift -= Math.log(z++);
  return shift + (z - 0.5) * Math.log(z) - z + 0.9189385332046727 + 1 / (12 * z) - 1 / (360 * z ** 3);
};
const poisson = (rate: number) => (k: number) => Math.exp(k * Math.log(rate) - rate - logGamma(k + 1));
const negativeBinomial = (mean: number, size: number) => (k: number) =>
  Math.exp(
    logGamma(k + size) -
      logGamma(size) -
      logGamma(k + 1) +
      size * Math.log(size / (size + mean)) +
      k * Math.log(mean / (size + mean)),
  );
const cauchyLike = (u: number) => {
  const t = (2 * u - 1) / Math.sqrt(2 * u * (1 - u)); // Student t, 2 degrees of freedom
  return t;
};
const ordinalShares = (cuts: readonly number[], eta: number) => {
  const below = [...cuts.map((c) => logistic(c - eta)), 1];
  return below.map((p, k) => p - (k > 0 ? below[k - 1]! : 0));
};
const softmax = (scores: readonly number[]) => {
  const e = scores.map(Math.exp);
  const sum = e.reduce((x, y) => x + y, 0);
  return e.map((x) => x / sum);
};

const SHAPES: readonly Shape[] = [
  {
    name: 'straight line',
    child: v,
    specs: two,
    parents: twoNormals,
    quantile: ([a, b], u) => a! - 0.5 * b! + normalQuantile(u),
  },
  {
    name: 'curves',
    child: v,
    specs: two,
    parents: twoNormals,
    quantile: ([a, b], u) => Math.sin(2.5 * a!) + 0.5 * b! ** 2 + 0.5 * normalQuantile(u),
  },
  {
    name: 'product',
    child: v,
    specs: two,
    parents: twoNormals,
    quantile: ([a, b], u) => a! * b! + 0.5 * normalQuantile(u),
  },
  {
    name: 'quick wave times sign',
    child: v,
    specs: two,
    parents: twoNormals,
    quantile: ([a, b], u) => Math.sign(b!) * Math.sin(2 * a!) + 0.4 * normalQuantile(u),
  },
  {
    name: 'growing spread',
    child: v,
    specs: two,
    parents: twoNormals,
    quantile: ([a, b], u) => a! + Math.exp(0.8 * b!) * normalQuantile(u),
  },
  {
    name: 'heavy tails',
    child: v,
    specs: two,
    parents: twoNormals,
    quantile: ([a, b], u) => a! + b! * a! * 0.5 + 0.5 * cauchyLike(u),
  },
  {
    name: 'two humps',
    child: v,
    specs: two,
    parents: twoNormals,
    quantile: ([a, b], u) => mixtureQuantile(logistic(2 * a!), -1.5, 1.5, 0.4, u) + 0.3 * b!,
  },
  {
    name: 'skew turns round',
    child: v,
    specs: two,
    parents: twoNormals,
    quantile: ([a, b], u) => 0.5 * b! + (a! > 0 ? -Math.log(1 - u) - 1 : Math.log(u) + 1),
  },
  {
    name: 'zero or amount',
    child: numeric('v', 2),
    specs: two,
    parents: twoNormals,
    quantile: ([a, b], u) => {
      const zero = logistic(0.5 + 1.5 * a!);
      return u < zero
        ? 0
        : Math.max(
            0.01,
            Math.round(100 * Math.exp(0.8 * b! - 0.4 * a! + 0.6 * normalQuantile((u - zero) / (1 - zero)))) / 100,
          );
    },
  },
  {
    name: 'rare flag turns slope',
    child: v,
    specs: [category('y', 2), numeric('b')],
    target: 0,
    parents: (rng) => [rng.uniform() < 0.03 ? 1 : 0, rng.normal()],
    quantile: ([y, b], u) => (y === 1 ? 1.5 - b! : 0.6 * b!) + (y === 1 ? 0.4 : 1) * normalQuantile(u),
  },
  {
    name: 'twelve sites and steps',
    child: v,
    specs: [category('site', 12), numeric('b')],
    parents: (rng) => [rng.integer(12), rng.normal()],
    quantile: ([s, b], u) => ((s! * 7) % 12) / 4 + (b! > 0.5 ? (s! % 2 ? 1.5 : -1) : 0) + 0.5 * normalQuantile(u),
  },
  {
    name: 'count, curved rate',
    child: numeric('v', 0),
    specs: two,
    parents: twoNormals,
    quantile: ([a, b], u) => countQuantile(poisson(Math.exp(0.4 + 0.5 * a! - 0.3 * b! ** 2)), u),
  },
  {
    name: 'overdispersed count',
    child: numeric('v', 0),
    specs: two,
    parents: twoNormals,
    quantile: ([a, b], u) => countQuantile(negativeBinomial(Math.exp(2.2 + 0.5 * a! + 0.3 * b!), 2), u),
  },
  {
    name: 'ordinal',
    child: category('v', 5, 'ordinal'),
    specs: two,
    parents: twoNormals,
    probabilities: ([a, b]) => ordinalShares([-2, -0.7, 0.7, 2], 1.2 * a! - 0.7 * b!),
  },
  {
    name: 'ordinal, curved',
    child: category('v', 5, 'ordinal'),
    specs: two,
    parents: twoNormals,
    probabilities: ([a, b]) => ordinalShares([-2, -0.7, 0.7, 2], 1.5 * Math.sin(2 * a!) + b!),
  },
  {
    name: 'rare yes, crossed',
    child: category('v', 2),
    specs: two,
    parents: twoNormals,
    probabilities: ([a, b]) => {
      const p = logistic(-3.2 + 1.6 * a! * b!);
      return [1 - p, p];
    },
  },
  {
    name: 'nominal with curves',
    child: category('v', 4),
    specs: two,
    parents: twoNormals,
    probabilities: ([a, b]) => softmax([0, a! + 0.5 * b!, a! ** 2 - 1, -1 + Math.abs(b!)]),
  },
  {
    name: 'rare class shifts a category',
    child: category('v', 3),
    specs: [category('y', 2), numeric('b')],
    target: 0,
    parents: (rng) => [rng.uniform() < 0.03 ? 1 : 0, rng.normal()],
    probabilities: ([y, b]) => softmax([0, 0.8 * b! * (y === 1 ? -1 : 1), y! * 1.5 - 0.5]),
  },
];

interface Data {
  readonly parents: Float64Array[];
  readonly values: Float64Array;
}

function simulate(shape: Shape, rows: number, rng: Rng): Data {
  const parents = shape.specs.map(() => new Float64Array(rows));
  const values = new Float64Array(rows);
  for (let i = 0; i < rows; i++) {
    const row = shape.parents(rng);
    row.forEach((value, p) => {
      parents[p]![i] = value;
    });
    const u = rng.uniform();
    values[i] = shape.quantile ? shape.quantile(row, u) : countQuantile((k) => shape.probabilities!(row)[k] ?? 1, u);
  }
  return { parents, values };
}

/** Mean score of a law given by its quantiles or level probabilities, higher is better. */
function rankedScore(values: Float64Array, quantile: (u: number) => Float64Array): number {
  let sum = 0;
  for (const tau of LEVELS) {
    const q = quantile(tau);
    for (let i = 0; i < values.length; i++) {
      const gap = q[i]! - values[i]!;
      sum -= ((gap > 0 ? 1 : 0) - tau) * gap;
    }
  }
  return (2 * sum) / (LEVELS.length * values.length);
}

function scoreOf(shape: Shape, { parents, values }: Data, mechanism: Mechanism): number {
  if (!shape.quantile) return meanOf(mechanism.logDensity(parents, values));
  return rankedScore(values, (u) => mechanism.quantile(parents, new Float64Array(values.length).fill(u)));
}

function trueScore(shape: Shape, { parents, values }: Data): number {
  const row = (i: number) => parents.map((column) => column[i]!);
  if (!shape.quantile) return meanOf(values.map((code, i) => Math.log(shape.probabilities!(row(i))[code]!)));
  return rankedScore(values, (u) => values.map((_, i) => shape.quantile!(row(i), u)));
}

function blindScore(shape: Shape, { values }: Data): number {
  if (!shape.quantile) {
    const counts = shape.child.levels!.map(
      (_, k) => values.reduce((sum, code) => sum + (code === k ? 1 : 0), 0) / values.length,
    );
    return meanOf(values.map((code) => Math.log(counts[code]!)));
  }
  const sorted = values.slice().sort();
  return rankedScore(values, (u) => new Float64Array(values.length).fill(sorted[Math.floor(u * sorted.length)]!));
}

const meanOf = (column: Float64Array) => column.reduce((sum, x) => sum + x, 0) / column.length;

export async function run(only: readonly string[] = []) {
  const lines = [
    `| child | ${ROWS.map((rows) => `${rows} rows`).join(' | ')} | families taken | ms at most rows |`,
    `| --- |${' --- |'.repeat(ROWS.length + 2)}`,
  ];
  const figures: Record<string, number> = {};
  const all: number[][] = ROWS.map(() => []);
  for (const shape of SHAPES) {
    if (only.length > 0 && !only.some((name) => shape.name.includes(name))) continue;
    const fresh = simulate(shape, FRESH, createRng(99, `fresh/${shape.name}`));
    const top = trueScore(shape, fresh);
    const blind = blindScore(shape, fresh);
    const families = new Map<string, number>();
    let ms = 0;
    const cells = ROWS.map((rows, at) => {
      const shares = SEEDS.map((seed) => {
        const { parents, values } = simulate(shape, rows, createRng(seed, `rows/${shape.name}`));
        const started = performance.now();
        const { mechanism, fit } = fitNode({
          child: shape.child,
          parents: shape.specs,
          values,
          parentColumns: parents,
          weights: new Float64Array(rows).fill(1),
          targetParent: shape.target ?? -1,
          seed,
        });
        ms = performance.now() - started;
        families.set(fit.family, (families.get(fit.family) ?? 0) + 1);
        return (scoreOf(shape, fresh, mechanismFromJson(mechanism)) - blind) / (top - blind);
      });
      const mean = shares.reduce((a, b) => a + b, 0) / shares.length;
      figures[`${shape.name}/${rows}`] = mean;
      all[at]!.push(mean);
      return mean.toFixed(3);
    });
    const taken = [...families].sort((a, b) => b[1] - a[1]).map(([family, count]) => `${family} ${count}`);
    lines.push(`| ${shape.name} | ${cells.join(' | ')} | ${taken.join(', ')} | ${ms.toFixed(0)} |`);
  }
  lines.push(
    `| mean | ${all.map((shares) => (shares.reduce((a, b) => a + b, 0) / shares.length).toFixed(3)).join(' | ')} | | |`,
  );
  return { lines, figures };
}
