import xor4096 from 'seedrandom/lib/xor4096.js';
import { normalQuantile, normalQuantileInPlace } from './numeric/normal';

/** A stream of random numbers. Equal keys give equal streams on every platform. */
export interface Rng {
  /** U(0, 1), both ends excluded, so that it can be fed to any quantile function. */
  uniform(): number;
  /** N(0, 1) by inversion: exactly one uniform a draw, so streams stay aligned whatever is done with the values. */
  normal(): number;
  /** Fills the array with the next normals. */
  normals(out: Float64Array): void;
  /** Uniform on {0, ..., bound - 1}. */
  integer(bound: number): number;
}

/**
 * Rows are drawn in fixed blocks of this many, each with a stream of its own: results do not depend on how blocks are
 * spread over workers, and any slice of a run can be made alone.
 */
export const ROWS_PER_BLOCK = 256;

/**
 * The stream keyed by (seed, purpose, block).
 * @param purpose What the numbers are for, in kebab-case; two purposes never share a stream.
 * @param block Index of the block of rows; 0 where the purpose has no rows.
 */
export function createRng(seed: number, purpose: string, block = 0): Rng {
  const { i, w, X } = xor4096(`counterpoise/1/${seed}/${purpose}/${block}`, { state: true }).state();
  // The stream goes on from the library's state in an array of whole numbers, which the library's own is not everywhere.
  const words = Int32Array.from(X);
  let at = i;
  let weyl = w;
  const next = (): number => {
    weyl = (weyl + 0x61c88647) | 0;
    let v = words[(at + 34) & 127]!;
    at = (at + 1) & 127;
    let t = words[at]!;
    v ^= v << 13;
    t ^= t << 17;
    v ^= v >>> 15;
    t ^= t >>> 12;
    v ^= t;
    words[at] = v;
    return (v + (weyl ^ (weyl >>> 16))) | 0;
  };
  const uniform = () => (next() >>> 0) * 2 ** -32 + 2 ** -33;
  return {
    uniform,
    normal: () => normalQuantile(uniform()),
    normals(out) {
      for (let row = 0; row < out.length; row++) out[row] = uniform();
      normalQuantileInPlace(out);
    },
    integer: (bound) => Math.floor(uniform() * bound),
  };
}

/** Shuffles in place (Fisher-Yates) and returns the same array. */
export function shuffleInPlace<T extends { length: number; [index: number]: number }>(items: T, rng: Rng): T {
  for (let i = items.length - 1; i > 0; i--) {
    const j = rng.integer(i + 1);
    const kept = items[i]!;
    items[i] = items[j]!;
    items[j] = kept;
  }
  return items;
}
