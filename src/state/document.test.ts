import { afterEach, describe, expect, it, vi } from 'vitest';
import { createEngineApi } from '../worker/createEngineApi';
import { createMemoryStorage } from './memoryStorage';
import { createStudioStore, type StudioStore } from './store';

let store: StudioStore;
const open = () => {
  store = createStudioStore(createEngineApi(), createMemoryStorage());
  return store.getState;
};
afterEach(() => {
  store.detach();
  vi.useRealTimers();
});
const names = () => store.getState().project.map.nodes.map(({ name }) => name);

describe('undo and redo', () => {
  it('name what they do, and cover the document only', () => {
    const studio = open();
    studio().addNode('age');
    studio().goTo('rules');
    studio().connect('age', 'dose');
    expect(studio().undoLabel).toBe('Draw age → dose');
    studio().undo();
    expect(names()).toEqual(['age']);
    expect(studio().undoLabel).toBe('Add age');
    expect(studio().redoLabel).toBe('Draw age → dose');
    expect(studio().stage).toBe('rules');
    studio().undo();
    expect(studio().undoLabel).toBeNull();
    studio().undo();
    expect(names()).toEqual([]);
    studio().redo();
    studio().redo();
    expect(names()).toEqual(['age', 'dose']);
    expect(studio().redoLabel).toBeNull();
  });

  it('take a walk with the arrow keys back in one step', () => {
    const studio = open();
    studio().addNode('age');
    for (let x = 1; x <= 5; x++) studio().moveNodes(new Map([['age', { x, y: 0 }]]));
    studio().undo();
    expect(studio().project.map.nodes[0]?.position).toBeNull();
    expect(studio().undoLabel).toBe('Add age');
  });

  it('join edits of one group that follow each other closely, and only those', () => {
    vi.useFakeTimers();
    const studio = open();
    studio().setGeneration({ seed: 2 });
    studio().setGeneration({ seed: 3 });
    vi.advanceTimersByTime(1500);
    studio().setGeneration({ seed: 4 });
    studio().undo();
    expect(studio().project.generation.seed).toBe(3);
    studio().undo();
    expect(studio().project.generation.seed).toBe(1);
  });

  it('do not record an edit that changes nothing', () => {
    const studio = open();
    studio().addNode('age');
    studio().addNode('age');
    studio().renameProject('Untitled');
    expect(studio().undoLabel).toBe('Add age');
    studio().undo();
    expect(studio().undoLabel).toBeNull();
  });

  it('never lose a run', () => {
    const studio = open();
    studio().addNode('age');
    const run = { id: 'r', name: 'Run 1', inputsHash: '', settings: studio().project.generation, rows: 3 };
    studio().recordQuietly((project) => ({ ...project, runs: [run] }));
    studio().undo();
    expect(studio().project.runs).toEqual([run]);
    studio().redo();
    expect(studio().project.runs).toEqual([run]);
    expect(names()).toEqual(['age']);
  });
});

describe('the target', () => {
  it('is put on the map and is never the exposure', () => {
    const studio = open();
    studio().addNode('dose');
    studio().setExposure('dose');
    studio().setTarget({ column: 'dose', rareLevels: ['yes'] });
    expect(studio().project.exposure).toBeNull();
    studio().setTarget({ column: 'disease', rareLevels: ['yes'] });
    expect(names()).toEqual(['dose', 'disease']);
    studio().undo();
    expect(names()).toEqual(['dose']);
  });
});
