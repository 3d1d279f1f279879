import type { WorldTruth } from './truth';
import table from './truth.json';

/** The truth of a demo world from 1,000,000 rows, as `scripts/truth.mjs` wrote it; null for a world that has none. */
export const truthTable = (id: string): WorldTruth | null =>
  (table as readonly WorldTruth[]).find((truth) => truth.id === id) ?? null;
