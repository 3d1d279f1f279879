import { useMemo } from 'react';
import type { CausalMap } from '../../engine/graph/causalMap';
import { answerEffect, type EffectAnswer } from '../../engine/graph/effectAnswer';
import type { EffectKind } from '../../engine/graph/effectGraph';
import { useStudio } from '../../state/StudioProvider';
import { structureOf, useQuestion } from './mapFacts';

/** More sets or paths than this help nobody who reads them. */
const most = { sets: 8, paths: 40 };

export interface ShownAnswer extends EffectAnswer {
  /** Columns that can be held fixed, and whether the map forbids it for this effect. */
  readonly choices: readonly { readonly name: string; readonly isForbidden: boolean }[];
}

let latest: { readonly key: string; readonly answer: ShownAnswer | null } | null = null;

/**
 * What the map says of the effect; null where it has no question yet: exposure or outcome not chosen, or not on the map.
 * Columns that can no longer be held (the new exposure, a removed node) are left out of `asked.held`.
 */
export function effectAnswerOf(
  map: CausalMap,
  exposure: string | null,
  outcome: string | null,
  effect: EffectKind,
  held: readonly string[],
): ShownAnswer | null {
  if (exposure === null || outcome === null || exposure === outcome) return null;
  const key = JSON.stringify([structureOf(map), exposure, outcome, effect, held]);
  // Canvas and inspector ask the same question.
  if (latest?.key === key) return latest.answer;
  const names = new Set(map.nodes.map(({ name }) => name));
  let answer: ShownAnswer | null = null;
  if (names.has(exposure) && names.has(outcome)) {
    const choices = map.nodes
      .filter(({ name, latent, selected }) => !latent && !selected && name !== exposure && name !== outcome)
      .map(({ name }) => name);
    const given = held.filter((name) => choices.includes(name));
    const found = answerEffect(map, { exposure, outcome, effect, held: given }, most);
    const forbidden = new Set(found.forbidden);
    answer = { ...found, choices: choices.map((name) => ({ name, isForbidden: forbidden.has(name) })) };
  }
  latest = { key, answer };
  return answer;
}

export function useEffectAnswer(): ShownAnswer | null {
  const map = useStudio((s) => s.project.map);
  const { exposure, outcome } = useQuestion();
  const { effect, held } = useStudio((s) => s.effectQuestion);
  return useMemo(() => effectAnswerOf(map, exposure, outcome, effect, held), [map, exposure, outcome, effect, held]);
}

export const isSameSet = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((name) => b.includes(name));
