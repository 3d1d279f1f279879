import { expect, it } from 'vitest';
import type { ValueSpec } from '../data/frame';
import { createRng } from '../rng';
import { fitNode } from './fitNode';
import { mechanismFromJson } from './registry';
import { fitBins } from './trees/binning';

// The traps of the method's trials: each once made the sampler worse than SMOTE without anyone noticing.

const numeric = (name: string): ValueSpec => ({
  name,
  kind: 'continuous',
  levels: null,
  decimals: 4,
  datePattern: null,
});
const yesNo = (name: string): ValueSpec => ({
  name,
  kind: 'binary',
  levels: ['no', 'yes'],
  decimals: 0,
  datePattern: null,
});
const rng = createRng(21, 'traps');
const fill = (n: number, make: (i: number) => number) => Float64Array.from({ length: n }, (_, i) => make(i));
const meanOf = (values: Float64Array, keep: (i: number) => boolean) => {
  const kept = values.filter((_, i) => keep(i));
  return kept.reduce((a, b) => a + b, 0) / kept.length;
};

it('a 2 % numeric 0/1 column keeps a bin of its own and its effect is learned', () => {
  const n = 3000;
  const flag = fill(n, () => (rng.uniform() < 0.02 ? 1 : 0));
  const x = fill(n, () => rng.normal());
  // The flag only matters through an interaction, so the linear base cannot see it: trees must split on it.
  const values = fill(n, (i) => x[i]! + (flag[i] === 1 ? 3 * Math.abs(x[i]!) : 0) + 0.3 * rng.normal());
  expect(fitBins([numeric('flag')], [flag])[0]!.edges).toEqual([0.5]);
  const { mechanism } = fitNode({
    child: numeric('v'),
    parents: [numeric('flag'), numeric('x')],
    values,
    parentColumns: [flag, x],
    weights: new Float64Array(n).fill(1),
    targetParent: -1,
    seed: 1,
  });
  const median = mechanismFromJson(mechanism).quantile([flag, x], new Float64Array(n).fill(0.5));
  const slopeSide =
    meanOf(median, (i) => flag[i] === 1 && x[i]! < -0.7) - meanOf(median, (i) => flag[i] === 0 && x[i]! < -0.7);
  expect(slopeSide).toBeGreaterThan(1.5);
});

it('residuals come from rows left out of the fit, so the spread is not too small', () => {
  // 14 noise parents on 60 rows: in-sample residuals would have about 0.87 of the true spread.
  const n = 60;
  const draws: number[] = [];
  for (let trial = 0; trial < 12; trial++) {
    const parentColumns = Array.from({ length: 14 }, () => fill(n, () => rng.normal()));
    const values = fill(n, () => rng.normal());
    const { mechanism } = fitNode({
      child: numeric('v'),
      parents: parentColumns.map((_, k) => numeric(`p${k}`)),
      values,
      parentColumns,
      weights: new Float64Array(n).fill(1),
      targetParent: -1,
      seed: trial,
    });
    const fitted = mechanismFromJson(mechanism);
    const high = fitted.quantile(parentColumns, new Float64Array(n).fill(0.84));
    const low = fitted.quantile(parentColumns, new Float64Array(n).fill(0.16));
    draws.push(meanOf(high, () => true) - meanOf(low, () => true));
  }
  expect(draws.reduce((a, b) => a + b, 0) / draws.length / 2).toBeGreaterThan(0.97);
});

it('a child of the target follows the rare class, not only the common one', () => {
  const n = 4000;
  const y = fill(n, (i) => (i % 50 === 0 ? 1 : 0));
  const x = fill(n, () => rng.normal());
  // In the rare class the slope turns round.
  const values = fill(n, (i) => (y[i] === 1 ? 2 - x[i]! : x[i]!) + 0.5 * rng.normal());
  const { mechanism } = fitNode({
    child: numeric('v'),
    parents: [yesNo('y'), numeric('x')],
    values,
    parentColumns: [y, x],
    weights: new Float64Array(n).fill(1),
    targetParent: 0,
    seed: 1,
  });
  const at = (slope: number) =>
    mechanismFromJson(mechanism).quantile([Float64Array.of(1), Float64Array.of(slope)], Float64Array.of(0.5))[0]!;
  expect(at(-1) - at(1)).toBeGreaterThan(1);
});

it('spread that grows with a parent is learned', () => {
  const n = 3000;
  const x = fill(n, () => 2 * rng.uniform());
  const values = fill(n, (i) => x[i]! + Math.exp(x[i]! - 1.5) * rng.normal());
  const { mechanism, fit } = fitNode({
    child: numeric('v'),
    parents: [numeric('x')],
    values,
    parentColumns: [x],
    weights: new Float64Array(n).fill(1),
    targetParent: -1,
    seed: 1,
  });
  expect(fit.family).toBe('boosted-location-scale');
  const width = (at: number) => {
    const [low, high] = mechanismFromJson(mechanism).quantile([Float64Array.of(at, at)], Float64Array.of(0.16, 0.84));
    return high! - low!;
  };
  expect(width(1.9) / width(0.1)).toBeGreaterThan(3.5); // truth 6.0
});

it('an exact rule stays exact: no cell of an OR is ever broken', () => {
  const n = 2000;
  const a = fill(n, () => (rng.uniform() < 0.05 ? 1 : 0));
  const b = fill(n, () => (rng.uniform() < 0.1 ? 1 : 0));
  const either = fill(n, (i) => Math.max(a[i]!, b[i]!));
  const { mechanism, fit } = fitNode({
    child: yesNo('either'),
    parents: [yesNo('a'), yesNo('b')],
    values: either,
    parentColumns: [a, b],
    weights: new Float64Array(n).fill(1),
    targetParent: -1,
    seed: 1,
  });
  expect(fit.card.label).toBe('Exact rule');
  const drawn = mechanismFromJson(mechanism).quantile(
    [a, b],
    fill(n, () => rng.uniform()),
  );
  expect(drawn).toEqual(either);
});

it('a rare outcome that follows a long-tailed amount does not blow its tail up', () => {
  const n = 8000;
  const amount = fill(n, () => Math.exp(2 + 1.1 * rng.normal()));
  const risk = (v: number) => 1 / (1 + Math.exp(5.2 - 0.6 * Math.log(v)));
  const codes = fill(n, (i) => (rng.uniform() < risk(amount[i]!) ? 1 : 0));
  const { mechanism, fit } = fitNode({
    child: yesNo('y'),
    parents: [numeric('amount')],
    values: codes,
    parentColumns: [amount],
    weights: new Float64Array(n).fill(1),
    targetParent: -1,
    seed: 1,
  });
  expect(fit.family).toBe('drawn-in-logit');
  expect(fit.card.terms.map(({ name }) => name)).toContain('log(amount)');
  const log = mechanismFromJson(mechanism).logDensity([amount], new Float64Array(n).fill(1));
  // Second moment of the amount among rare rows, learned against true: straight odds make it several times as large.
  const squares = (p: (i: number) => number) => {
    let sum = 0;
    let total = 0;
    for (let i = 0; i < n; i++) {
      sum += p(i) * amount[i]! ** 2;
      total += p(i);
    }
    return sum / total;
  };
  const ratio = squares((i) => Math.exp(log[i]!)) / squares((i) => risk(amount[i]!));
  expect(Math.abs(Math.log(ratio))).toBeLessThan(0.3);
});

it('one switch of sign is told from few cases, and named', () => {
  const n = 6000;
  const drug = fill(n, () => (rng.uniform() < 0.15 ? 1 : 0));
  const columns = [drug, ...Array.from({ length: 4 }, () => fill(n, () => rng.normal()))];
  const values = fill(n, (i) => {
    const pressure = columns[1]![i]!;
    const odds = -3.6 + (drug[i] === 1 ? -1.1 : 0.9) * pressure + 0.5 * columns[2]![i]!;
    return rng.uniform() < 1 / (1 + Math.exp(-odds)) ? 1 : 0;
  });
  const { fit } = fitNode({
    child: yesNo('event'),
    parents: [yesNo('drug'), ...['pressure', 'a', 'b', 'c'].map(numeric)],
    values,
    parentColumns: columns,
    weights: new Float64Array(n).fill(1),
    targetParent: -1,
    seed: 1,
  });
  expect(fit.family).toBe('selected-logit');
  const names = fit.card.terms.map(({ name }) => name);
  expect(names).toContain('drug=yes x pressure');
  expect(names.length).toBeLessThanOrEqual(8);
});
