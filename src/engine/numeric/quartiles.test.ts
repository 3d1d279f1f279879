import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createRng } from '../rng';
import { quartilesOf } from './quartiles';

/** Type 7 by sorting. */
function bySorting(values: Float64Array) {
  const sorted = values.filter((value) => !Number.isNaN(value)).sort();
  const at = (share: number) => {
    const place = share * (sorted.length - 1);
    const [low, weight] = [Math.floor(place), place % 1];
    return weight === 0 ? sorted[low]! : sorted[low]! * (1 - weight) + sorted[low + 1]! * weight;
  };
  return { min: sorted[0]!, q1: at(0.25), median: at(0.5), q3: at(0.75), max: sorted.at(-1)! };
}
const number = fc.oneof(
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.integer({ min: -3, max: 3 }),
  fc.constant(Number.NaN),
);

it('are those of the sorted values', () =>
  fc.assert(
    fc.property(fc.array(number, { minLength: 1, maxLength: 60 }), (list) => {
      const values = Float64Array.from(list, (value) => value + 0);
      const found = quartilesOf(values);
      if (values.every((value) => Number.isNaN(value))) expect(found).toBeNull();
      else expect(found).toEqual(bySorting(values));
    }),
  ));

it.each<[string, (i: number, uniform: number) => number]>([
  ['evenly spread', (_, u) => u],
  ['all but one in one bin', (i, u) => (i === 7 ? 1e12 : u)],
  ['few values', (i) => i % 5],
  ['rising', (i) => i],
  ['as far apart as numbers are', (i, u) => (i % 2 ? 1 : -1) * u * 1.7e308],
  ['with holes', (i, u) => (i % 3 ? u : Number.NaN)],
  ['all alike', () => 4],
])('of many values %s', (_, draw) => {
  const rng = createRng(1, 'quartiles-test');
  for (const rows of [50_000, 50_001, 50_002, 50_003]) {
    const values = Float64Array.from({ length: rows }, (_, i) => draw(i, rng.uniform()));
    expect(quartilesOf(values)).toEqual(bySorting(values));
  }
});
