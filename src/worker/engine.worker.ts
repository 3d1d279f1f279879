import { expose, transfer } from 'comlink';
import type { EngineApi } from './api';
import { createEngineApi } from './createEngineApi';
import { createPool } from './pool';
import { buffersOfRun } from './runBuffers';

const api = createEngineApi(createPool());

/** Big arrays leave this thread without being copied; the handlers give away copies or fresh arrays only. */
const exposed: EngineApi = {
  ...api,
  async exportRun(runId) {
    const outcome = await api.exportRun(runId);
    return outcome.ok ? transfer(outcome, buffersOfRun(outcome.value)) : outcome;
  },
  async scatter(...request) {
    const outcome = await api.scatter(...request);
    if (!outcome.ok) return outcome;
    return transfer(
      outcome,
      outcome.value.layers.flatMap(({ x, y, row }) => [x.buffer, y.buffer, row.buffer]),
    );
  },
};

expose(exposed);
