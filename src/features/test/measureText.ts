import type { FidelityMeasure } from '../../engine/validation/fidelityMeasures';
import { percentText, shortNumber } from '../../ui/numbers';

const shares = new Set(['copies', 'coverage', 'authenticity', 'heaping', 'off-grid', 'interpolation-lines']);

/** A measure as it reads: shares as percentages, the rest with three digits. */
export const measureText = ({ id }: Pick<FidelityMeasure, 'id'>, value: number | null): string =>
  value === null ? '–' : shares.has(id) ? percentText(value) : shortNumber(value);

/** How far off a measure may be before it is pointed out, in its own unit. */
const slack: Readonly<Record<string, number>> = {
  'energy-distance': 0.02,
  'association-difference': 0.05,
  'worst-column': 0.1,
  'variance-kept': 0.2,
  'auc-linear': 0.1,
  'auc-boosted': 0.1,
  authenticity: 0.25,
  utility: 0.1,
  'closest-record': 0,
};

/** Whether a measure is worse than what real rows get among themselves, by more than chance lets it be. */
export function isConcerning({ id, value, reference, good }: FidelityMeasure): boolean {
  if (value === null) return false;
  const room = slack[id] ?? 0.05;
  if (good === 'half') return Math.abs(value - 0.5) > room;
  if (reference === null) return false;
  if (id === 'closest-record') return value < 0.5 * reference;
  return good === 'low' ? value > reference + room : value < reference - room;
}
