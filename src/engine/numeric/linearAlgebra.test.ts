import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRng } from '../rng';
import {
  choleskyFactor,
  choleskyFactorJittered,
  choleskySolve,
  solveSymmetric,
  symmetricEigen,
  symmetricInverse,
} from './linearAlgebra';

/** B Bᵀ + ridge I for a random B. */
function randomSymmetric(seed: number, d: number, ridge: number): Float64Array {
  const rng = createRng(seed, 'matrix');
  const b = Float64Array.from({ length: d * d }, () => rng.normal());
  const a = new Float64Array(d * d);
  for (let i = 0; i < d; i++)
    for (let j = 0; j < d; j++) {
      for (let k = 0; k < d; k++) a[i * d + j]! += b[i * d + k]! * b[j * d + k]!;
      if (i === j) a[i * d + j]! += ridge;
    }
  return a;
}

const multiply = (a: Float64Array, x: Float64Array, d: number): number[] =>
  Array.from({ length: d }, (_, i) => {
    let sum = 0;
    for (let j = 0; j < d; j++) sum += a[i * d + j]! * x[j]!;
    return sum;
  });

const matrices = fc.record({ seed: fc.nat(1e6), d: fc.integer({ min: 1, max: 9 }) });

describe('linear algebra', () => {
  it('solves what it factored', () => {
    fc.assert(
      fc.property(matrices, ({ seed, d }) => {
        const a = randomSymmetric(seed, d, 0.5);
        const b = Float64Array.from({ length: d }, (_, i) => i - 1.5);
        const x = choleskySolve(choleskyFactor(a, d)!, d, b);
        multiply(a, x, d).forEach((value, i) => {
          expect(value).toBeCloseTo(b[i]!, 8);
        });
      }),
    );
  });

  it('inverts', () => {
    const d = 6;
    const a = randomSymmetric(3, d, 0.3);
    const inverse = symmetricInverse(a, d);
    for (let j = 0; j < d; j++) {
      const column = Float64Array.from({ length: d }, (_, i) => inverse[i * d + j]!);
      multiply(a, column, d).forEach((value, i) => {
        expect(value).toBeCloseTo(i === j ? 1 : 0, 9);
      });
    }
  });

  it('rebuilds a matrix from its eigenvalues and vectors, largest first', () => {
    fc.assert(
      fc.property(matrices, ({ seed, d }) => {
        const a = randomSymmetric(seed, d, 0);
        const { values, vectors } = symmetricEigen(a, d);
        for (let k = 1; k < d; k++) expect(values[k - 1]!).toBeGreaterThanOrEqual(values[k]!);
        for (let i = 0; i < d; i++)
          for (let j = 0; j < d; j++) {
            let sum = 0;
            for (let k = 0; k < d; k++) sum += vectors[i * d + k]! * values[k]! * vectors[j * d + k]!;
            expect(Math.abs(sum - a[i * d + j]!)).toBeLessThan(1e-9);
          }
      }),
    );
  });

  it('refuses a singular matrix, and solves it with jitter', () => {
    const singular = Float64Array.of(1, 1, 1, 1);
    expect(choleskyFactor(singular, 2)).toBeNull();
    const x = solveSymmetric(singular, 2, Float64Array.of(2, 2));
    expect(x[0]! + x[1]!).toBeCloseTo(2, 6);
  });

  it('says when there are no numbers in it', () => {
    expect(() => choleskyFactorJittered(Float64Array.of(Number.NaN), 1)).toThrowError(/not numbers/);
  });
});
