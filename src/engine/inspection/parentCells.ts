import type { Frame } from '../data/frame';

/** Rows of the three kinds, in the same columns. */
export interface RegionFrames {
  readonly common: Frame;
  readonly rare: Frame;
  readonly made: Frame;
}

const PARENT_CELLS = 4;

/** Quartiles of a number among the rows of a frame, the inner borders of its cells; null for categories, whose cells are their levels. */
export function cutsOf(frame: Frame, column: number): readonly number[] | null {
  if (frame.specs[column]!.levels) return null;
  const sorted = frame.columns[column]!.filter((value) => !Number.isNaN(value)).sort();
  const cuts = Array.from(
    { length: PARENT_CELLS - 1 },
    (_, k) => sorted[Math.floor(((k + 1) * sorted.length) / PARENT_CELLS)]!,
  );
  // Few distinct values give fewer cells, not empty ones.
  return [...new Set(cuts)].filter((cut) => cut > sorted[0]!);
}

/** The cell of a value; -1 where it is missing. */
export const cutOf = (cuts: readonly number[] | null, value: number): number =>
  Number.isNaN(value) ? -1 : cuts === null ? value : cuts.filter((cut) => value >= cut).length;
