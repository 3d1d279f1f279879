import { afterEach, expect, it } from 'vitest';
import { createEngineApi } from '../worker/createEngineApi';
import { createMemoryStorage } from './memoryStorage';
import { readBundle, writeBundle } from './projectBundle';
import type { ProjectLocks } from './projectLock';
import { createStudioStore, type StudioStore } from './store';

const csv = [
  'age,sick',
  ...Array.from({ length: 80 }, (_, i) => `${20 + (i % 37)},${i % 8 === 0 ? 'yes' : 'no'}`),
].join('\n');
const source = () => ({ fileName: 'a.csv', blob: new Blob([csv]) });
let store: StudioStore;
afterEach(() => store.detach());

async function withRun(locks?: ProjectLocks) {
  const storage = createMemoryStorage();
  store = createStudioStore(createEngineApi(), storage, locks);
  const studio = store.getState;
  await studio().importFile(source());
  studio().setTarget({ column: 'sick', rareLevels: ['yes'] });
  studio().connect('age', 'sick');
  studio().setGeneration({ generator: 'smote', amount: { kind: 'rows', rows: 5 } });
  await studio().startGeneration();
  await studio().saveNow();
  return { studio, storage };
}

it('copies a project with runs of its own, so that removing one leaves the other whole', async () => {
  const { studio, storage } = await withRun();
  const first = studio().projectId;
  const run = studio().activeRunId!;
  await studio().duplicateProject(first);
  const copy = studio().activeRunId!;
  expect(studio().project.name).toBe('a (copy)');
  expect(studio().projectId).not.toBe(first);
  expect(copy).not.toBe(run);
  await storage.removeRun(run);
  expect((await storage.readRun(copy))?.summary.runId).toBe(copy);
  expect(studio().runs[copy]?.rows).toBe(5);
});

it('brings a deleted project back as it was', async () => {
  const { studio, storage } = await withRun();
  const { projectId, project } = studio();
  await studio().deleteProject(projectId);
  expect(await storage.readProject(projectId)).toBeNull();
  expect(studio().projects).toEqual([]);
  studio().deleted!.restore();
  await expect.poll(() => studio().projectId).toBe(projectId);
  expect(studio().project).toEqual(project);
  expect(studio().deleted).toBeNull();
});

it('writes a project with its table and reads both back, byte for byte', async () => {
  const { studio } = await withRun();
  const { project } = studio();
  const bundle = writeBundle(project, source());
  const back = await readBundle(bundle);
  expect(back.project).toEqual(project);
  expect([back.source.fileName, await back.source.blob.text()]).toEqual(['a.csv', csv]);
  await expect(readBundle(bundle.slice(0, bundle.size - 3))).rejects.toThrow(/cut short/);
  await expect(readBundle(new Blob(['age,sick\n1,2\n']))).rejects.toThrow(/first line/);
});

it('neither edits nor saves what another tab has, until it takes it over', async () => {
  let isElsewhere = false;
  const locks: ProjectLocks = {
    hold: async (_, takeOver) => (isElsewhere && !takeOver ? null : { release: () => {} }),
  };
  const { studio, storage } = await withRun(locks);
  const { projectId } = studio();
  isElsewhere = true;
  await studio().newProject();
  await studio().openProject(projectId);
  await expect.poll(() => studio().isReadOnly, { timeout: 5000 }).toBe(true);
  const { project } = studio();
  studio().renameProject('Lost');
  studio().setGeneration({ seed: 77 });
  expect(studio().project).toBe(project);
  await studio().saveNow();
  expect((await storage.readProject(projectId))!.project.name).toBe('a');
  await studio().takeOver();
  expect(studio().isReadOnly).toBe(false);
  studio().renameProject('Mine');
  expect(studio().project.name).toBe('Mine');
});
