import { pairAssociations } from '../association/pairs';
import type { Frame } from '../data/frame';

/** Association of two columns among real and among synthetic rare rows. */
export interface PairReport {
  readonly x: string;
  readonly y: string;
  readonly measure: 'pearson' | 'eta' | 'cramers-v';
  readonly real: number;
  readonly synthetic: number;
}

/** Associations of all pairs of columns, largest change first. */
export function pairReports(real: Frame, synthetic: Frame): PairReport[] {
  const made = pairAssociations(synthetic);
  return pairAssociations(real)
    .map((pair, i) => ({ x: pair.x, y: pair.y, measure: pair.measure, real: pair.value, synthetic: made[i]!.value }))
    .sort((a, b) => Math.abs(b.synthetic - b.real) - Math.abs(a.synthetic - a.real));
}
