import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { guessAll } from '../engine/data/importOptions';
import type { EngineApi, OnProgress } from './api';
import { connectEngine } from './client';
import { createEngineApi } from './createEngineApi';
import { type LocalWorker, startLocalWorker } from './testing/localWorker';

const csv = 'age,outcome\n31,no\n45,yes\n52,no\n';
const source = { fileName: 'small.csv', blob: new Blob([csv]) };
const nobody = () => {};
const never = () => new Promise<never>(() => {});

let workers: LocalWorker[] = [];
/** The page's end of the wire with the real engine behind it, some of its answers replaced. */
const connectTo = (given: Partial<EngineApi> = {}, patienceMs = 60) =>
  connectEngine({
    patienceMs,
    startWorker: () => {
      const worker = startLocalWorker({ ...createEngineApi(), ...given });
      workers.push(worker);
      return worker;
    },
  });

describe('the engine as the page sees it', () => {
  beforeEach(() => {
    workers = [];
    vi.spyOn(console, 'error').mockImplementation(() => {});
  });
  afterEach(() => {
    for (const worker of workers) worker.terminate();
    vi.restoreAllMocks();
  });

  it('answers as the engine does', async () => {
    const engine = connectTo();
    const outcome = await engine.importTable('import', source, guessAll, [], nobody);
    expect(outcome).toMatchObject({ ok: true, value: { rows: 3 } });
    expect(await engine.readSlice(1, 1)).toMatchObject({ ok: true, value: { cells: [['45', 'yes']] } });
  });

  it('settles every open call when the engine dies, and serves the next call from a fresh one', async () => {
    const engine = connectTo({ histograms: never, generate: never, closeTable: never });
    await engine.importTable('import', source, guessAll, [], nobody);
    const lost = [
      engine.histograms(['age'], null, null),
      engine.generate('g', {} as Parameters<EngineApi['generate']>[1], nobody),
    ];
    const closing = engine.closeTable();
    workers[0]!.crash();
    for (const call of lost) expect(await call).toMatchObject({ ok: false, code: 'internal' });
    await closing;
    expect(workers.length).toBe(1);
    expect(await engine.readSlice(0, 1)).toMatchObject({ ok: false, code: 'no-table' });
    expect(workers.length).toBe(2);
    await engine.importTable('again', source, guessAll, [], nobody);
    expect(await engine.readSlice(0, 1)).toMatchObject({ ok: true });
  });

  it('replaces an engine that does not answer a cancel, and tells the stopped task from the others', async () => {
    const engine = connectTo({ checkMap: never, histograms: never });
    const long = engine.checkMap('deaf', { map: { nodes: [], edges: [] }, target: null }, nobody);
    const other = engine.histograms([], null, null);
    engine.cancel('somebody else');
    engine.cancel('deaf');
    expect(await long).toMatchObject({ ok: false, code: 'cancelled' });
    expect(await other).toMatchObject({ ok: false, code: 'internal' });
    expect(workers[0]!.isTerminated).toBe(true);
  });

  it('keeps an engine that stops in time', async () => {
    const heard: string[] = [];
    let stop: (() => void) | null = null;
    const engine = connectTo({
      cancel: (taskId) => {
        heard.push(taskId);
        stop!();
      },
      checkMap: () =>
        new Promise((resolve) => {
          stop = () => resolve({ ok: false, code: 'cancelled', message: 'Stopped, as asked.' });
        }),
    });
    const long = engine.checkMap('polite', { map: { nodes: [], edges: [] }, target: null }, nobody);
    await engine.closeTable(); // answered after the long call has begun
    engine.cancel('polite');
    expect(await long).toMatchObject({ code: 'cancelled' });
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(heard).toEqual(['polite']);
    expect(workers[0]!.isTerminated).toBe(false);
  });

  it('drops news that come after the result', async () => {
    let late!: OnProgress;
    const engine = connectTo({
      checkMap: async (_task, _project, report) => {
        late = report;
        report(0.5, 'Half');
        await new Promise((resolve) => setTimeout(resolve, 10));
        return { ok: true, value: { arrows: [], independences: [] } };
      },
    });
    const shares: number[] = [];
    await engine.checkMap('m', { map: { nodes: [], edges: [] }, target: null }, (share) => shares.push(share));
    late(0.9, 'Late');
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(shares).toEqual([0.5]);
  });
});
