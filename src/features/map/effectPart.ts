import { edgeKey } from '../../engine/graph/causalMap';
import type { EffectAnswer } from '../../engine/graph/effectAnswer';

/** Which part an arrow has in the effect asked about: it carries it, biases it, or does both on different paths. */
export type EffectPart = 'causal' | 'biasing' | 'both';

export interface EffectColours {
  /** By the text of `edgeKey`. */
  readonly parts: ReadonlyMap<string, EffectPart>;
  readonly held: ReadonlySet<string>;
}

export function effectColours({ open, asked }: EffectAnswer): EffectColours {
  const parts = new Map<string, EffectPart>(open.causal.map((edge) => [edgeKey(edge), 'causal']));
  for (const edge of open.biasing) parts.set(edgeKey(edge), parts.has(edgeKey(edge)) ? 'both' : 'biasing');
  return { parts, held: new Set(asked.held) };
}

export const partWords: Record<EffectPart, string> = {
  causal: 'carries the effect',
  biasing: 'on an open path that biases the effect',
  both: 'carries the effect, and on an open path that biases it',
};
