import { afterEach, describe, expect, it } from 'vitest';
import { createEdge, createNode } from '../engine/graph/causalMap';
import { createMemoryStorage } from '../state/memoryStorage';
import { createStudioStore, type StudioStore } from '../state/store';
import { createEngineApi } from '../worker/createEngineApi';
import { stageState, stateInWords } from './stageStates';

const csv = [
  'age,sick',
  ...Array.from({ length: 80 }, (_, i) => `${20 + (i % 37)},${i % 8 === 0 ? 'yes' : 'no'}`),
].join('\n');
let store: StudioStore;
const words = (stage: Parameters<typeof stageState>[1]) => stateInWords(stageState(store.getState(), stage));
afterEach(() => store.detach());

describe('stageState', () => {
  it('goes from empty over ready to stale as the work goes on', async () => {
    store = createStudioStore(createEngineApi(), createMemoryStorage());
    const studio = store.getState;
    expect(['data', 'map', 'rules', 'generate', 'test', 'report'].map((s) => words(s as 'data'))).toEqual(
      Array(6).fill('empty'),
    );
    await studio().importFile({ fileName: 'a.csv', blob: new Blob([csv]) });
    studio().setTarget(null);
    expect(words('data')).toBe('1 problem');
    studio().setTarget({ column: 'sick', rareLevels: ['yes'] });
    expect(words('data')).toBe('ready');
    studio().connect('age', 'sick');
    expect(words('map')).toBe('out of date');
    await studio().startMapCheck();
    expect(words('map')).toBe('ready');
    studio().setGeneration({ generator: 'smote', amount: { kind: 'rows', rows: 5 } });
    await studio().startGeneration();
    expect(words('generate')).toBe('ready');
    studio().setGeneration({ seed: 9 });
    expect(words('report')).toBe('out of date');
  });

  it('counts what the map has that the table does not', async () => {
    store = createStudioStore(createEngineApi(), createMemoryStorage());
    const studio = store.getState;
    await studio().importFile({ fileName: 'a.csv', blob: new Blob([csv]) });
    studio().setTarget({ column: 'sick', rareLevels: ['yes'] });
    studio().replaceMap({ nodes: [createNode('age'), createNode('agee')], edges: [createEdge('age', 'agee')] });
    await studio().startMapCheck();
    expect(words('map')).toBe('2 problems');
  });
});
