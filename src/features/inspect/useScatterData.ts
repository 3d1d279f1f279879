import { useEffect, useState } from 'react';
import { useStudio } from '../../state/StudioProvider';
import type { ScatterData } from '../../worker/api';

/** Points drawn per layer at most; rare rows are all drawn. */
const LIMIT = 100_000;

export type ScatterState =
  | { readonly status: 'waiting'; readonly data: ScatterData | null }
  | { readonly status: 'ready'; readonly data: ScatterData }
  | { readonly status: 'failed'; readonly message: string; readonly data: null };

/** The points of two columns, fetched again when the table, the target or a run changes. The old ones stay meanwhile. */
export function useScatterData(x: string | null, y: string | null): ScatterState {
  const ask = useStudio((s) => s.ask);
  const target = useStudio((s) => s.project.target);
  const loaded = useStudio((s) => s.loadedData);
  const runId = useStudio((s) => (s.activeRunId && s.runs[s.activeRunId] ? s.activeRunId : null));
  const comparisonId = useStudio((s) => (s.comparisonRunId && s.runs[s.comparisonRunId] ? s.comparisonRunId : null));
  const [state, setState] = useState<ScatterState>({ status: 'waiting', data: null });
  useEffect(() => {
    if (x === null || y === null || target === null || loaded === null) return;
    let isLatest = true;
    setState((before) => ({ status: 'waiting', data: before.data }));
    void ask((engine) => engine.scatter(x, y, target, runId, comparisonId, LIMIT)).then((outcome) => {
      if (!isLatest) return;
      setState(
        outcome.ok
          ? { status: 'ready', data: outcome.value }
          : { status: 'failed', message: outcome.message, data: null },
      );
    });
    return () => {
      isLatest = false;
    };
  }, [ask, x, y, target, loaded, runId, comparisonId]);
  return state;
}
