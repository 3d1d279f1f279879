import { type Executor, inlineExecutor } from '../engine/executor';
import { rememberFits } from '../engine/rememberFits';
import type { EngineApi } from './api';
import { diagnosisHandlers } from './handlers/diagnosisHandlers';
import { mapHandlers } from './handlers/mapHandlers';
import { ruleHandlers } from './handlers/ruleHandlers';
import { runHandlers } from './handlers/runHandlers';
import { tableHandlers } from './handlers/tableHandlers';
import { testHandlers } from './handlers/testHandlers';
import { viewHandlers } from './handlers/viewHandlers';
import { createSession } from './session';

/** The one implementation of the contract: exposed by engine.worker.ts, called directly by tests. */
export function createEngineApi(executor: Executor = inlineExecutor): EngineApi {
  const session = createSession(rememberFits(executor));
  return {
    cancel: (taskId) => session.tasks.cancel(taskId),
    ...tableHandlers(session),
    ...diagnosisHandlers(session),
    ...mapHandlers(session),
    ...ruleHandlers(session),
    ...runHandlers(session),
    ...testHandlers(session),
    ...viewHandlers(session),
  };
}
