import { describe, expect, it } from 'vitest';
import type { ValueSpec } from '../data/frame';
import { inlineExecutor } from '../executor';
import { createEdge, createNode } from '../graph/causalMap';
import { dagOf } from '../graph/dag';
import { createRng } from '../rng';
import { silentTask } from '../task';
import { fitModel } from './fitModel';

const numeric = (name: string): ValueSpec => ({
  name,
  kind: 'continuous',
  levels: null,
  decimals: 4,
  datePattern: null,
});
const yesNo: ValueSpec = { name: 'y', kind: 'binary', levels: ['no', 'yes'], decimals: 0, datePattern: null };
const n = 2000;

/**
 * a -> y <- b, a -> side, and leaf <- side. `hidden` moves the side by the class although no arrow says so; `through` lets b act
 * on the side.
 */
async function differencesWith({ hidden = 0, through = 0, wide = 1, seed = 1 }) {
  const rng = createRng(seed, 'class-difference');
  const column = (make: (i: number) => number) => Float64Array.from({ length: n }, (_, i) => make(i));
  const a = column(() => rng.normal());
  const b = column(() => rng.normal());
  const y = column((i) => (rng.uniform() < 1 / (1 + Math.exp(3.2 - a[i]! - 1.2 * b[i]!)) ? 1 : 0));
  const side = column(
    (i) => Math.sin(2 * a[i]!) + hidden * y[i]! + through * b[i]! + (y[i] === 1 ? wide : 1) * 0.8 * rng.normal(),
  );
  const leaf = column((i) => 0.7 * side[i]! + rng.normal());
  const names = ['a', 'b', 'y', 'side', 'leaf'];
  const map = {
    nodes: names.map((name) => createNode(name)),
    edges: [
      ['a', 'y'],
      ['b', 'y'],
      ['a', 'side'],
      ['side', 'leaf'],
    ].map(([from, to]) => createEdge(from!, to!)),
  };
  const specs = names.map((name) => (name === 'y' ? yesNo : numeric(name)));
  const frame = { rows: n, specs, columns: [a, b, y, side, leaf] };
  const { fits } = await fitModel(frame, dagOf(map), 2, seed, inlineExecutor, silentTask);
  return Object.fromEntries(fits.map(({ node, classDifference }) => [node, classDifference]));
}

describe('whether a mechanism differs by class', () => {
  it('warns of nothing where the map is right, causes of the target included', async () => {
    let warned = 0;
    let small = 0;
    for (let seed = 1; seed <= 5; seed++) {
      const found = await differencesWith({ seed });
      expect(found.y).toBeNull();
      for (const name of ['a', 'b', 'side', 'leaf']) {
        if (found[name]!.differs) warned++;
        if (found[name]!.pValue < 0.05) small++;
      }
    }
    expect(warned).toBe(0);
    // 20 p-values under the map: more than 5 below 0.05 has a chance of 0.03 %.
    expect(small).toBeLessThanOrEqual(5);
  });

  it('sees a shift by class and names the arrow from the target, in that node alone', async () => {
    const { side, leaf, a } = await differencesWith({ hidden: 0.9 });
    expect(side).toMatchObject({ differs: true, canLearnByClass: true });
    expect(side!.shift).toBeGreaterThan(0.5);
    expect(side!.explanation).toContain('"y" -> "side"');
    expect(leaf!.differs).toBe(false);
    expect(a).toMatchObject({ differs: false, canLearnByClass: false });
  });

  it('names the column that carries the difference where there is one', async () => {
    const { side } = await differencesWith({ through: 0.8 });
    expect(side!.differs).toBe(true);
    expect(side!.explanation).toContain('"b" -> "side"');
  });

  it('sees a class that only varies more', async () => {
    const { side } = await differencesWith({ wide: 2.2 });
    expect(side!.differs).toBe(true);
    expect(side!.explanation).toContain('varies more');
  });
});
