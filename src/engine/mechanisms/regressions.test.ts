import { expect, it } from 'vitest';
import golden from './regressions.golden.json';
import { ridgeRegression } from './ridge';
import { softmaxRegression } from './softmaxRegression';

type GoldenColumn = { values?: number[]; codes?: number[]; levels?: string[] };
const data = golden.columns as unknown as Record<string, GoldenColumn>;
const numbers = (name: string) => Float64Array.from(data[name]!.values!);
const dummy = (name: string, code: number) => Float64Array.from(data[name]!.codes!, (c) => (c === code ? 1 : 0));
const n = data.a!.values!.length;
const ones = new Float64Array(n).fill(1);
const design = [ones, numbers('a'), numbers('x'), dummy('c', 1), dummy('c', 2)];
const weights = numbers('wt');

function expectClose(actual: ArrayLike<number>, expected: readonly number[], relative = 1e-5) {
  expect(actual.length).toBe(expected.length);
  expected.forEach((value, j) => {
    expect(Math.abs(actual[j]! - value)).toBeLessThan(relative * (1 + Math.abs(value)));
  });
}

it('ridge regression without penalty is least squares, plain and weighted', () => {
  const none = new Float64Array(5);
  expectClose(ridgeRegression(design, numbers('w'), ones, none), golden.expected.gaussian.ols.coef, 1e-9);
  expectClose(ridgeRegression(design, numbers('w'), weights, none), golden.expected.gaussian.wls.coef, 1e-9);
});

it('ridge regression agrees with the reference at penalty 10, the intercept free', () => {
  const penalties = [0, 10, 10, 10, 10];
  for (const [w, expected] of [
    [ones, golden.expected.gaussian['ridge_10.0']],
    [weights, golden.expected.gaussian['ridge_weighted_10.0']],
  ] as const)
    expectClose(ridgeRegression(design, numbers('w'), w, penalties), [expected.intercept, ...expected.coef], 1e-9);
});

it('the logit agrees with the reference, plain, weighted and ridge', () => {
  const y = Float64Array.from(data.b!.codes!, (code) => (data.b!.levels![code] === 'yes' ? 1 : 0));
  const solve = (w: Float64Array, penalty: number) =>
    softmaxRegression(design, y, 2, w, new Float64Array(5).fill(penalty))[0]!;
  expectClose(solve(ones, 0), golden.expected.logit.logit.coef);
  expectClose(solve(weights, 0), golden.expected.logit.logit_freq_weighted.coef);
  const ridge = golden.expected.logit.ridge_logit_lambda2;
  expectClose(solve(ones, 2), [ridge.intercept, ...ridge.coef]);
});

it('the multinomial logit agrees with the reference', () => {
  const codes = Float64Array.from(data.c!.codes!);
  const betas = softmaxRegression(design.slice(0, 3), codes, 3, ones, new Float64Array(3));
  golden.expected.multinomial.mnlogit.coef_by_level.forEach((expected, k) => {
    expectClose(betas[k]!, expected);
  });
});

it('a perfectly separated logit ends with finite coefficients', () => {
  const x = Float64Array.from({ length: 40 }, (_, i) => i - 19.5);
  const y = x.map((v) => (v > 0 ? 1 : 0));
  const [beta] = softmaxRegression([new Float64Array(40).fill(1), x], y, 2, new Float64Array(40).fill(1), [0, 1]);
  expect(beta!.every(Number.isFinite)).toBe(true);
  expect(beta![1]!).toBeGreaterThan(0);
});
