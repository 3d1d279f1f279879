import { expect, it } from 'vitest';
import { exposureWeights } from '../generation/exposureWeights';
import { gather } from '../numeric/gather';
import { firstAbove } from '../numeric/runningShares';
import { createRng } from '../rng';
import { simulateModel, structureOf } from '../worlds/simulate';
import { binaryNode, logistic, normalNode } from '../worlds/world';
import { causalRisk, exposureSampler } from './exposureSampler';

// a -> m -> y <- a, y -> t: what is tilted is the law of a and nothing else.
const risk = (a: number, m: number) => logistic(-3.5 + 0.8 * a + 0.9 * m);
const model = structureOf({
  id: 'tilt',
  title: '',
  story: '',
  target: 'y',
  rareLevel: '1',
  exposure: '',
  rules: [],
  positions: {},
  rows: 0,
  nodes: [
    normalNode('a', [], () => 0, 1, 9),
    normalNode('m', ['a'], ([a]) => 0.7 * a!, 1, 9),
    binaryNode('y', ['0', '1'], ['a', 'm'], ([a, m]) => risk(a!, m!)),
    normalNode('t', ['y'], ([y]) => 2 * y!, 1, 9),
  ],
});
const setup = { model, target: 2, rareCode: 1, roots: [0] };
const real = simulateModel(model, 8000, 3);

it('risk is P(Y = m | roots), whatever lies between', () => {
  const found = causalRisk(setup, real.columns, 1);
  const rng = createRng(9, 'between');
  for (const i of [0, 11, 222]) {
    const a = real.columns[0]![i]!;
    let exact = 0;
    for (let k = 0; k < 20_000; k++) exact += risk(a, 0.7 * a + rng.normal()) / 20_000;
    // 25 draws a row: their spread is below the risk itself.
    expect(Math.abs(found[i]! - exact)).toBeLessThan(exact);
  }
  const mean = (values: Float64Array) => values.reduce((x, y) => x + y, 0) / values.length;
  expect(Math.abs(mean(found) - mean(real.columns[2]!))).toBeLessThan(4 * Math.sqrt(0.07 / 8000));
});

it('tilted rows keep every mechanism and weights give the law back', () => {
  const rate = causalRisk(setup, real.columns, 1);
  const total = rate.reduce((x, y) => x + y, 0);
  const ratio = rate.map((p) => (p * 8000) / total);
  let sum = 0;
  const cumulative = ratio.map((r) => {
    sum += r / 8000;
    return sum;
  });
  const rows = 8000;
  const rng = createRng(2, 'tilted');
  const made = exposureSampler({ ...setup, check: null, rules: 0 })(rows, rng, (count) => {
    const chosen = Int32Array.from({ length: count }, () => firstAbove(cumulative, rng.uniform()));
    return { chosen, columns: real.columns.map((column) => gather(column, chosen)) };
  })!;
  const [a, m, y, t] = made.columns as Float64Array[];
  const mean = (values: ArrayLike<number>) => Array.from(values).reduce((x, z) => x + z, 0) / values.length;
  // The outcome comes out as often as its mechanism says: calibration is untouched.
  const p = a!.map((v, i) => risk(v, m![i]!));
  const error = Math.sqrt(mean(p.map((v) => v * (1 - v))) / rows);
  expect(Math.abs(mean(y!) - mean(p))).toBeLessThan(4 * error);
  expect(mean(y!)).toBeGreaterThan(1.5 * mean(real.columns[2]!));
  expect(Math.abs(mean(m!.map((v, i) => v - 0.7 * a![i]!)))).toBeLessThan(4 / Math.sqrt(rows));
  expect(Math.abs(mean(t!.map((v, i) => v - 2 * y![i]!)))).toBeLessThan(4 / Math.sqrt(rows));
  // The cause itself is that of a real row.
  expect(a!.every((v, i) => v === real.columns[0]![made.donor[i]!])).toBe(true);
  // Weighted, the joined table has the shares of the real one.
  const weights = exposureWeights(8000, [{ rows, ratio }], made.donor);
  const all = [...weights.real, ...weights.synthetic];
  expect(all.reduce((x, w) => x + w, 0) / all.length).toBeCloseTo(1, 1);
  const weighted = (c: number) =>
    [...real.columns[c]!, ...made.columns[c]!].reduce((x, v, i) => x + v * all[i]!, 0) / all.reduce((x, w) => x + w, 0);
  expect(Math.abs(weighted(0) - mean(real.columns[0]!))).toBeLessThan(4 / Math.sqrt(8000));
  expect(Math.abs(weighted(2) - mean(real.columns[2]!))).toBeLessThan(4 * Math.sqrt(0.07 / 8000));
  expect(Math.max(...all)).toBeLessThanOrEqual(2);
});

it('draws rows that break a rule again, roots and all', () => {
  const rng = createRng(5, 'rule');
  const made = exposureSampler({
    ...setup,
    check: (columns) => columns[0]!.map((a, i) => (a > 0 && columns[1]![i]! < 0 ? 1 : 0)),
    rules: 1,
  })(2000, rng, (count) => {
    const chosen = Int32Array.from({ length: count }, () => rng.integer(8000));
    return { chosen, columns: real.columns.map((column) => gather(column, chosen)) };
  })!;
  expect(made.columns[0]!.every((a, i) => !(a > 0 && made.columns[1]![i]! < 0))).toBe(true);
  expect(made.refusalsByRule[0]).toBeGreaterThan(0);
});
