import { type Frame, isNumericSpec } from '../data/frame';
import { silentTask, type Task } from '../task';

export interface ClosestRecords {
  /** Distance of each synthetic row to its nearest real row, in [0, 1]. */
  readonly distance: Float64Array;
  /** That real row; the first among equals. */
  readonly nearest: Int32Array;
}

/**
 * Distance to the closest record: the mean over columns of min(|a - b| / range, 1) for numbers (range of the real
 * column; a constant one counts 0 or 1), 0 or 1 for categories, 1 where just one cell is missing and 0 where both are.
 * @see The SDMetrics library, distance to closest record.
 */
export async function closestRecords(real: Frame, synthetic: Frame, task: Task = silentTask): Promise<ClosestRecords> {
  const width = real.specs.length;
  const inverseRange = real.specs.map((spec, c) => (isNumericSpec(spec) ? inverseRangeOf(real.columns[c]!) : Infinity));
  const pack = ({ rows, columns }: Frame) => {
    const cells = new Float64Array(rows * width);
    columns.forEach((column, c) => {
      for (let row = 0; row < rows; row++) cells[row * width + c] = column[row]!;
    });
    return cells;
  };
  const a = pack(real);
  const b = pack(synthetic);
  const distance = new Float64Array(synthetic.rows).fill(Number.NaN);
  const nearest = new Int32Array(synthetic.rows).fill(-1);
  for (let s = 0; s < synthetic.rows; s++) {
    if (s % 32 === 0) await task.checkpoint(s / synthetic.rows, 'Looking for the closest real rows');
    let best = Infinity;
    for (let r = 0; r < real.rows; r++) {
      let sum = 0;
      for (let c = 0; c < width && sum < best; c++) {
        const x = a[r * width + c]!;
        const y = b[s * width + c]!;
        if (x === y) continue;
        // NaN fails every comparison: both missing count 0, one missing counts 1.
        const gap = Math.abs(x - y) * inverseRange[c]!;
        if (gap < 1) sum += gap;
        else if (!(Number.isNaN(x) && Number.isNaN(y))) sum += 1;
      }
      if (sum < best) {
        best = sum;
        nearest[s] = r;
      }
    }
    if (real.rows > 0) distance[s] = best / width;
  }
  return { distance, nearest };
}

function inverseRangeOf(column: Float64Array): number {
  let min = Infinity;
  let max = -Infinity;
  for (const value of column) {
    if (value < min) min = value;
    if (value > max) max = value;
  }
  return max > min ? 1 / (max - min) : Infinity;
}

/** How many synthetic rows equal some real row in every cell; two missing cells are equal. */
export function countCopies(real: Frame, synthetic: Frame): number {
  const keyOf = (frame: Frame, row: number) => frame.columns.map((column) => column[row]).join('|');
  const known = new Set<string>();
  for (let row = 0; row < real.rows; row++) known.add(keyOf(real, row));
  let copies = 0;
  for (let row = 0; row < synthetic.rows; row++) if (known.has(keyOf(synthetic, row))) copies++;
  return copies;
}
