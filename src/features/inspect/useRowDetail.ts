import { useStudio } from '../../state/StudioProvider';
import type { RowDetail } from '../../worker/inspectApi';
import type { RowKey } from './plot/plotScene';
import { type Answer, useEngineAnswer } from './useEngineAnswer';
import { useViewSource } from './useViewSource';

/** One row in full; nothing while it is being fetched. `delayMs` waits for the pointer to come to rest. */
export function useRowDetail(key: RowKey | null, delayMs = 0): Answer<RowDetail> {
  const source = useViewSource();
  const rules = useStudio((s) => s.project.rules);
  const name = key && source ? JSON.stringify([key.layer, key.row, source.runs, rules]) : null;
  return useEngineAnswer(name, (engine) => engine.rowDetail(source!, key!.layer, key!.row, rules), delayMs);
}
