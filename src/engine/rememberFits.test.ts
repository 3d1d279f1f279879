import { expect, it } from 'vitest';
import { type Executor, inlineExecutor } from './executor';
import type { NodeFitRequest } from './mechanisms/fitNode';
import { rememberFits } from './rememberFits';
import { silentTask } from './task';
import { mixedFrame } from './testing/generatorInput';

const frame = mixedFrame(1, 300);
const request = (child: number, seed = 1): NodeFitRequest => ({
  child: frame.specs[child]!,
  parents: [frame.specs[6]!],
  values: frame.columns[child]!.slice(),
  parentColumns: [frame.columns[6]!.slice()],
  weights: new Float64Array(frame.rows).fill(1),
  targetParent: 0,
  seed,
});

/** Counts the nodes it is asked to learn. */
function counting() {
  const asked: string[] = [];
  const executor: Executor = {
    ...inlineExecutor,
    fitNodes(requests, task) {
      asked.push(...requests.map(({ child }) => child.name));
      return inlineExecutor.fitNodes(requests, task);
    },
  };
  return { asked, executor: rememberFits(executor) };
}

it('learns a node once, and again when anything about it changes', async () => {
  const { asked, executor } = counting();
  const first = await executor.fitNodes([request(0), request(2)], silentTask);
  expect(await executor.fitNodes([request(0), request(2)], silentTask)).toEqual(first);
  expect(asked.length).toBe(2);

  const edited = request(2);
  edited.values[7]! += 1;
  const parent = request(2);
  parent.parentColumns[0]![7] = Number.NaN;
  const weighted = { ...request(2), weights: new Float64Array(frame.rows).fill(2) };
  for (const changed of [edited, parent, weighted, request(2, 9), { ...request(2), targetParent: -1 }]) {
    const before = asked.length;
    const results = await executor.fitNodes([request(0), changed], silentTask);
    expect(results).toEqual(await inlineExecutor.fitNodes([request(0), changed], silentTask));
    expect(asked.length).toBe(before + 1);
  }
});

it('keeps results in the order of the requests', async () => {
  const { executor } = counting();
  await executor.fitNodes([request(2)], silentTask);
  const both = await executor.fitNodes([request(0), request(2), request(4)], silentTask);
  expect(both.map(({ fit }) => fit.node)).toEqual([0, 2, 4].map((c) => frame.specs[c]!.name));
});
