import { type Frame, isNumericSpec } from '../data/frame';
import { completeRows } from '../dependence/statementRows';
import type { Rng } from '../rng';
import { shuffleInPlace } from '../rng';
import { variance } from './columnFidelity';

/** Rows as points of shape (rows, width), row-major; `frameRow` says which row of the frame each is. */
export interface Embedded {
  readonly rows: number;
  readonly width: number;
  readonly values: Float64Array;
  readonly frameRow: Int32Array;
}

/**
 * Real and synthetic rows in one space: numbers over the real standard deviation, one indicator a level over sqrt 2, so that
 * a differing category is a distance 1. Rows with a missing cell are left out; more than `most` rows a side are drawn at
 * random.
 */
export function embed(
  real: Frame,
  synthetic: Frame,
  most: number,
  rng: Rng,
): { readonly real: Embedded; readonly synthetic: Embedded } {
  const scale = real.specs.map((spec, c) => {
    const spread = isNumericSpec(spec) ? variance(real.columns[c]!) : 0;
    return spread > 0 ? 1 / Math.sqrt(spread) : 1;
  });
  const place = (frame: Frame): Embedded => {
    const complete = completeRows(frame.columns, frame.rows);
    const kept =
      complete.length > most ? shuffleInPlace(Int32Array.from(complete), rng).slice(0, most).sort() : complete;
    const width = frame.specs.reduce((sum, spec) => sum + (spec.levels?.length ?? 1), 0);
    const values = new Float64Array(kept.length * width);
    kept.forEach((row, i) => {
      let at = i * width;
      frame.specs.forEach((spec, c) => {
        const value = frame.columns[c]![row]!;
        if (spec.levels === null) values[at++] = value * scale[c]!;
        else {
          values[at + value] = Math.SQRT1_2;
          at += spec.levels.length;
        }
      });
    });
    return { rows: kept.length, width, values, frameRow: kept };
  };
  return { real: place(real), synthetic: place(synthetic) };
}

/** Euclidean distance of row i of a and row j of b. */
export function distanceOf(a: Embedded, i: number, b: Embedded, j: number): number {
  let sum = 0;
  for (let c = 0; c < a.width; c++) {
    const gap = a.values[i * a.width + c]! - b.values[j * b.width + c]!;
    sum += gap * gap;
  }
  return Math.sqrt(sum);
}
