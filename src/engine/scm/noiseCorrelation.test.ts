import { describe, expect, it } from 'vitest';
import type { ValueSpec } from '../data/frame';
import { inlineExecutor } from '../executor';
import { createEdge, createNode } from '../graph/causalMap';
import { dagOf } from '../graph/dag';
import { choleskyFactor } from '../numeric/linearAlgebra';
import { normalCdf } from '../numeric/normal';
import { createRng } from '../rng';
import { silentTask } from '../task';
import { fitModel } from './fitModel';

const numeric = (name: string, decimals = 4): ValueSpec => ({
  name,
  kind: decimals > 0 ? 'continuous' : 'integer',
  levels: null,
  decimals,
  datePattern: null,
});
const levels = (name: string, ...texts: string[]): ValueSpec => ({
  name,
  kind: texts.length === 2 ? 'binary' : 'ordinal',
  levels: texts,
  decimals: 0,
  datePattern: null,
});

/** Correlation of the noises of pressure, grade and visits in the simulated truth: an unrecorded cause of the three. */
const TRUTH = { 'pressure/grade': 0.6, 'pressure/visits': 0.4, 'grade/visits': 0.3 };

/**
 * age -> pressure, age -> y, and pressure <-> grade <-> visits <-> pressure: a number, an ordered category and a count whose noises are
 * Gaussian with the correlations of TRUTH.
 */
function simulate(rows: number, seed: number) {
  const rng = createRng(seed, 'district');
  const factor = choleskyFactor(Float64Array.of(1, 0.6, 0.4, 0.6, 1, 0.3, 0.4, 0.3, 1), 3)!;
  const columns = Array.from({ length: 5 }, () => new Float64Array(rows));
  for (let i = 0; i < rows; i++) {
    const e = [rng.normal(), rng.normal(), rng.normal()];
    const z = [0, 1, 2].map((k) => e.reduce((sum, v, l) => sum + (l <= k ? factor[3 * k + l]! * v : 0), 0));
    const age = rng.normal();
    columns[0]![i] = age;
    columns[1]![i] = 120 + 8 * age + 10 * z[0]!;
    columns[2]![i] = z[1]! < -0.8 ? 0 : z[1]! < 0.5 ? 1 : 2;
    columns[3]![i] = Math.floor(-3 * Math.log(1 - normalCdf(z[2]!)));
    columns[4]![i] = rng.uniform() < 1 / (1 + Math.exp(3 - age)) ? 1 : 0;
  }
  const specs = [
    numeric('age'),
    numeric('pressure'),
    levels('grade', 'low', 'middle', 'high'),
    numeric('visits', 0),
    levels('y', 'no', 'yes'),
  ];
  const map = {
    nodes: specs.map(({ name }) => createNode(name)),
    edges: [
      createEdge('age', 'pressure'),
      createEdge('age', 'y'),
      createEdge('pressure', 'grade', '<->'),
      createEdge('pressure', 'visits', '<->'),
      createEdge('grade', 'visits', '<->'),
    ],
  };
  return { frame: { rows, specs, columns }, map };
}

async function correlations(rows: number, seed: number) {
  const { frame, map } = simulate(rows, seed);
  const model = await fitModel(frame, dagOf(map), 4, seed, inlineExecutor, silentTask);
  const at = (a: string, b: string) => {
    const index = (name: string) => frame.specs.findIndex((spec) => spec.name === name);
    return model.noiseCorrelation[index(a) * 5 + index(b)]!;
  };
  return { model, found: Object.keys(TRUTH).map((pair) => at(...(pair.split('/') as [string, string]))) };
}

describe('noise correlation of a district', () => {
  it('is that of the simulated truth, atoms and ties notwithstanding, on average over samples', async () => {
    const runs: number[][] = [];
    for (let seed = 1; seed <= 3; seed++) runs.push((await correlations(1500, seed)).found);
    Object.values(TRUTH).forEach((truth, k) => {
      const mean = runs.reduce((sum, found) => sum + found[k]!, 0) / runs.length;
      // The standard error of a correlation of 1,500 rows is about 0.02, more where only intervals are known.
      expect(Math.abs(mean - truth)).toBeLessThan(0.05);
    });
  });

  it('is shrunk where rows are few, positive definite, and the identity outside the district', async () => {
    const { model } = await correlations(60, 7);
    expect(choleskyFactor(model.noiseCorrelation, 5)).not.toBeNull();
    for (const outside of [0, 4])
      for (let other = 0; other < 5; other++)
        expect(model.noiseCorrelation[outside * 5 + other]).toBe(other === outside ? 1 : 0);
  });
});
