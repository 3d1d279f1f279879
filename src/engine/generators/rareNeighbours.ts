import type { Task } from '../task';
import type { GeneratorInput } from './generator';
import type { Bases } from './interpolation';
import { type DistanceColumns, pointsOf } from './points';
import { countOf, type RareRows } from './rareRows';

/**
 * The k nearest rows of the class for some of its rows, or for all.
 * k is lowered, with a message, where rows are few.
 * @param chosen Positions of the bases among the rare rows; null for all of them.
 */
export async function neighboursInClass(
  label: string,
  { neighbours }: GeneratorInput,
  { rows, columns }: RareRows,
  distance: DistanceColumns,
  chosen: Int32Array | null,
  wantedK: number,
  task: Task,
): Promise<{ readonly bases: Bases; readonly messages: readonly string[] }> {
  const { k, index } = await neighbours({ points: pointsOf(columns, distance), queries: chosen, k: wantedK }, task);
  return {
    bases: {
      rows,
      columns,
      bases: chosen ?? Int32Array.from(rows, (_, position) => position),
      k,
      neighbours: index,
      ends: null,
      isOther: null,
    },
    messages:
      k < wantedK
        ? [`${label} uses k = ${k} instead of ${wantedK}: there are only ${countOf(rows.length, 'usable rare row')}.`]
        : [],
  };
}
