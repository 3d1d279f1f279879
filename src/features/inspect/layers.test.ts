import { describe, expect, it } from 'vitest';
import { createEdge, createNode } from '../../engine/graph/causalMap';
import type { ColumnSummary } from '../../worker/api';
import type { ScatterData } from '../../worker/inspectApi';
import { defaultAxes } from './defaultAxes';
import { compareAfter, summariseLayers, summarySentence } from './layers';

const data: ScatterData = {
  x: { column: 'age', kind: 'integer', levels: null, min: 0, max: 40, decimals: 0, isLog: false, origin: 20 },
  y: {
    column: 'sex',
    kind: 'binary',
    levels: ['female', 'male'],
    min: 0,
    max: 1,
    decimals: 0,
    isLog: false,
    origin: 0,
  },
  layers: [
    {
      layer: 'rare',
      x: Float32Array.of(0, 20, 40),
      y: Float32Array.of(0.2, 0.9, 1.1),
      row: Int32Array.of(4, 9, 11),
      leftOut: 1,
      total: 4,
    },
    {
      layer: 'synthetic',
      x: new Float32Array(0),
      y: new Float32Array(0),
      row: new Int32Array(0),
      leftOut: 0,
      total: 0,
    },
  ],
  messages: [],
};

describe('layers in words', () => {
  it('gives counts, the mean of numbers and the most frequent level', () => {
    const [rare, synthetic] = summariseLayers(data);
    expect(rare).toMatchObject({ points: 3, total: 4, leftOut: 1, x: '40', y: 'male (67 %)' });
    expect(synthetic).toMatchObject({ points: 0, x: '–' });
  });

  it('speaks of visible layers only', () => {
    const text = summarySentence(data, new Set(['rare'] as const));
    expect(text).toBe('Scatter plot of sex against age. Real, rare: 3 points, mean age 40, mostly sex male (67 %).');
  });
});

it.each([
  ['real', 'synthetic', true, 'causal'],
  ['causal', 'comparison', true, 'both'],
  ['both', 'synthetic', false, 'smote'],
  ['smote', 'comparison', false, 'real'],
] as const)('the switch on %s with %s turned %s becomes %s', (before, layer, isOn, after) =>
  expect(compareAfter(before, layer, isOn)).toBe(after),
);

describe('defaultAxes', () => {
  const column = (name: string, kind: ColumnSummary['kind'], distinct: number) =>
    ({ name, kind, distinct }) as ColumnSummary;
  const columns = [
    column('id', 'id', 900),
    column('y', 'binary', 2),
    column('sex', 'binary', 2),
    column('weight', 'continuous', 500),
    column('age', 'integer', 60),
    column('off', 'continuous', 900),
  ];
  const map = {
    nodes: ['y', 'sex', 'weight', 'age'].map((name) => createNode(name)),
    edges: [createEdge('age', 'y')],
  };

  it('takes numeric causes of the target first, then numbers on the map', () => {
    expect(defaultAxes(columns, { map, target: { column: 'y', rareLevels: ['1'] } })).toEqual(['age', 'weight']);
  });
  it('has no answer with one column besides ids and target', () => {
    expect(defaultAxes(columns.slice(0, 3), { map, target: { column: 'y', rareLevels: ['1'] } })).toBeNull();
  });
});
