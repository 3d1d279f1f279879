import type { Frame } from '../data/frame';

export interface NearRow {
  /** Row of the frame. */
  readonly row: number;
  /** Mean over columns of min(|a - b| / range, 1), or 0 / 1 for categories, as in `closestRecords`. */
  readonly distance: number;
}

/** The k rows of a frame nearest to a row given by its values, nearest first, ties by row. */
export function nearestRows(frame: Frame, values: readonly number[], k: number, without = -1): NearRow[] {
  const inverse = frame.specs.map((spec, c) => {
    if (spec.levels) return Number.POSITIVE_INFINITY;
    let min = Number.POSITIVE_INFINITY;
    let max = Number.NEGATIVE_INFINITY;
    for (const value of frame.columns[c]!) {
      if (value < min) min = value;
      if (value > max) max = value;
    }
    return max > min ? 1 / (max - min) : Number.POSITIVE_INFINITY;
  });
  const best: NearRow[] = [];
  for (let row = 0; row < frame.rows; row++) {
    if (row === without) continue;
    let sum = 0;
    for (let c = 0; c < values.length; c++) {
      const a = values[c]!;
      const b = frame.columns[c]![row]!;
      if (a === b || (Number.isNaN(a) && Number.isNaN(b))) continue;
      const gap = Math.abs(a - b) * inverse[c]!;
      // NaN, one cell missing, counts as the largest difference.
      sum += gap < 1 ? gap : 1;
    }
    const distance = sum / values.length;
    if (best.length === k && distance >= best[k - 1]!.distance) continue;
    const at = best.findIndex((one) => one.distance > distance);
    best.splice(at < 0 ? best.length : at, 0, { row, distance });
    if (best.length > k) best.pop();
  }
  return best;
}
