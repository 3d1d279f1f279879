import { expect, it } from 'vitest';
import { createRng } from '../rng';
import { weightedGram } from './gram';

const rng = createRng(4, 'gram');
const draw = (n: number) => Float64Array.from({ length: n }, () => rng.normal());

it.each([1, 2, 4, 5, 9])('is the sum over rows of w x x for %d columns, whatever is known of it', (p) => {
  const n = 37;
  const columns = Array.from({ length: p }, () => draw(n));
  const weights = draw(n).map(Math.abs);
  const gram = weightedGram(columns, weights);
  for (let a = 0; a < p; a++)
    for (let b = 0; b < p; b++) {
      let sum = 0;
      for (let i = 0; i < n; i++) sum += weights[i]! * columns[a]![i]! * columns[b]![i]!;
      expect(gram[a * p + b]).toBeCloseTo(sum, 12);
      expect(gram[a * p + b]).toBe(gram[b * p + a]);
    }
  for (let q = 0; q <= p; q++)
    expect(weightedGram(columns, weights, weightedGram(columns.slice(0, q), weights))).toEqual(gram);
});
