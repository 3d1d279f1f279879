import { diagnosisOf } from '../../engine/diagnosis/diagnosisOf';
import { EngineError } from '../../engine/errors';
import type { EngineApi } from '../api';
import { openTable, type Session } from '../session';
import { settle } from '../settle';

/** What the real rows say before anything is made of them. */
export const diagnosisHandlers = (session: Session): Pick<EngineApi, 'diagnose'> => ({
  diagnose: (taskId, project, refutedClaims, onProgress) =>
    settle(() =>
      session.tasks.run(taskId, onProgress, async (task) => {
        const { table } = openTable(session);
        const found = await diagnosisOf(table, project, refutedClaims, task);
        if (!found)
          throw new EngineError('bad-target', 'There is no target yet: choose the column with the rare outcome.');
        return found;
      }),
    ),
});
