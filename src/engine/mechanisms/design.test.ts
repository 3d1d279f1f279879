import { expect, it } from 'vitest';
import { createRng } from '../rng';
import { categoricalSpec, numericSpec } from '../testing/generatorInput';
import { addLinear, designColumns, fitDesign, linearOutputs, withProducts, withSplines } from './design';

const rng = createRng(6, 'design');
const rows = 400;
const draw = (make: (i: number) => number) => Float64Array.from({ length: rows }, (_, i) => make(i));
const parents = [numericSpec('a', 3), categoricalSpec('site', ['x', 'y', 'z']), categoricalSpec('flag', ['no', 'yes'])];
const columns = [
  draw((i) => (i % 19 === 0 ? Number.NaN : rng.normal())),
  draw(() => rng.integer(3)),
  draw(() => rng.integer(2)),
];
const straight = fitDesign(parents, columns, new Float64Array(rows).fill(1), -1);
const bent = withSplines(straight, columns, rows);
const crossed = withProducts(bent, rows, new Set());

it.each([
  ['straight', straight],
  ['bent', bent],
  ['crossed', crossed],
])('outputs of a %s design are its columns times their coefficients, zeros left out', (_, design) => {
  const betas = [0, 1].map((k) =>
    Float64Array.from(design.penalties, (_penalty, j) => ((j + k) % 4 === 3 ? 0 : rng.normal())),
  );
  const x = designColumns(design, columns, rows);
  const expected = betas.map((beta) => addLinear(x, beta, new Float64Array(rows)));
  expect(linearOutputs(design, betas, columns, rows)).toEqual(expected);
});

it('a larger design begins with the columns of the one it was made from', () => {
  const known = designColumns(straight, columns, rows);
  expect(crossed.terms.length).toBeGreaterThan(bent.terms.length);
  expect(bent.terms.length).toBeGreaterThan(straight.terms.length);
  expect(designColumns(crossed, columns, rows, known)).toEqual(designColumns(crossed, columns, rows));
});
