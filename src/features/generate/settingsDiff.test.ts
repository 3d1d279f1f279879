import { expect, it } from 'vitest';
import { defaultGeneration } from '../../engine/project/project';
import { settingsDiff } from './settingsDiff';

it('is empty for settings that give the same rows, however they are written', () => {
  expect(settingsDiff(defaultGeneration, { ...defaultGeneration, parameters: { twins: { step: 0 } } })).toEqual([]);
});

it('names what differs, then and now', () => {
  const now = {
    ...defaultGeneration,
    parameters: { twins: { step: 0.3 } },
    seed: 7,
    redraw: ['age'],
    amount: { kind: 'rows', rows: 50 } as const,
  };
  expect(settingsDiff(defaultGeneration, now)).toEqual([
    'trust in the map: from the data, now 0.30: close to a real row',
    'amount: to parity, now 50 rows',
    'columns drawn anew: all, now age',
    'seed: 1, now 7',
  ]);
  expect(settingsDiff(defaultGeneration, { ...now, generator: 'smote' })[0]).toBe('generator: Causal twins, now SMOTE');
});
