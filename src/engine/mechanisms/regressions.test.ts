import { expect, it } from 'vitest';
import { normalQuantile } from '../numeric/normal';
import { countLogProbability, countRegression, meansOf } from './countRegression';
import { crpsOfQuantiles } from './crps';
import { designColumns } from './design';
import { ordinalProbabilities, ordinalRegression } from './ordinalRegression';
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

const loglik = (probability: (i: number) => number) =>
  Array.from({ length: n }, (_, i) => Math.log(probability(i))).reduce((a, b) => a + b, 0);

it('the Poisson regression agrees with the reference', () => {
  const k = numbers('k');
  const { coefficients } = countRegression(design, k, ones, new Float64Array(5), [], 'poisson');
  const expected = golden.expected.poisson.poisson;
  expectClose(coefficients, expected.coef);
  const means = meansOf(design, coefficients);
  expect(loglik((i) => Math.exp(countLogProbability(k[i]!, means[i]!, Infinity)))).toBeCloseTo(expected.loglik, 6);
});

it('the negative binomial regression agrees with the reference', () => {
  const k = numbers('k');
  const { coefficients, size } = countRegression(design.slice(0, 3), k, ones, new Float64Array(3));
  const expected = golden.expected.negativeBinomial.glm_nb;
  expectClose(coefficients, expected.coef, 1e-4);
  expect(Math.abs(size / expected.theta - 1)).toBeLessThan(1e-3);
  const means = meansOf(design.slice(0, 3), coefficients);
  expect(loglik((i) => Math.exp(countLogProbability(k[i]!, means[i]!, size)))).toBeCloseTo(expected.loglik, 5);
});

it('proportional odds agree with the reference', () => {
  const o = Float64Array.from(data.o!.codes!);
  const yes = Float64Array.from(data.b!.codes!, (code) => (data.b!.levels![code] === 'yes' ? 1 : 0));
  const columns = [ones, numbers('a'), numbers('x'), yes];
  const { thresholds, slopes } = ordinalRegression(columns, o, 4, ones, new Float64Array(4));
  const expected = golden.expected.ordinal.polr;
  expectClose(slopes, expected.coef, 1e-4);
  expectClose(thresholds, expected.thresholds, 1e-4);
  const eta = ones.map((_, i) => slopes.reduce((sum, b, j) => sum + b * columns[j + 1]![i]!, 0));
  const p = ordinalProbabilities(thresholds, eta);
  expect(loglik((i) => p[4 * i + o[i]!]!)).toBeCloseTo(expected.loglik, 4);
});

it('a restricted cubic spline on the reference knots leaves the reference residuals', () => {
  const { residual_sum_of_squares, inner_knots, boundary_knots } = golden.expected.naturalSpline;
  const a = numbers('a');
  const knots = [boundary_knots[0]!, ...inner_knots, boundary_knots[1]!];
  const spline = knots.slice(2).map((_, at) => ({ kind: 'spline' as const, parent: 0, at, knots, mean: 0, scale: 1 }));
  const columns = designColumns(
    { terms: [{ kind: 'numeric', parent: 0, mean: 0, scale: 1 }, ...spline], penalties: [], names: [] },
    [a],
    n,
  );
  const beta = ridgeRegression(columns, numbers('w'), ones, new Float64Array(columns.length));
  const residual = numbers('w').map((y, i) => y - beta.reduce((sum, b, j) => sum + b * columns[j]![i]!, 0));
  expect(residual.reduce((sum, r) => sum + r * r, 0)).toBeCloseTo(residual_sum_of_squares, 6);
});

it('the ranked probability score by 24 quantiles is that of the normal law to 1 % of its spread', () => {
  const { mean, sd, observed, crps_gaussian } = golden.expected.crps;
  const scores = crpsOfQuantiles(
    (tau) => Float64Array.from(mean, (m, i) => m + sd[i]! * normalQuantile(tau)),
    Float64Array.from(observed),
  );
  scores.forEach((score, i) => {
    expect(Math.abs(score - crps_gaussian[i]!)).toBeLessThan(0.01 * sd[i]!);
  });
});
