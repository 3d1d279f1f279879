import { useEffect, useState } from 'react';
import { useStudio } from '../../state/StudioProvider';
import type { Outcome, PointLayer, RowDetail } from '../../worker/api';

export interface RowKey {
  readonly layer: PointLayer;
  readonly row: number;
}

/** One row in full; null while it is being fetched. `delayMs` waits for the pointer to come to rest. */
export function useRowDetail(key: RowKey | null, delayMs = 0): Outcome<RowDetail> | null {
  const ask = useStudio((s) => s.ask);
  const rules = useStudio((s) => s.project.rules);
  const runId = useStudio((s) => (key?.layer === 'comparison' ? s.comparisonRunId : s.activeRunId));
  const loaded = useStudio((s) => s.loadedData);
  const layer = key?.layer ?? null;
  const row = key?.row ?? null;
  const [found, setFound] = useState<{ readonly of: string; readonly outcome: Outcome<RowDetail> } | null>(null);
  const of = `${layer} ${row} ${runId} ${loaded}`;
  useEffect(() => {
    if (layer === null || row === null || loaded === null) return;
    let isLatest = true;
    const timer = setTimeout(() => {
      const id = layer === 'common' || layer === 'rare' ? null : runId;
      void ask((engine) => engine.rowDetail(layer, row, id, rules)).then((outcome) => {
        if (isLatest) setFound({ of, outcome });
      });
    }, delayMs);
    return () => {
      isLatest = false;
      clearTimeout(timer);
    };
  }, [ask, layer, row, runId, rules, loaded, delayMs, of]);
  return key !== null && found?.of === of ? found.outcome : null;
}
