import type { Frame, ValueSpec } from '../data/frame';
import type { ColumnKind } from '../data/table';
import type { GeneratorInput } from '../generators/generator';
import { emptyMap } from '../graph/causalMap';
import { nearestNeighbours } from '../numeric/neighbours';
import { createRng } from '../rng';

export const numericSpec = (name: string, decimals = 4, kind: 'continuous' | 'integer' = 'continuous'): ValueSpec => ({
  name,
  kind,
  levels: null,
  decimals,
  datePattern: null,
});

export const categoricalSpec = (
  name: string,
  levels: readonly string[],
  kind: Extract<ColumnKind, 'nominal' | 'ordinal' | 'binary'> = levels.length === 2 ? 'binary' : 'nominal',
): ValueSpec => ({ name, kind, levels, decimals: 0, datePattern: null });

/** A generator's input whose target is the last column and whose rare level has code 1. */
export const generatorInput = (frame: Frame, seed = 1): GeneratorInput => ({
  frame,
  map: emptyMap,
  target: frame.specs.length - 1,
  rareCode: 1,
  rules: [],
  redraw: null,
  seed,
  rowsWanted: 1000,
  model: () => Promise.reject(new Error('A baseline has no use for the causal model.')),
  neighbours: nearestNeighbours,
});

/** Rare rows only, as columns plus a constant target; for golden cases given as the minority's matrix. */
export function rareFrame(matrix: readonly (readonly number[])[], specs: readonly ValueSpec[], otherRows = 0): Frame {
  const rows = matrix.length + otherRows;
  const columns = specs.map((_, c) => Float64Array.from({ length: rows }, (_, i) => matrix[i]?.[c] ?? 0));
  return {
    rows,
    specs: [...specs, categoricalSpec('target', ['no', 'yes'])],
    columns: [...columns, Float64Array.from({ length: rows }, (_, i) => (i < matrix.length ? 1 : 0))],
  };
}

/** A mixed table with linked columns: two numbers, a count, an order, a category, a flag and the target. */
export function mixedFrame(seed: number, rows: number, rareShare = 0.2): Frame {
  const rng = createRng(seed, 'mixed-frame');
  const columns = Array.from({ length: 7 }, () => new Float64Array(rows));
  const round = (value: number, decimals: number) => Number(value.toFixed(decimals));
  for (let i = 0; i < rows; i++) {
    const z = rng.normal();
    const rare = rng.uniform() < rareShare;
    const shift = rare ? 0.8 : 0;
    columns[0]![i] = round(z + shift, 2);
    columns[1]![i] = round(40 + 9 * (0.6 * z + 0.8 * rng.normal()), 1);
    columns[2]![i] = Math.max(0, Math.round(3 + z + rng.normal()));
    columns[3]![i] = Math.min(3, Math.max(0, Math.round(1.5 + 0.7 * z + 0.6 * rng.normal())));
    columns[4]![i] = rng.integer(3);
    columns[5]![i] = rng.uniform() < 0.3 + 0.2 * Number(rare) ? 1 : 0;
    columns[6]![i] = Number(rare);
  }
  return {
    rows,
    specs: [
      numericSpec('score', 2),
      numericSpec('age', 1),
      numericSpec('visits', 0, 'integer'),
      categoricalSpec('stage', ['I', 'II', 'III', 'IV'], 'ordinal'),
      categoricalSpec('site', ['east', 'north', 'west']),
      categoricalSpec('smoker', ['no', 'yes']),
      categoricalSpec('target', ['no', 'yes']),
    ],
    columns,
  };
}

/** Numbers as they are, under a target that is 1 for rare rows; for golden cases given as a matrix and its labels. */
export const labelledFrame = (matrix: readonly (readonly number[])[], labels: readonly number[]): Frame => ({
  rows: matrix.length,
  specs: [...matrix[0]!.map((_, c) => numericSpec(`x${c}`, 17)), categoricalSpec('target', ['no', 'yes'])],
  columns: [...matrix[0]!.map((_, c) => Float64Array.from(matrix, (row) => row[c]!)), Float64Array.from(labels)],
});

/** A mixed table, cut down to its categories for SMOTE-N, which takes no others. */
export function baselineFrame(generator: string, rows: number): Frame {
  const mixed = mixedFrame(3, rows);
  if (generator !== 'smote-n') return mixed;
  const kept = [...mixed.specs.keys()].filter((column) => mixed.specs[column]!.levels);
  return { rows, specs: kept.map((c) => mixed.specs[c]!), columns: kept.map((c) => mixed.columns[c]!) };
}
