import { expect, it } from 'vitest';
import type { Frame } from '../data/frame';
import { createRng } from '../rng';
import { silentTask } from '../task';
import { categoricalSpec, numericSpec } from '../testing/generatorInput';
import { globalUtility } from './globalUtility';

it('leaves out a category that all real rare rows share, whatever rounding makes of its variance', async () => {
  const rows = 245; // 245 times 1/245 is not 1
  const rng = createRng(1, 'test');
  const draw = (): Frame => {
    const x = Float64Array.from({ length: rows }, () => rng.normal());
    return {
      rows,
      specs: [numericSpec('x'), numericSpec('y'), categoricalSpec('same', ['no', 'yes'])],
      columns: [x, x.map((value) => value + 0.3 * rng.normal()), new Float64Array(rows)],
    };
  };
  const found = await globalUtility(
    draw(),
    draw(),
    new Int32Array(rows).fill(-1),
    null,
    createRng(2, 'test'),
    silentTask,
  );
  expect(found.map(({ column }) => column)).toEqual(['x', 'y']);
  for (const { fromReal, fromSynthetic } of found) {
    expect(fromReal).toBeGreaterThan(0.5);
    expect(fromSynthetic).toBeGreaterThan(0.5);
  }
});
