import { useEffect, useState } from 'react';
import type { EffectShape } from '../../engine/mechanisms/effects';
import type { NodeFit } from '../../engine/scm/fittedModel';
import { useStudio, useStudioStore } from '../../state/StudioProvider';

/** What the column truly owes to each of its causes, in a demo whose world has the causes that were learned from; else none. */
export function useTrueEffects({ node, parents }: Pick<NodeFit, 'node' | 'parents'>): readonly EffectShape[] {
  const store = useStudioStore();
  const demo = useStudio((s) => s.truth?.id ?? null);
  const [effects, setEffects] = useState<readonly EffectShape[]>([]);
  useEffect(() => {
    setEffects([]);
    if (demo === null || parents.length === 0) return;
    let isLatest = true;
    const { ask, project } = store.getState();
    void ask((engine) => engine.trueEffects(demo, project, node, parents)).then((outcome) => {
      if (isLatest && outcome.ok) setEffects(outcome.value ?? []);
    });
    return () => {
      isLatest = false;
    };
  }, [store, demo, node, parents]);
  return effects;
}
