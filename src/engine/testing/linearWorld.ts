import type { Frame } from '../data/frame';
import { createRng } from '../rng';
import { numericSpec } from './generatorInput';

/**
 * Rows of a linear Gaussian model: each node is the sum of weight * parent over its parents plus N(0, 1).
 * @param arrows `[from, to, weight]` by node index, parents before children in index order.
 */
export function linearFrame(
  names: readonly string[],
  arrows: readonly (readonly [number, number, number])[],
  rows: number,
  seed: number,
): Frame {
  const rng = createRng(seed, 'linear-world');
  const columns = names.map(() => new Float64Array(rows));
  for (let row = 0; row < rows; row++)
    names.forEach((_, node) => {
      let value = rng.normal();
      for (const [from, to, weight] of arrows) if (to === node) value += weight * columns[from]![row]!;
      columns[node]![row] = value;
    });
  return { rows, specs: names.map((name) => numericSpec(name)), columns };
}

/** Arrows of a random DAG over `size` nodes in index order, strengths of 0.4 to 1 and either sign. */
export function randomArrows(size: number, density: number, seed: number): [number, number, number][] {
  const rng = createRng(seed, 'random-arrows');
  const arrows: [number, number, number][] = [];
  for (let to = 1; to < size; to++)
    for (let from = 0; from < to; from++)
      if (rng.uniform() < density)
        arrows.push([from, to, (rng.uniform() < 0.5 ? -1 : 1) * (0.4 + 0.6 * rng.uniform())]);
  return arrows;
}
