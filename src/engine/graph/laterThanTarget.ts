import type { CausalMap } from './causalMap';
import { tierName } from './lanes';

/**
 * Columns that the map's tiers put after the target: whatever predicts the target from them uses what nobody knows beforehand.
 * @returns One sentence; null where the target has no tier or nothing comes later.
 */
export function laterThanTarget(map: CausalMap, target: string): string | null {
  const own = map.nodes.find(({ name }) => name === target)?.tier ?? null;
  if (own === null) return null;
  const later = map.nodes.filter(({ latent, tier }) => !latent && tier !== null && tier > own);
  if (later.length === 0) return null;
  const shown = later.slice(0, 5).map(({ name, tier }) => `"${name}" (${tierName(map, tier!)})`);
  const more = later.length > 5 ? ` and ${later.length - 5} more` : '';
  return `By the map ${shown.join(', ')}${more} ${later.length === 1 ? 'comes' : 'come'} after "${target}" (${tierName(map, own)}): a model that is to foresee the outcome must not be given ${later.length === 1 ? 'it' : 'them'}.`;
}
