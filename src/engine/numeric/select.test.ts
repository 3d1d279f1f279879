import fc from 'fast-check';
import { expect, it } from 'vitest';
import { selectInPlace } from './select';

it('finds what sorting would find, and keeps the values', () => {
  fc.assert(
    fc.property(
      fc.array(fc.oneof(fc.integer({ min: -3, max: 3 }), fc.double({ noNaN: true })), { minLength: 1, maxLength: 60 }),
      fc.nat(),
      (numbers, place) => {
        const values = Float64Array.from(numbers, (x) => x + 0);
        const k = place % values.length;
        const sorted = values.slice().sort();
        expect(selectInPlace(values, k)).toBe(sorted[k]);
        // What is left of k is ready for a second search there.
        if (k > 0) expect(selectInPlace(values, k >> 1, 0, k - 1)).toBe(sorted[k >> 1]);
        expect(values.sort()).toEqual(sorted);
      },
    ),
  );
});
