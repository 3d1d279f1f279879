import { describe, expect, it } from 'vitest';
import type { Table } from '../data/table';
import { EngineError } from '../errors';
import { createRng } from '../rng';
import { silentTask } from '../task';
import { numericSpec } from '../testing/generatorInput';
import { madeLayer, realLayers } from './layerRows';
import { projectLayers } from './projection';
import { scatterData } from './scatter';

const n = 300;
const rng = createRng(3, 'scatter-test');
const number = (name: string, values: Float64Array, kind: 'continuous' | 'datetime' | 'integer' = 'continuous') => ({
  name,
  kind,
  values,
  decimals: 3,
  datePattern: null,
});
const a = Float64Array.from({ length: n }, () => rng.normal());
const b = a.map((v) => 2 * v + 0.1 * rng.normal());
const money = Float64Array.from({ length: n }, (_, i) => (i === 0 ? 0 : i === 1 ? -3 : 10 ** (i % 5)));
const when = Float64Array.from({ length: n }, (_, i) => Date.UTC(2024, 0, 1) + i * 1000);
const dose = Float64Array.from({ length: n }, (_, i) => 10 * (i % 4));
const table: Table = {
  rows: n,
  columns: [
    number('a', a),
    number('b', b),
    number('money', money),
    number('when', when, 'datetime'),
    number('dose', dose, 'integer'),
  ],
  source: {
    text: '',
    delimiter: ',',
    newline: '\n',
    quote: '"',
    start: new Uint32Array(0),
    end: new Uint32Array(0),
    header: null,
  },
};
const classes = Int8Array.from({ length: n }, (_, i) => (i % 10 === 0 ? 1 : 0));
const layers = realLayers(table, classes);
const axis = (column: string, isLog = false) => ({ column, isLog });

describe('points of two columns', () => {
  it('keeps a second apart in dates, which single precision alone would not', () => {
    const { x, layers: drawn } = scatterData(table, layers, axis('when'), axis('a'), 1e6);
    expect(x.origin).toBe(Date.UTC(2024, 0, 1));
    const rare = drawn[1]!;
    expect(rare.x[1]! - rare.x[0]!).toBe(10_000);
  });

  it('puts powers of ten at equal steps on a log axis, and counts what has no place there', () => {
    const { x, layers: drawn } = scatterData(table, layers, axis('money', true), axis('a'), 1e6);
    expect([x.min, x.max, x.origin]).toEqual([0, 4, 0]);
    expect(drawn.reduce((sum, { leftOut }) => sum + leftOut, 0)).toBe(2);
    expect(() => scatterData(table, layers, axis('when', true), axis('a'), 10)).toThrow(EngineError);
  });

  it('keeps jittered values apart, and the same point in the same place whatever else is drawn', () => {
    const made = madeLayer('synthetic', {
      rows: 2,
      specs: [numericSpec('dose'), numericSpec('a')],
      columns: [Float64Array.of(0, 50), Float64Array.of(0, 1)],
    });
    const alone = scatterData(table, layers, axis('dose'), axis('a'), 1e6);
    const both = scatterData(table, [...layers, made], axis('dose'), axis('a'), 1e6);
    expect(both.layers[1]).toEqual(alone.layers[1]);
    expect(both.x.max).toBe(50);
    for (const [i, x] of alone.layers[0]!.x.entries())
      expect(Math.abs(x - dose[alone.layers[0]!.row[i]!]!)).toBeLessThanOrEqual(3.0001);
  });

  it('draws all rare rows and at most the limit of the others', () => {
    const { layers: drawn } = scatterData(table, layers, axis('a'), axis('b'), 20);
    expect(drawn.map(({ x, total }) => [x.length, total])).toEqual([
      [20, 270],
      [30, 30],
    ]);
    expect(drawn[0]!.row).toEqual(drawn[0]!.row.slice().sort());
  });
});

describe('a projection', () => {
  it('finds the direction two columns share, from real rows only', async () => {
    const specs = [numericSpec('a'), numericSpec('b')];
    const found = await projectLayers(specs, layers, 'pca', 1e6, 1, silentTask);
    expect(found.x.column).toMatch(/^Principal axis 1 \((99|100) %/);
    const made = madeLayer('synthetic', { rows: 1, specs, columns: [Float64Array.of(40), Float64Array.of(-80)] });
    const again = await projectLayers(specs, [...layers, made], 'pca', 1e6, 1, silentTask);
    expect(again.layers[0]).toEqual(found.layers[0]);
    // The odd row lies across the shared direction, where no real row is.
    expect(Math.abs(again.layers[2]!.y[0]!)).toBeGreaterThan(10);
  });

  it('embeds neighbours beside each other, the same way for the same seed', async () => {
    const specs = [numericSpec('a'), numericSpec('b'), numericSpec('dose')];
    const [one, two] = await Promise.all([
      projectLayers(specs, layers, 'umap', 1e6, 7, silentTask),
      projectLayers(specs, layers, 'umap', 1e6, 7, silentTask),
    ]);
    expect(two).toEqual(one);
    expect(one.layers.map(({ x }) => x.length)).toEqual([270, 30]);
    expect(one.messages[0]).toContain('300 rows');
  });
});
