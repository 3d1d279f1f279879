import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type ColumnReaders, importFile } from '../engine/data/importFile';
import { guessAll } from '../engine/data/importOptions';
import { withinClassArena } from '../engine/dependence/arena';
import type { ArenaQuestions } from '../engine/dependence/compareStatement';
import { createDonorBootstrap } from '../engine/dependence/donorBootstrap';
import { EngineError } from '../engine/errors';
import { inlineExecutor, ROWS_PER_DRAW } from '../engine/executor';
import { completeParameters, type GeneratorPlan } from '../engine/generators/generator';
import { smote } from '../engine/generators/smote';
import type { NodeFitRequest } from '../engine/mechanisms/fitNode';
import { createRng } from '../engine/rng';
import { silentTask, type Task } from '../engine/task';
import { generatorInput, mixedFrame } from '../engine/testing/generatorInput';
import { createBlockPieces } from './blockPieces';
import { createPool } from './pool';
import { type LocalWorker, startLocalWorker } from './testing/localWorker';

const ROWS = 3 * ROWS_PER_DRAW + 17;
/** A pool that spreads rows between rows too, quick as they are. */
const poolOf = (size: number, start: () => LocalWorker) => createPool(size, start, 0);
const frame = mixedFrame(1, 600);

async function planOf(seed: number): Promise<GeneratorPlan> {
  const { plan } = await smote.prepare(generatorInput(frame, seed), completeParameters(smote), silentTask);
  return plan;
}

const fitRequest = (child: number, targetParent: number): NodeFitRequest => ({
  child: frame.specs[child]!,
  parents: [frame.specs[6]!],
  values: frame.columns[child]!,
  parentColumns: [frame.columns[6]!],
  weights: new Float64Array(frame.rows).fill(1),
  targetParent,
  seed: 1,
});

const real = mixedFrame(2, 6000);
const arena = withinClassArena({
  original: real,
  synthetic: mixedFrame(3, 6000),
  donor: Int32Array.from({ length: 6000 }, (_, row) => row),
  target: real.specs[6]!.name,
  rareCodes: [0, 1],
  statements: [],
  seed: 1,
});
const questions: ArenaQuestions = {
  arena,
  bootstrap: createDonorBootstrap(arena.groups, createRng(1, 'bootstrap')),
  statements: [0, 1, 2, 4].map((x) => ({
    statement: { id: `s${x}`, kind: 'independence', x: real.specs[x]!.name, y: real.specs[5]!.name, given: [] },
    survivesBalancing: true,
    withinClassIndependent: true,
  })),
  target: real.specs[6]!.name,
  hasOneRareLevel: false,
  margin: 0.1,
  wantsPValues: true,
};

let workers: LocalWorker[] = [];
const startOne = (pieces: object = createBlockPieces()) => {
  const worker = startLocalWorker(pieces);
  workers.push(worker);
  return worker;
};

describe('a pool of workers', () => {
  beforeEach(() => {
    workers = [];
    vi.spyOn(console, 'warn').mockImplementation(() => {});
    vi.spyOn(console, 'error').mockImplementation(() => {});
  });
  afterEach(() => {
    for (const worker of workers) worker.terminate();
    vi.restoreAllMocks();
  });

  it.each([2, 3])('of %i draws and fits what one thread does', async (size) => {
    const pool = poolOf(size, () => startOne());
    const plan = await planOf(1);
    expect(await pool.drawRows(plan, 0, ROWS, silentTask)).toEqual(
      await inlineExecutor.drawRows(plan, 0, ROWS, silentTask),
    );
    const requests = [fitRequest(0, 0), fitRequest(4, 0), fitRequest(2, 0)];
    expect(await pool.fitNodes(requests, silentTask)).toEqual(await inlineExecutor.fitNodes(requests, silentTask));
    expect(workers.length).toBe(size);
    expect(console.warn).not.toHaveBeenCalled();
  });

  it('compares the statements that one thread does, and tells each as it falls', async () => {
    const heard: number[] = [];
    const pool = poolOf(2, () => startOne());
    const compared = await pool.compareStatements(questions, silentTask, (index) => heard.push(index));
    expect(compared).toEqual(await inlineExecutor.compareStatements(questions, silentTask, () => {}));
    expect(heard.sort()).toEqual([...questions.statements.keys()]);
    expect(workers.length).toBe(2);
  });

  it('lets workers rehearse one after the other while nothing else is to be done', async () => {
    const heard: string[] = [];
    let end = () => {};
    const acting = () => ({
      ...createBlockPieces(),
      rehearse: () =>
        new Promise<void>((resolve) => {
          heard.push('rehearse');
          end = resolve;
        }),
      stopRehearsal() {
        heard.push('stop');
        end();
      },
    });
    const pool = poolOf(2, () => startOne(acting()));
    const over = pool.rehearse();
    await vi.waitFor(() => expect(heard).toEqual(['rehearse']));
    end();
    await vi.waitFor(() => expect(heard).toEqual(['rehearse', 'rehearse']));
    await pool.fitNodes([fitRequest(0, 0), fitRequest(2, 0)], silentTask);
    await over;
    expect(heard).toEqual(['rehearse', 'rehearse', 'stop']);
    await pool.rehearse();
    expect(heard.length).toBe(3);
  });

  it('reads the columns of a file that one thread does', async () => {
    const lines = Array.from({ length: 3000 }, (_, i) => `${i},${i % 7},"a, ${i % 3}",${i % 11 === 0 ? 'NA' : i / 4}`);
    const bytes = new TextEncoder().encode(['n,seven,text,quarter', ...lines].join('\n'));
    const pool = poolOf(3, () => startOne());
    const read = (executor: ColumnReaders) => importFile('a.csv', bytes, guessAll, [], silentTask, executor);
    const alone = await read(inlineExecutor);
    const shared = await read({ ...pool, columnReaders: () => 2 });
    expect(shared).toEqual(alone);
    expect(workers.length).toBe(3);
    pool.coolDown();
    expect(workers.every(({ isTerminated }) => isTerminated)).toBe(true);
    expect(pool.columnReaders(bytes.length)).toBe(0);
    expect([10e6, 70e6, 110e6, 300e6].map(pool.columnReaders)).toEqual([2, 2, 1, 0]);
    await expect(
      importFile('b.csv', bytes.subarray(0, 21), guessAll, [], silentTask, { ...pool, columnReaders: () => 2 }),
    ).rejects.toMatchObject({ code: 'no-rows' });
  });

  it('keeps the plans of two jobs at once apart', async () => {
    const pool = poolOf(2, () => startOne());
    const plans = await Promise.all([1, 2].map(planOf));
    const made = await Promise.all(plans.map((plan) => pool.drawRows(plan, 0, ROWS, silentTask)));
    for (const [i, plan] of plans.entries())
      expect(made[i]).toEqual(await inlineExecutor.drawRows(plan, 0, ROWS, silentTask));
    expect(made[0]).not.toEqual(made[1]);
  });

  it('does the work itself when a worker dies or none can be started', async () => {
    const plan = await planOf(1);
    const expected = await inlineExecutor.drawRows(plan, 0, ROWS, silentTask);
    const silent = { ...createBlockPieces(), draw: () => new Promise<never>(() => {}) };
    const dying = poolOf(2, () => startOne(silent));
    const making = dying.drawRows(plan, 0, ROWS, silentTask);
    await new Promise((resolve) => setTimeout(resolve, 30));
    workers[1]!.crash();
    expect(await making).toEqual(expected);
    expect(workers.every(({ isTerminated }) => isTerminated)).toBe(true);
    expect(await dying.drawRows(plan, 0, ROWS, silentTask)).toEqual(expected);
    expect(workers.length).toBe(2);

    const without = poolOf(2, () => {
      throw new ReferenceError('Worker is not defined');
    });
    expect(await without.drawRows(plan, 0, ROWS, silentTask)).toEqual(expected);
    expect(console.warn).toHaveBeenCalledTimes(2);
  });

  it('passes an expected failure on with its code', async () => {
    const refusing = {
      ...createBlockPieces(),
      fitNode: () => ({ ok: false, code: 'too-few-rows', message: 'Too few.' }),
    };
    const pool = poolOf(2, () => startOne(refusing));
    await expect(pool.fitNodes([fitRequest(0, 0), fitRequest(1, 0)], silentTask)).rejects.toMatchObject({
      code: 'too-few-rows',
      message: 'Too few.',
    });
  });

  it('hears a stop while a long piece is under way, ends its workers and starts others for the next job', async () => {
    let isLong = true;
    const pool = poolOf(2, () => {
      const pieces = createBlockPieces();
      return startOne({ ...pieces, draw: isLong ? () => new Promise<never>(() => {}) : pieces.draw });
    });
    const plan = await planOf(1);
    let looks = 0;
    const stopping: Task = {
      async checkpoint() {
        if (++looks > 2) throw new EngineError('cancelled', 'Stopped, as asked.');
      },
    };
    await expect(pool.drawRows(plan, 0, ROWS, stopping)).rejects.toMatchObject({ code: 'cancelled' });
    expect(workers.map(({ isTerminated }) => isTerminated)).toEqual([true, true]);
    isLong = false;
    expect((await pool.drawRows(plan, 0, ROWS, silentTask)).rows).toBe(ROWS);
    expect(workers.length).toBe(4);
  });
});
