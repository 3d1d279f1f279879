import { describe, expect, it } from 'vitest';
import type { ValueSpec } from '../data/frame';
import { createRng } from '../rng';
import { fitNode, type NodeFitRequest } from './fitNode';
import type { FitInput, Mechanism } from './mechanism';
import { mechanismDefinitions, mechanismFromJson } from './registry';

const numeric = (name: string, decimals = 3): ValueSpec => ({
  name,
  kind: decimals ? 'continuous' : 'integer',
  levels: null,
  decimals,
  datePattern: null,
});
const levels = (name: string, ...texts: string[]): ValueSpec => ({
  name,
  kind: texts.length === 2 ? 'binary' : 'nominal',
  levels: texts,
  decimals: 0,
  datePattern: null,
});

const n = 900;
const rng = createRng(11, 'mechanism-tests');
const x = Float64Array.from({ length: n }, (_, i) => (i % 97 === 0 ? Number.NaN : rng.normal()));
const group = Float64Array.from({ length: n }, () => rng.integer(3));
const rare = Float64Array.from({ length: n }, () => (rng.uniform() < 0.03 ? 1 : 0));
const parents = [numeric('x'), levels('group', 'a', 'b', 'c'), levels('rare', 'no', 'yes')];
const parentColumns = [x, group, rare];
const signal = (i: number) => (Number.isNaN(x[i]!) ? 0 : x[i]!) + 0.5 * group[i]! + 2 * rare[i]!;
const weights = new Float64Array(n).fill(1);

const children: [string, ValueSpec, Float64Array][] = [
  ['continuous', numeric('y'), Float64Array.from({ length: n }, (_, i) => signal(i) + rng.normal())],
  [
    'positive and skewed',
    numeric('y', 2),
    Float64Array.from({ length: n }, (_, i) => Math.exp(0.4 * signal(i) + 0.5 * rng.normal())),
  ],
  [
    'whole numbers',
    numeric('y', 0),
    Float64Array.from({ length: n }, (_, i) => Math.round(40 + 9 * signal(i) + 6 * rng.normal())),
  ],
  [
    'heavy zero',
    numeric('y', 1),
    Float64Array.from({ length: n }, () => (rng.uniform() < 0.4 ? 0 : Math.exp(rng.normal()))),
  ],
  ['few values', numeric('y', 0), Float64Array.from({ length: n }, () => 10 * rng.integer(4))],
  [
    'with missing cells',
    numeric('y'),
    Float64Array.from({ length: n }, (_, i) => (rng.uniform() < 0.3 ? Number.NaN : signal(i) + rng.normal())),
  ],
  [
    'binary',
    levels('y', 'no', 'yes'),
    Float64Array.from({ length: n }, (_, i) => (rng.uniform() < 1 / (1 + Math.exp(1 - signal(i))) ? 1 : 0)),
  ],
  ['nominal', levels('y', 'a', 'b', 'c', 'd'), Float64Array.from({ length: n }, () => rng.integer(4))],
];

const request = (child: ValueSpec, values: Float64Array): NodeFitRequest => ({
  child,
  parents,
  values,
  parentColumns,
  weights,
  targetParent: 2,
  seed: 1,
});

function expectInvertible(mechanism: Mechanism, columns: readonly Float64Array[], values: Float64Array) {
  const tieBreak = Float64Array.from(values, () => rng.uniform());
  const noise = mechanism.noise(columns, values, tieBreak);
  expect(noise.every((u) => u > 0 && u < 1)).toBe(true);
  const back = mechanism.quantile(columns, noise);
  back.forEach((v, i) => {
    if (Number.isNaN(values[i]!)) expect(v).toBeNaN();
    else expect(Math.abs(v - values[i]!)).toBeLessThan(1e-6 * (1 + Math.abs(values[i]!)));
  });
}

describe.each(children)('a fitted %s child', (_, child, values) => {
  const { mechanism: json, fit } = fitNode(request(child, values));
  const mechanism = mechanismFromJson(json);

  it('gives every real value back from its own noise', () => expectInvertible(mechanism, parentColumns, values));

  it('is monotone in the noise, missing cells first', () => {
    const us = [0.001, 0.05, 0.2, 0.4, 0.6, 0.8, 0.95, 0.999];
    const ladder = us.map((u) => mechanism.quantile(parentColumns, new Float64Array(n).fill(u)));
    for (let i = 0; i < n; i++)
      for (let k = 1; k < us.length; k++) {
        const low = ladder[k - 1]![i]!;
        expect(Number.isNaN(low) || ladder[k]![i]! >= low).toBe(true);
      }
  });

  it('draws the same after a trip through JSON text', () => {
    const again = mechanismFromJson(JSON.parse(JSON.stringify(json)));
    const noise = Float64Array.from({ length: n }, () => rng.uniform());
    expect(again.quantile(parentColumns, noise)).toEqual(mechanism.quantile(parentColumns, noise));
  });

  it('has a density that says how likely each value is', () => {
    expect(mechanism.logDensity(parentColumns, values).every(Number.isFinite)).toBe(true);
    expect(fit.tried.length).toBeGreaterThan(0);
    expect(fit.card.equation.length).toBeGreaterThan(0);
  });

  it('never leaves the range and grid that were seen', () => {
    const noise = Float64Array.from({ length: n }, (_, i) => (i + 0.5) / n);
    const seen = values.filter((v) => !Number.isNaN(v));
    const low = Math.min(...seen);
    const high = Math.max(...seen);
    for (const v of mechanism.quantile(parentColumns, noise))
      if (!Number.isNaN(v)) expect(v >= low && v <= high).toBe(true);
  });
});

const tieBreak = Float64Array.from({ length: n }, () => rng.uniform());
const inputFor = (child: ValueSpec, values: Float64Array, given: Partial<FitInput> = {}): FitInput => ({
  child,
  parents,
  values,
  parentColumns,
  weights,
  fold: Uint8Array.from({ length: n }, (_, i) => i % 4),
  folds: 4,
  tieBreak,
  targetParent: 2,
  limits: [],
  formula: null,
  firstCount: null,
  ...given,
});
const blind = { parents: [], parentColumns: [], targetParent: -1 };
const [continuous, , whole, , , , yesNo] = children.map(([, child, values]) => ({ child, values }));
const ranks = continuous!.values.map((v) => (v < 0 ? 0 : v < 1 ? 1 : 2));
const poisson = (rate: number) => {
  let count = 0;
  for (let rest = rng.uniform(); rest > Math.exp(-rate); rest *= rng.uniform()) count++;
  return count;
};
/** A second number among the parents, so that there is a pair to multiply. */
const second = Float64Array.from({ length: n }, () => rng.normal());
const paired = { parents: [...parents, numeric('w')], parentColumns: [...parentColumns, second] };
const longTailed = {
  parents: [...parents, numeric('amount')],
  parentColumns: [...parentColumns, second.map(Math.exp)],
};
/** For every family the first of these that it applies to. */
const inputs: readonly FitInput[] = [
  inputFor(continuous!.child, continuous!.values),
  inputFor(continuous!.child, continuous!.values, blind),
  inputFor(continuous!.child, continuous!.values, {
    parents: [numeric('half')],
    parentColumns: [continuous!.values.map((v) => v / 2)],
    targetParent: -1,
    formula: { constant: 0, terms: [{ coefficient: 2, factors: [{ parent: 0, power: 1 }] }] },
  }),
  // Where x is high the noise has two humps.
  inputFor(
    continuous!.child,
    x.map((v) => (v > 0 ? (rng.uniform() < 0.5 ? -2 : 2) : 0) + 0.5 * rng.normal()),
  ),
  inputFor(
    whole!.child,
    whole!.values.map((v) => Math.max(0, v)),
  ),
  inputFor(yesNo!.child, yesNo!.values),
  inputFor(continuous!.child, continuous!.values, paired),
  inputFor(yesNo!.child, yesNo!.values, paired),
  inputFor(levels('y', 'low', 'middle', 'high'), ranks),
  inputFor({ ...levels('y', 'low', 'middle', 'high'), kind: 'ordinal' }, ranks),
  inputFor(
    levels('y', '0', '1', '2', '3', '4', '5', '6', '7'),
    x.map((_, i) => Math.min(7, poisson(Math.exp(0.3 * signal(i))))),
    { firstCount: 0 },
  ),
  inputFor(yesNo!.child, yesNo!.values, longTailed),
  // A product that no straight logit has.
  inputFor(
    yesNo!.child,
    x.map((v, i) => Number(rng.uniform() < 1 / (1 + Math.exp(-2 * (Number.isNaN(v) ? 0 : v) * second[i]!)))),
    paired,
  ),
  inputFor(yesNo!.child, yesNo!.values, {
    parents: parents.slice(1),
    parentColumns: parentColumns.slice(1),
    targetParent: 1,
  }),
];

describe.each(mechanismDefinitions)('family $id', (definition) => {
  const input = inputs.find(
    (one) => (one.child.levels === null) === (definition.child === 'numeric') && definition.appliesTo(one),
  )!;

  it('inverts, scores every row and survives JSON', () => {
    const { mechanism, scores, noise: outOfFold } = definition.fit(input);
    expectInvertible(mechanism, input.parentColumns, input.values);
    expect(scores.length).toBe(n);
    expect(scores.every(Number.isFinite)).toBe(true);
    expect(outOfFold.length).toBe(n);
    // Uniform up to chance: the mean of n uniforms is within 5 standard errors of 1/2.
    expect(outOfFold.every((u) => u > 0 && u < 1)).toBe(true);
    expect(Math.abs(outOfFold.reduce((a, b) => a + b, 0) / n - 0.5)).toBeLessThan(5 / Math.sqrt(12 * n));
    const noise = Float64Array.from({ length: n }, () => rng.uniform());
    expect(definition.fromJSON(mechanism.toJSON()).quantile(input.parentColumns, noise)).toEqual(
      mechanism.quantile(input.parentColumns, noise),
    );
  });

  it('takes a row of weight 3 for three rows', () => {
    const heavy = weights.map((_, i) => (i < 60 ? 3 : 1));
    const rows = [...Array(n).keys()].flatMap((i) => (i < 60 ? [i, i, i] : [i]));
    const pick = (column: Float64Array) => Float64Array.from(rows, (i) => column[i]!);
    const fold = Uint8Array.from(rows, (i) => i % 4);
    const weighted = definition.fit({ ...input, weights: heavy }).mechanism;
    const repeated = definition.fit({
      ...input,
      values: pick(input.values),
      parentColumns: input.parentColumns.map(pick),
      weights: new Float64Array(rows.length).fill(1),
      fold,
      tieBreak: pick(input.tieBreak),
    }).mechanism;
    const noise = new Float64Array(n).fill(0.37);
    const a = weighted.quantile(input.parentColumns, noise);
    const b = repeated.quantile(input.parentColumns, noise);
    let close = 0;
    for (let i = 0; i < n; i++) if (Math.abs(a[i]! - b[i]!) < 0.15) close++;
    expect(close / n).toBeGreaterThan(0.93);
  });
});
