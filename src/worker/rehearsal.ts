import { inlineExecutor } from '../engine/executor';
import { twins } from '../engine/generators/twins';
import { dagOf } from '../engine/graph/dag';
import { fitNode, type NodeFitResult } from '../engine/mechanisms/fitNode';
import { nearestNeighbours } from '../engine/numeric/neighbours';
import { fitModel } from '../engine/scm/fitModel';
import type { Task } from '../engine/task';
import { rareDisease } from '../engine/worlds/rareDisease';
import { mapOf, simulateWorld } from '../engine/worlds/simulate';

/** Enough for every loop to be compiled, few enough that a step takes some tens of milliseconds. */
const ROWS = 600;
/** Code is compiled for good once it has been seen at work. */
const PASSES = 2;
const TWINS = 1024;

/**
 * Learns and draws from a small simulated table for nothing but to have the code compiled before somebody waits for it:
 * code not yet compiled takes twice as long.
 * @param task Its checkpoints come after every step; it may be stopped at each.
 * @throws EngineError `cancelled` when the task is stopped.
 */
export async function rehearse(task: Task, rows = ROWS, passes = PASSES): Promise<void> {
  const frame = simulateWorld(rareDisease, rows, 1);
  const map = mapOf(rareDisease);
  const target = frame.specs.findIndex(({ name }) => name === rareDisease.target);
  const executor = {
    ...inlineExecutor,
    async fitNodes(requests: Parameters<typeof inlineExecutor.fitNodes>[0]) {
      let results: NodeFitResult[] = [];
      for (let pass = 0; pass < passes; pass++) {
        results = [];
        for (const request of requests) {
          results.push(fitNode(request));
          await task.checkpoint(results.length / requests.length, 'Rehearsing');
        }
      }
      return results;
    },
  };
  const model = await fitModel(frame, dagOf(map), target, 1, executor, task);
  const input = {
    ...{ frame, map, target, rareCode: frame.specs[target]!.levels!.indexOf(rareDisease.rareLevel) },
    ...{ rules: [], redraw: null, seed: 1, rowsWanted: TWINS },
    ...{ model: async () => model, neighbours: nearestNeighbours },
  };
  const { plan } = await twins.prepare(input, { step: 1, steps: 0 }, task);
  await inlineExecutor.drawRows(plan, 0, TWINS, task);
}
