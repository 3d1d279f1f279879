import { expect, it } from 'vitest';
import type { ValueSpec } from '../../data/frame';
import { roundToDecimals } from '../../numeric/rounding';
import { createRng } from '../../rng';
import { findFormula } from './findFormula';
import { findTable } from './findTable';

const numeric = (name: string, decimals = 2): ValueSpec => ({
  name,
  kind: 'continuous',
  levels: null,
  decimals,
  datePattern: null,
});
const category = (name: string, ...levels: string[]): ValueSpec => ({
  name,
  kind: 'nominal',
  levels,
  decimals: 0,
  datePattern: null,
});
const n = 600;
const rng = createRng(3, 'formula-tests');
const column = (make: (i: number) => number, decimals = 2) =>
  Float64Array.from({ length: n }, (_, i) => roundToDecimals(make(i), decimals));
const weight = column(() => 75 + 12 * rng.normal(), 1);
const height = column(() => 1.7 + 0.1 * rng.normal());
const change = column(() => 3 * rng.normal());
const units = column(() => rng.integer(7), 0);
const parents = [numeric('weight', 1), numeric('height'), numeric('change'), numeric('units', 0)];
const columns = [weight, height, change, units];
const find = (decimals: number, make: (i: number) => number) =>
  findFormula(numeric('v', decimals), parents, column(make, decimals), columns);

it.each<[string, number, (i: number) => number]>([
  ['weight / height ^ 2', 1, (i) => weight[i]! / height[i]! ** 2],
  ['weight + change', 2, (i) => weight[i]! + change[i]!],
  ['32 + 1.8 * change', 2, (i) => 32 + 1.8 * change[i]!],
  ['0.5 * weight - 2 * units', 2, (i) => 0.5 * weight[i]! - 2 * units[i]!],
  ['change * units', 2, (i) => change[i]! * units[i]!],
  ['change / height', 3, (i) => change[i]! / height[i]!],
  ['weight', 1, (i) => weight[i]!],
  ['1000 * weight', 0, (i) => 1000 * weight[i]!],
])('finds %s', (text, decimals, make) => {
  const found = find(decimals, make);
  expect(found).toMatchObject({ text, rows: n, counterexamples: 0 });
});

it('finds a formula that three rows in a hundred break, and says which', () => {
  const found = find(1, (i) => weight[i]! + 10 * change[i]! + (i % 33 === 0 ? 40 + i : 0));
  expect(found).toMatchObject({ text: 'weight + 10 * change', counterexamples: 19, examples: [0, 33, 66, 99, 132] });
});

it('finds none where there is noise, even little of it, or where rounding hides everything', () => {
  expect(find(2, (i) => weight[i]! + 0.05 * rng.normal())).toBeNull();
  expect(find(2, () => rng.normal())).toBeNull();
  expect(find(0, (i) => 0.4 * change[i]!)).toBeNull();
});

it('does not count rows in which a column it uses is missing', () => {
  const holed = change.map((v, i) => (i % 10 === 0 ? Number.NaN : v));
  const found = findFormula(
    numeric('v'),
    parents,
    column((i) => weight[i]! + change[i]!),
    [weight, height, holed, units],
  );
  expect(found).toMatchObject({ text: 'weight + change', rows: 540, counterexamples: 0 });
});

it('finds the columns that decide a category, and no table where they do not', () => {
  const region = column(() => rng.integer(5), 0);
  const other = column(() => rng.integer(3), 0);
  const country = region.map((code) => (code < 2 ? 0 : 1));
  const specs = [category('other', 'a', 'b', 'c'), category('region', 'a', 'b', 'c', 'd', 'e')];
  const child = category('country', 'x', 'y');
  expect(findTable(child, specs, country, [other, region])).toMatchObject({ parents: ['region'], counterexamples: 0 });
  const broken = country.map((code, i) => (i === 7 ? 1 - code : code));
  expect(findTable(child, specs, broken, [other, region])).toMatchObject({ counterexamples: 1, examples: [7] });
  const coin = column(() => rng.integer(2), 0);
  expect(findTable(child, specs, coin, [other, region])).toBeNull();
  // 1 % of rows differ from the commonest value: always answering that value explains nothing.
  const rare = column((i) => (i % 100 === 0 ? 1 : 0), 0);
  expect(findTable(child, specs, rare, [other, region])).toBeNull();
});
