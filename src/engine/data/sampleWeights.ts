import type { DataReference } from '../project/project';

/**
 * How many rows of the whole file each row of a level stands for: 1 for the rare levels whose rows were all kept while the
 * file was read, (N - N_rare) / (n - n_rare) for all others. Null where the table is the whole file, or was sampled
 * without regard to this column, so that shares are those of the file.
 */
export function sampleWeights(
  levels: readonly string[],
  column: string,
  data: Pick<DataReference, 'origin'> | null,
): Float64Array | null {
  const sample = data?.origin?.sample;
  if (!sample || sample.column !== column || sample.kept === sample.rareKept) return null;
  const others = (sample.rows - sample.rareKept) / (sample.kept - sample.rareKept);
  return Float64Array.from(levels, (level) => (sample.rareLevels.includes(level) ? 1 : others));
}
