import { describe, expect, it } from 'vitest';
import type { ValueSpec } from '../../data/frame';
import { normalQuantile } from '../../numeric/normal';
import { createRng } from '../../rng';
import { boostedLearner, type LearnerInput, type Objective } from './learner';

const numeric = (name: string): ValueSpec => ({
  name,
  kind: 'continuous',
  levels: null,
  decimals: 3,
  datePattern: null,
});
const category = (name: string, levels: number): ValueSpec => ({
  name,
  kind: 'nominal',
  levels: Array.from({ length: levels }, (_, k) => `l${k}`),
  decimals: 0,
  datePattern: null,
});
const n = 3000;
const rng = createRng(5, 'learner-tests');
const draw = (make: (i: number) => number) => Float64Array.from({ length: n }, (_, i) => make(i));
const a = draw(() => rng.normal());
const b = draw(() => rng.normal());
const flag = draw(() => (rng.uniform() < 0.02 ? 1 : 0));
const site = draw(() => rng.integer(10));
const features = [numeric('a'), numeric('b'), numeric('flag'), category('site', 10)];
const columns = [a, b, flag, site];
/** Odd sites are high: no order of the codes shows it, a split by levels does. */
const centre = (i: number) => Math.sin(2 * a[i]!) + (a[i]! > 0 ? b[i]! : 0) + 3 * flag[i]! + (site[i]! % 2 ? 1.5 : 0);
const noise = draw(() => rng.normal());
const input = (objective: Objective, outcome: Float64Array): LearnerInput => ({
  features,
  columns,
  outcome,
  weights: new Float64Array(n).fill(1),
  objective,
  seed: 1,
});
const meanOf = (values: Float64Array, keep: (i: number) => boolean = () => true) => {
  const kept = values.filter((_, i) => keep(i));
  return kept.reduce((sum, v) => sum + v, 0) / kept.length;
};

describe('boosted trees as a learner', () => {
  const outcome = draw((i) => centre(i) + 0.5 * noise[i]!);

  it.each<[string, Objective]>([
    ['the mean', { kind: 'squared' }],
    ['the median', { kind: 'absolute' }],
  ])('find %s, with curves, products, a 2 % flag and levels in no order', (_, objective) => {
    const predicted = boostedLearner(input(objective, outcome)).predict(columns, n);
    const errors = predicted.map((p, i) => p - centre(i));
    expect(Math.sqrt(meanOf(errors.map((e) => e * e)))).toBeLessThan(0.33); // the outcome itself spreads by 1.9
    expect(Math.abs(meanOf(errors, (i) => flag[i] === 1))).toBeLessThan(0.35);
    expect(Math.abs(meanOf(errors, (i) => site[i]! % 2 === 1))).toBeLessThan(0.1);
  });

  it.each([0.1, 0.9])('find the %d quantile of each row, also where the spread grows', (tau) => {
    const wide = draw((i) => a[i]! + Math.exp(0.6 * b[i]!) * noise[i]!);
    const predicted = boostedLearner(input({ kind: 'quantile', tau }, wide)).predict(columns, n);
    for (const part of [(i: number) => b[i]! < -0.7, (i: number) => b[i]! > 0.7])
      expect(
        Math.abs(
          meanOf(
            predicted.map((q, i) => (wide[i]! <= q ? 1 : 0)),
            part,
          ) - tau,
        ),
      ).toBeLessThan(0.05);
    const truth = predicted.map((q, i) => q - a[i]! - Math.exp(0.6 * b[i]!) * normalQuantile(tau));
    expect(Math.sqrt(meanOf(truth.map((e) => e * e)))).toBeLessThan(0.5);
  });

  it('give the probability of a class, and of several', () => {
    const p = (i: number) => 1 / (1 + Math.exp(1 - 1.5 * centre(i)));
    const yes = draw((i) => (rng.uniform() < p(i) ? 1 : 0));
    const two = boostedLearner(input({ kind: 'logistic' }, yes)).predict(columns, n);
    expect(meanOf(draw((i) => Math.abs(two[2 * i + 1]! - p(i))))).toBeLessThan(0.06);
    const three = draw((i) => (rng.uniform() < 0.2 ? 2 : yes[i]!));
    const shares = boostedLearner(input({ kind: 'softmax', levels: 3 }, three)).predict(columns, n);
    expect(meanOf(draw((i) => Math.abs(shares[3 * i + 1]! - 0.8 * p(i))))).toBeLessThan(0.08);
    expect(meanOf(draw((i) => shares[3 * i]! + shares[3 * i + 1]! + shares[3 * i + 2]!))).toBeCloseTo(1, 9);
  });

  it('stop early where there is nothing to learn', () => {
    const learner = boostedLearner(input({ kind: 'squared' }, noise));
    expect(learner.rounds).toBeLessThan(15);
    expect(Math.sqrt(meanOf(learner.predict(columns, n).map((v) => v * v)))).toBeLessThan(0.2);
  });

  it.each<[string, Objective]>([
    ['squared', { kind: 'squared' }],
    ['quantile', { kind: 'quantile', tau: 0.8 }],
    ['logistic', { kind: 'logistic' }],
  ])('keep a direction they are told, by %s loss, whatever the other features', (_, objective) => {
    const y = objective.kind === 'logistic' ? outcome.map((v) => (v > 1 ? 1 : 0)) : outcome;
    const learner = boostedLearner({ ...input(objective, y), directions: Int8Array.of(1, 0, -1, 0) });
    for (let i = 0; i < 40; i++) {
      const ladder = Float64Array.from({ length: 41 }, (_v, k) => -2 + k / 10);
      const at = (value: Float64Array, place: number) =>
        columns.map((column, c) => (c === place ? value : new Float64Array(value.length).fill(column[i]!)));
      const pick = (out: Float64Array) => (objective.kind === 'logistic' ? out.filter((_p, k) => k % 2 === 1) : out);
      const rising = pick(learner.predict(at(ladder, 0), 41));
      expect(rising.every((v, k) => k === 0 || v >= rising[k - 1]! - 1e-12)).toBe(true);
      const [off, on] = pick(learner.predict(at(Float64Array.of(0, 1), 2), 2));
      expect(on!).toBeLessThanOrEqual(off! + 1e-12);
    }
  });

  it('send missing cells to the side where they belong', () => {
    const holed = a.map((v, i) => (i % 5 === 0 ? Number.NaN : v));
    // What is missing behaves like a high value.
    const y = draw((i) => (Number.isNaN(holed[i]!) ? 4 : 2 * holed[i]!) + 0.3 * noise[i]!);
    const learner = boostedLearner({ ...input({ kind: 'squared' }, y), columns: [holed, b, flag, site] });
    const one = (v: number) =>
      learner.predict([Float64Array.of(v), Float64Array.of(0), Float64Array.of(0), Float64Array.of(0)], 1)[0]!;
    expect(one(Number.NaN)).toBeGreaterThan(3.4);
    expect(Math.abs(one(0))).toBeLessThan(0.5);
  });
});
