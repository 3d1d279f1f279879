import { mapHash } from '../../state/runInputs';
import { useStudio } from '../../state/StudioProvider';
import type { Biography } from '../../worker/inspectApi';
import type { RowKey } from './plot/plotScene';
import { type Answer, useEngineAnswer } from './useEngineAnswer';
import { useViewSource } from './useViewSource';

/** The account of a row, told anew when map or rules change. */
export function useBiography(key: RowKey | null): Answer<Biography> {
  const source = useViewSource();
  const project = useStudio((s) => s.project);
  const name = key && source ? JSON.stringify([key, source, mapHash(project.map), project.rules]) : null;
  return useEngineAnswer(
    name,
    (engine, taskId, report) => engine.biography(taskId, project, source!, key!.layer, key!.row, report),
    30,
  );
}
