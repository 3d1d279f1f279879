import { expect, it } from 'vitest';
import { inlineExecutor, ROWS_PER_DRAW } from '../engine/executor';
import { generators } from '../engine/generators/catalogue';
import { completeParameters } from '../engine/generators/generator';
import { createRng } from '../engine/rng';
import { silentTask } from '../engine/task';
import { baselineFrame, generatorInput } from '../engine/testing/generatorInput';
import { areSame, rowBytes } from '../engine/testing/rowBytes';
import { createBlockPieces } from './blockPieces';
import { createPool } from './pool';
import { startLocalWorker } from './testing/localWorker';

const ROWS = 4 * ROWS_PER_DRAW + 17;

it.each(generators.filter((generator) => !generator.usesMap))(
  '$label makes the same rows with 1, 2 and 8 workers',
  async (generator) => {
    const frame = baselineFrame(generator.id, 500);
    const input = { ...generatorInput(frame), rowsWanted: ROWS };
    const { plan } = await generator.prepare(input, completeParameters(generator), silentTask);
    const alone = rowBytes(await inlineExecutor.drawRows(plan, 0, ROWS, silentTask));
    for (const size of [1, 2, 8]) {
      const workers = Array.from({ length: size }, () => startLocalWorker(createBlockPieces()));
      const left = [...workers];
      const pool = createPool(size, () => left.pop()!, 0);
      expect(areSame(rowBytes(await pool.drawRows(plan, 0, ROWS, silentTask)), alone)).toBe(true);
      for (const worker of workers) worker.terminate();
    }
  },
);

it('finds the same neighbours with 1, 2 and 8 workers', async () => {
  const rng = createRng(3, 'neighbours');
  const rows = 40_000;
  const points = {
    rows,
    numeric: Float64Array.from({ length: rows * 4 }, () => Math.round(100 * rng.normal())),
    numericColumns: 4,
    codes: Int32Array.from({ length: rows }, () => rng.integer(3)),
    codeColumns: 1,
    mismatchPenalty: 2,
  };
  const search = { points, queries: Int32Array.from({ length: 12_000 }, (_, i) => i * 3), k: 5 };
  const alone = await inlineExecutor.findNeighbours(search, silentTask);
  for (const size of [1, 2, 8]) {
    const workers = Array.from({ length: size }, () => startLocalWorker(createBlockPieces()));
    const left = [...workers];
    const pool = createPool(size, () => left.pop()!);
    const found = await pool.findNeighbours(search, silentTask);
    expect(left.length).toBe(size === 1 ? 1 : 0);
    expect(found.k).toBe(alone.k);
    expect(found.index.every((row, i) => row === alone.index[i])).toBe(true);
    expect(found.distance.every((value, i) => value === alone.distance[i])).toBe(true);
    for (const worker of workers) worker.terminate();
  }
});
