import { type Frame, isNumericSpec, selectRows } from '../data/frame';
import { type Rng, shuffleInPlace } from '../rng';
import { silentTask, type Task } from '../task';
import { variance } from './columnFidelity';

/** Above this many rows a side is subsampled: the cost grows with the square. */
export const ENERGY_ROW_LIMIT = 2000;

export interface EnergyDistance {
  /** sqrt(2 E|X - Y| - E|X - X'| - E|Y - Y'|), over all pairs of used rows. */
  readonly distance: number;
  /** The square of it without the bias of counting a row against itself; about 0 (of either sign) for equal laws. */
  readonly unbiasedSquare: number;
  /** Complete rows used of either side, after subsampling. */
  readonly referenceRows: number;
  readonly otherRows: number;
}

/**
 * Energy distance of two mixed frames. Numbers are divided by the reference's standard deviation (population; columns
 * constant there stay as they are), a differing category adds 1 to the squared Euclidean distance (one-hot over sqrt 2).
 * Rows with a missing cell are left out; each side is subsampled to `ENERGY_ROW_LIMIT` rows with `rng`. NaN without rows.
 * @see Energy statistics: a class of statistics based on distances, J. Stat. Plan. Inference 143 (2013), section 2.
 */
export async function energyDistance(
  reference: Frame,
  other: Frame,
  rng: Rng,
  task: Task = silentTask,
): Promise<EnergyDistance> {
  const scale = reference.specs.map((spec, c) => {
    const spread = isNumericSpec(spec) ? variance(reference.columns[c]!) : 1;
    return spread > 0 ? 1 / Math.sqrt(spread) : 1;
  });
  const a = encode(completeSubsample(reference, rng), scale);
  const b = encode(completeSubsample(other, rng), scale);
  if (a.rows === 0 || b.rows === 0) {
    return { distance: Number.NaN, unbiasedSquare: Number.NaN, referenceRows: a.rows, otherRows: b.rows };
  }
  const between = await distanceSum(a, b, task);
  const insideA = await distanceSum(a, a, task);
  const insideB = await distanceSum(b, b, task);
  const cross = (2 * between) / (a.rows * b.rows);
  const withSelf = cross - insideA / a.rows ** 2 - insideB / b.rows ** 2;
  const pairs = (rows: number) => Math.max(1, rows * (rows - 1));
  return {
    distance: Math.sqrt(Math.max(0, withSelf)),
    unbiasedSquare: cross - insideA / pairs(a.rows) - insideB / pairs(b.rows),
    referenceRows: a.rows,
    otherRows: b.rows,
  };
}

function completeSubsample(frame: Frame, rng: Rng): Frame {
  const complete: number[] = [];
  for (let row = 0; row < frame.rows; row++) {
    if (!frame.columns.some((column) => Number.isNaN(column[row]))) complete.push(row);
  }
  if (complete.length <= ENERGY_ROW_LIMIT) return selectRows(frame, complete);
  return selectRows(frame, shuffleInPlace(complete, rng).slice(0, ENERGY_ROW_LIMIT));
}

interface Encoded {
  readonly rows: number;
  /** Row-major scaled numbers and codes. */
  readonly numbers: Float64Array;
  readonly width: number;
  readonly codes: Float64Array;
  readonly codeWidth: number;
}

function encode({ rows, specs, columns }: Frame, scale: readonly number[]): Encoded {
  const numeric = specs.flatMap((spec, c) => (isNumericSpec(spec) ? [c] : []));
  const categorical = specs.flatMap((spec, c) => (isNumericSpec(spec) ? [] : [c]));
  const numbers = new Float64Array(rows * numeric.length);
  const codes = new Float64Array(rows * categorical.length);
  for (let row = 0; row < rows; row++) {
    numeric.forEach((c, j) => {
      numbers[row * numeric.length + j] = columns[c]![row]! * scale[c]!;
    });
    categorical.forEach((c, j) => {
      codes[row * categorical.length + j] = columns[c]![row]!;
    });
  }
  return { rows, numbers, width: numeric.length, codes, codeWidth: categorical.length };
}

async function distanceSum(a: Encoded, b: Encoded, task: Task): Promise<number> {
  const { width, codeWidth } = a;
  let total = 0;
  for (let i = 0; i < a.rows; i++) {
    if (i % 64 === 0) await task.checkpoint(i / a.rows, 'Measuring the energy distance');
    for (let j = 0; j < b.rows; j++) {
      let squared = 0;
      for (let c = 0; c < width; c++) squared += (a.numbers[i * width + c]! - b.numbers[j * width + c]!) ** 2;
      for (let c = 0; c < codeWidth; c++) if (a.codes[i * codeWidth + c] !== b.codes[j * codeWidth + c]) squared++;
      total += Math.sqrt(squared);
    }
  }
  return total;
}
