import type { Frame } from '../data/frame';
import { EngineError } from '../errors';
import type { Statement } from './comparison';
import { splineDesign } from './design';
import type { StatementRows } from './sample';
import { sliceOf, variableOf } from './variable';

/**
 * The rows of a frame that are complete in a statement's columns, as variables on one design.
 * @param reference The first so many rows of the frame choose knots and levels: the real ones.
 * @param group Bootstrap group of each row of the frame.
 * @throws EngineError `unknown-column`.
 */
export function statementRows(
  frame: Frame,
  reference: number,
  group: Int32Array,
  statement: Statement,
  given: readonly string[],
): {
  readonly rows: StatementRows;
  readonly kept: Int32Array;
  /** How many of the kept rows are among the first `reference`. */
  readonly before: number;
} {
  const columns = [statement.x, statement.y, ...given].map((name) => columnIndex(frame, name));
  const kept = completeRows(
    columns.map((c) => frame.columns[c]!),
    frame.rows,
  );
  let before = 0;
  while (before < kept.length && kept[before]! < reference) before++;
  const [x, y, ...conditions] = columns.map((c) => variableOf(frame, c, kept, before));
  const design = splineDesign(
    conditions.map((z) => sliceOf(z, 0, before)),
    before,
  );
  return {
    rows: {
      x: x!,
      y: y!,
      given: conditions,
      design,
      matrix: design.matrix(conditions, kept.length),
      group: kept.map((row) => group[row]!),
    },
    kept,
    before,
  };
}

/** Rows without a missing cell in any of the columns. */
export function completeRows(columns: readonly Float64Array[], rows: number): Int32Array {
  const complete = new Uint8Array(rows).fill(1);
  for (const column of columns) {
    for (let row = 0; row < rows; row++) if (Number.isNaN(column[row]!)) complete[row] = 0;
  }
  const kept = new Int32Array(rows);
  let count = 0;
  for (let row = 0; row < rows; row++) if (complete[row] === 1) kept[count++] = row;
  return kept.subarray(0, count);
}

/** @throws EngineError `unknown-column`. */
export function columnIndex(frame: Frame, name: string): number {
  const index = frame.specs.findIndex((spec) => spec.name === name);
  if (index >= 0) return index;
  throw new EngineError('unknown-column', `The table has no column "${name}".`, { column: name });
}
