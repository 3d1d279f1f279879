import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createEngineApi } from '../worker/createEngineApi';
import { isMapCheckStale } from './checks';
import { baselineFor, staleParts } from './generation';
import { createMemoryStorage } from './memoryStorage';
import type { StudioStorage } from './storage';
import { createStudioStore, type StudioStore } from './store';
import type { StudioState } from './studioState';
import { tableSummary } from './tableState';

/** 240 rows, 24 of them rare, with a cause, an id and a category. */
const csv = (() => {
  const lines = ['id,age,site,dose,sick'];
  for (let i = 0; i < 240; i++) {
    const age = 20 + ((i * 37) % 61);
    const dose = (age / 10 + ((i * 13) % 17) / 4).toFixed(1);
    lines.push(`p${i},${age},${['north', 'south', 'east'][i % 3]},${dose},${i % 10 === 0 ? 'yes' : 'no'}`);
  }
  return `${lines.join('\n')}\n`;
})();
const source = (text = csv, fileName = 'patients.csv') => ({ fileName, blob: new Blob([text]) });

let stores: StudioStore[] = [];
const open = (storage: StudioStorage, engine = createEngineApi()) => {
  const store = createStudioStore(engine, storage);
  stores.push(store);
  return store;
};
beforeEach(() => vi.spyOn(console, 'error').mockImplementation(() => {}));
afterEach(() => {
  for (const store of stores) store.detach();
  stores = [];
  vi.restoreAllMocks();
});

const until = (store: StudioStore, isTrue: (state: StudioState) => boolean) =>
  vi.waitFor(() => expect(isTrue(store.getState())).toBe(true), { timeout: 20_000, interval: 10 });

async function withRun(storage = createMemoryStorage(), engine = createEngineApi()) {
  const store = open(storage, engine);
  const studio = store.getState;
  await studio().importFile(source());
  studio().setTarget({ column: 'sick', rareLevels: ['yes'] });
  studio().connect('age', 'dose');
  studio().connect('dose', 'sick');
  studio().setGeneration({ amount: { kind: 'rows', rows: 20 } });
  await studio().startGeneration();
  return { store, studio, storage };
}

describe('a file', () => {
  it('becomes a new project; the one before stays in the list', async () => {
    const { studio } = await withRun();
    const first = studio().projectId;
    await studio().importFile(source(csv, 'again.csv'));
    expect(studio().projectId).not.toBe(first);
    expect(studio().project.name).toBe('again');
    expect(studio().activeRunId).toBeNull();
    expect(studio().projects.map(({ id }) => id)).toContain(first);
  });

  it('does not wait for the run that a demo starts by itself, which is begun again where no file came', async () => {
    const engine = createEngineApi();
    const studio = open(createMemoryStorage(), engine).getState;
    await studio().loadDemo('rare-disease');
    const demo = studio().projectId;
    const first = studio().generation;
    expect(first.status).toBe('running');
    const cancel = vi.spyOn(engine, 'cancel');
    await studio().importFile(source('', 'nothing.csv'));
    expect(cancel).toHaveBeenCalledWith(first.status === 'running' && first.taskId);
    const second = studio().generation;
    expect(second.status).toBe('running');
    expect(second).not.toEqual(first);
    await studio().importFile(source());
    expect(cancel).toHaveBeenCalledWith(second.status === 'running' && second.taskId);
    expect(studio().projectId).not.toBe(demo);
    expect(studio().generation.status).toBe('idle');
  });

  it('that cannot be read leaves project and table as they were', async () => {
    const { studio } = await withRun();
    const { project, projectId } = studio();
    await studio().importFile(source('', 'nothing.csv'));
    const { table } = studio();
    expect(table.status === 'failed' && table.fileName).toBe('nothing.csv');
    expect(studio().project).toBe(project);
    expect(studio().projectId).toBe(projectId);
    expect(tableSummary(studio())?.fileName).toBe('patients.csv');
    studio().dismissImportFailure();
    expect(studio().table.status).toBe('ready');
    const slice = await studio().ask((engine) => engine.readSlice(0, 2));
    expect(slice.ok && slice.value.cells[0]?.[0]).toBe('p0');
  });

  it('is read again when a kind is changed, and again when that is undone', async () => {
    const { store, studio } = await withRun();
    const kindOfAge = (state: StudioState) => tableSummary(state)?.columns.find(({ name }) => name === 'age')?.kind;
    const before = kindOfAge(studio());
    studio().setColumnKind('age', 'nominal');
    await until(store, (state) => state.table.status === 'ready' && kindOfAge(state) === 'nominal');
    expect(staleParts(studio(), studio().activeRunId)).toEqual(['data']);
    studio().undo();
    await until(store, (state) => state.table.status === 'ready' && kindOfAge(state) === before);
    expect(staleParts(studio(), studio().activeRunId)).toEqual([]);
  });
});

describe('a run', () => {
  it('is current, then stale with the reason, then current again after undo', async () => {
    const { studio } = await withRun();
    const runId = studio().activeRunId;
    expect(runId && studio().runs[runId]?.rows).toBe(20);
    expect(staleParts(studio(), runId)).toEqual([]);
    studio().moveNodes(new Map([['age', { x: 9, y: 9 }]]));
    expect(staleParts(studio(), runId)).toEqual([]);
    studio().connect('age', 'sick');
    expect(staleParts(studio(), runId)).toEqual(['map']);
    studio().undo();
    expect(staleParts(studio(), runId)).toEqual([]);
    studio().setGeneration({ seed: 5 });
    expect(staleParts(studio(), runId)).toEqual(['settings']);
  });

  it('is compared with the baseline that can take the columns on the map', async () => {
    const { studio } = await withRun();
    expect(baselineFor(studio())).toBe('smote');
    await studio().startComparison();
    const { comparisonRunId, runs } = studio();
    expect(comparisonRunId && runs[comparisonRunId]?.generator).toBe('smote');
    expect(staleParts(studio(), comparisonRunId)).toEqual([]);
    studio().connect('site', 'dose');
    expect(baselineFor(studio())).toBe('smote-nc');
    expect(staleParts(studio(), comparisonRunId)).toEqual(['map']);
  });

  it('that is cancelled leaves the one before on screen', async () => {
    const { studio } = await withRun();
    const before = studio().activeRunId;
    const running = studio().startGeneration();
    expect(studio().generation.status).toBe('running');
    studio().cancelGeneration();
    await running;
    expect(studio().generation.status).toBe('idle');
    expect(studio().activeRunId).toBe(before);
    expect(studio().project.runs).toHaveLength(1);
  });

  it('that cannot be made says why and keeps the one before', async () => {
    const { studio } = await withRun();
    const before = studio().activeRunId;
    studio().setTarget({ column: 'sick', rareLevels: ['never'] });
    await studio().startGeneration();
    const { generation } = studio();
    expect(generation.status === 'failed' && generation.message).toMatch(/never/);
    expect(studio().activeRunId).toBe(before);
  });

  it('fails in words when the engine throws', async () => {
    const { studio } = await withRun(createMemoryStorage(), {
      ...createEngineApi(),
      generate: () => Promise.reject(new Error('out of memory')),
    });
    const { generation } = studio();
    expect(generation.status === 'failed' && generation.message).toMatch(/out of memory/);
  });
});

describe('an engine that lost everything', () => {
  it('gets the table and the run back before it is asked again', async () => {
    let engine = createEngineApi();
    const current = new Proxy({} as typeof engine, { get: (_, name: keyof typeof engine) => engine[name] });
    const { studio } = await withRun(createMemoryStorage(), current);
    const runId = studio().activeRunId!;
    engine = createEngineApi();
    const answers = await Promise.all([
      studio().ask((e) => e.readSlice(0, 1)),
      studio().ask((e) =>
        e.rowDetail(
          { target: { column: 'sick', rareLevels: ['yes'] }, runs: { synthetic: runId! } },
          'synthetic',
          0,
          [],
        ),
      ),
    ]);
    expect(answers.map(({ ok }) => ok)).toEqual([true, true]);
  });
});

describe('the next visit', () => {
  it('finds document, table, run and report', async () => {
    const { studio, storage } = await withRun();
    await studio().startTest();
    const { project, projectId, activeRunId } = studio();
    expect(Object.keys(studio().tests)).toEqual([activeRunId]);
    await studio().saveNow();

    const later = open(storage);
    await later.getState().start();
    const now = later.getState();
    expect(now.projectId).toBe(projectId);
    expect(now.project).toEqual(project);
    expect(tableSummary(now)?.rows).toBe(240);
    expect(now.activeRunId).toBe(activeRunId);
    expect(now.runs[activeRunId!]?.rows).toBe(20);
    expect(Object.keys(now.tests)).toEqual([activeRunId]);
    expect(staleParts(now, activeRunId)).toEqual([]);
    expect(now.undoLabel).toBeNull();
  });

  it('asks for the file where it is gone, and goes on when it is back', async () => {
    const { studio } = await withRun();
    const { blob, fileName } = studio().exportProjectFile();
    const other = open(createMemoryStorage());
    await other.getState().openProjectFile(blob, fileName);
    const { table, project } = other.getState();
    expect(table.status === 'failed' && table.needsFile).toBe(true);
    expect(project.map).toEqual(studio().project.map);
    await other.getState().replaceFile(source());
    expect(other.getState().table.status).toBe('ready');
    expect(other.getState().undoLabel).toBeNull();
  });

  it('finds the edits of a page that went away before it could save them, with what was saved', async () => {
    const { studio, storage } = await withRun();
    await studio().startTest();
    await studio().saveNow();
    studio().keepAtOnce();
    expect(storage.takeKept()).toBeNull();
    studio().renameProject('Last words');
    studio().keepAtOnce();
    const later = open(storage);
    await later.getState().start();
    expect(later.getState().project.name).toBe('Last words');
    expect(Object.keys(later.getState().tests)).toHaveLength(1);
    expect(storage.takeKept()).toBeNull();
  });

  it('saves by itself after an edit', async () => {
    const { store, studio, storage } = await withRun();
    studio().renameProject('Kept');
    await until(store, ({ projects, projectId }) => projects.some((p) => p.id === projectId && p.name === 'Kept'));
    expect((await storage.readProject(studio().projectId))?.project.name).toBe('Kept');
  });
});

describe('a full disk', () => {
  it('is told once and loses nothing of this page', async () => {
    const full = () => Promise.reject(new DOMException('full', 'QuotaExceededError'));
    const { studio } = await withRun({
      ...createMemoryStorage(),
      writeProject: full,
      writeSource: full,
      writeRun: full,
    });
    await studio().saveNow();
    const { saving, notifications } = studio();
    expect(saving.status === 'failed' && saving.message).toMatch(/storage is full/);
    expect(notifications).toHaveLength(1);
    expect(studio().activeRunId).not.toBeNull();
    studio().setColumnKind('age', 'nominal');
    await vi.waitFor(() => expect(tableSummary(studio())?.columns[1]?.kind).toBe('nominal'), { timeout: 10_000 });
  });
});

describe('the live check of the map', () => {
  it('follows the last edit', async () => {
    const { store, studio } = await withRun();
    await until(store, (state) => state.mapCheck !== null && !isMapCheckStale(state));
    studio().connect('age', 'sick');
    expect(isMapCheckStale(studio())).toBe(true);
    await until(store, (state) => !isMapCheckStale(state));
    expect(studio().mapCheck?.arrows.map(({ from, to }) => `${from} ${to}`)).toContain('age sick');
    studio().moveNodes(new Map([['age', { x: 1, y: 1 }]]));
    expect(isMapCheckStale(studio())).toBe(false);
  });
});
