import { describe, expect, it } from 'vitest';
import { createRng } from '../../rng';
import { numericSpec } from '../../testing/generatorInput';
import { normalNode } from '../../worlds/world';
import { mechanismFromJson } from '../registry';
import { calculated } from './calculated';
import { onGrid, toGrid } from './onGrid';

const rng = createRng(1, 'ruled');
const rows = 4000;
const uniform = () => Float64Array.from({ length: rows }, () => rng.uniform());
const inner = normalNode('v', ['x'], ([x]) => 30 + 20 * x!, 14, 6).mechanism;
const x = uniform();

describe('values on a grid', () => {
  const grid = { origin: 2, step: 5 };
  const mechanism = onGrid(inner, grid);
  it('have noise that gives them back, uniform inside the interval of their point', () => {
    const u = uniform();
    const values = mechanism.quantile([x], u);
    expect(values.every((v) => Number.isInteger((v - 2) / 5))).toBe(true);
    const noise = mechanism.noise([x], values, uniform());
    expect(mechanism.quantile([x], noise)).toEqual(values);
    // The noise of drawn values is uniform: Kolmogorov's distance below its 1 % point.
    const sorted = noise.sort();
    const distance = sorted.reduce((d, v, i) => Math.max(d, Math.abs(v - (i + 0.5) / rows)), 0);
    expect(distance).toBeLessThan(1.63 / Math.sqrt(rows));
  });

  it('have probabilities that add up to one', () => {
    const points = Float64Array.from({ length: 400 }, (_, k) => 2 + 5 * (k - 20));
    const parent = new Float64Array(400).fill(0.3);
    const total = mechanism.logDensity([parent], points).reduce((sum, log) => sum + Math.exp(log), 0);
    expect(total).toBeCloseTo(1, 6);
  });

  it.each([
    [0.29999, { origin: 0, step: 0.1 }, 0.3],
    [-7.4, { origin: 0, step: 5 }, -5],
    [1.13, { origin: 0.25, step: 0.5 }, 1.25],
  ])('%d is moved to the point next to it', (value, on, point) => {
    expect(toGrid(value, on)).toBe(point);
  });
});

describe('a calculated column', () => {
  const parents = [numericSpec('a', 2), numericSpec('b', 2)];
  const exact = calculated({ child: 'c', formula: 'a + 2 * b', parents, differences: [0] });
  const loose = calculated({ child: 'c', formula: 'a + 2 * b', parents, differences: [-0.5, 0, 0, 0.5] });
  const columns = [Float64Array.of(1, 2, Number.NaN, 4), Float64Array.of(1, 1, 1, 1)];

  it('is the formula, whatever the noise, and missing where a parent is', () => {
    expect(Array.from(exact.quantile(columns, Float64Array.of(0.1, 0.9, 0.5, 0.5)))).toEqual([3, 4, Number.NaN, 6]);
  });

  it('keeps the differences seen, and gives back the noise of their place', () => {
    const u = Float64Array.of(0.1, 0.3, 0.5, 0.9);
    const values = loose.quantile(columns, u);
    expect(Array.from(values)).toEqual([2.5, 4, Number.NaN, 6.5]);
    const noise = loose.noise(columns, values, Float64Array.of(0.4, 0.2, 0.5, 0.6));
    expect(Array.from(noise)).toEqual([0.1, 0.35, 0.5, 0.9]);
  });

  it.each([exact, loose, onGrid(exact, { origin: 0, step: 3 })])('reads back from JSON: %#', (mechanism) => {
    const json = JSON.parse(JSON.stringify(mechanism.toJSON()));
    const u = Float64Array.of(0.2, 0.4, 0.6, 0.8);
    expect(mechanismFromJson(json).quantile(columns, u)).toEqual(mechanism.quantile(columns, u));
    expect(mechanismFromJson(json).card().equation).toBe(mechanism.card().equation);
  });
});
