import { describe, expect, it } from 'vitest';
import { importFile } from '../data/importFile';
import { guessAll } from '../data/importOptions';
import { createEdge, createNode } from '../graph/causalMap';
import { emptyProject } from '../project/project';
import { createRng } from '../rng';
import { silentTask } from '../task';
import { runInput } from './runInput';

async function inputWith(scale: string) {
  const rng = createRng(5, 'scale');
  const lines = ['x,y'];
  for (let i = 0; i < 400; i++) lines.push(`${rng.normal().toFixed(6)}${scale},${rng.uniform() < 0.1 ? 'yes' : 'no'}`);
  const { imported } = await importFile(
    'scale.csv',
    new TextEncoder().encode(lines.join('\n')),
    guessAll,
    [],
    silentTask,
  );
  return runInput(imported.table, {
    ...emptyProject,
    target: { column: 'y', rareLevels: ['yes'] },
    map: { nodes: [createNode('x'), createNode('y')], edges: [createEdge('x', 'y')] },
  });
}

describe('numbers whose squares leave the range of a double', () => {
  it.each(['', 'e140', 'e-140'])('scale %s is learned from', async (scale) => {
    expect((await inputWith(scale)).frame.rows).toBe(400);
  });

  it('too large: the column, its size and the way out are named', async () => {
    await expect(inputWith('e300')).rejects.toThrow(
      /^"x" holds numbers as large as \d\.\de\+300, .* divide the column by a power of ten\.$/,
    );
  });

  it('too small: likewise', async () => {
    await expect(inputWith('e-290')).rejects.toThrow(
      /^The numbers of "x" differ by \d\.\de-290 at most, .* multiply the column by a power of ten\.$/,
    );
  });
});
