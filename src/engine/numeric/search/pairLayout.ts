import { COPIES } from './layout';

/** Rows whose products with a query are summed at once: two vectors of four. */
export const ROWS_AT_ONCE = 8;
/** Queries that go over a panel together: what the sixteen vector registers hold sums for. */
export const QUERIES_AT_ONCE = 4;
/** A hit: address of the panel, query of the group, and from HIT_LANES on the values of all eight rows. */
export const HIT_WORDS = 12;
export const HIT_LANES = 4;
/** Panels gone over in one call: they fit into the fast memory of a core, and their hits in the place for them. */
export const PANELS_PER_TILE = 64;
/** Queries kept ready at once: as many go over a tile before the next tile is fetched. */
export const QUERIES_PER_BATCH = 256;
export const WORD = 4;

/**
 * Where things lie in the memory of the kernel that compares all pairs; addresses are in bytes.
 * Group of queries: [pair of columns][query][4 copies] words of two sixteen-bit values, then a limit for each query, copied too.
 * Panel: -|y|²/2 of eight rows, rounded down, then [pair of columns][8 rows] words of two values.
 */
export interface PairLayout {
  readonly columnPairs: number;
  readonly groupWords: number;
  readonly hits: number;
  readonly panels: number;
  readonly panelBytes: number;
  readonly panelCount: number;
  readonly bytes: number;
}

export function pairLayoutOf(rows: number, columns: number): PairLayout {
  const columnPairs = Math.ceil(columns / 2);
  const groupWords = (columnPairs + 1) * QUERIES_AT_ONCE * COPIES;
  const hits = (QUERIES_PER_BATCH / QUERIES_AT_ONCE) * groupWords * WORD;
  const panels = hits + PANELS_PER_TILE * QUERIES_AT_ONCE * HIT_WORDS * WORD;
  const panelBytes = (columnPairs + 1) * ROWS_AT_ONCE * WORD;
  const panelCount = Math.ceil(rows / ROWS_AT_ONCE);
  return {
    columnPairs,
    groupWords,
    hits,
    panels,
    panelBytes,
    panelCount,
    bytes: panels + panelCount * panelBytes,
  };
}
