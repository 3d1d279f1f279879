import type { Frame } from '../data/frame';
import { type EffectShape, effectShapes } from '../mechanisms/effects';
import { columnOf } from './claims';
import type { World } from './world';

/**
 * What a demo's child truly owes to each of its causes: the shapes of `effectShapes` for the mechanism that the rows were
 * simulated by, averaged over the same rows as those of a mechanism learned from them.
 * @param frame Rows of the demo's table, with the child's causes among its columns.
 * @returns Null for a child that the world does not have or gives other causes than these: the two would not be comparable.
 */
export function trueEffects(
  world: World,
  child: string,
  parents: readonly string[],
  frame: Frame,
): readonly EffectShape[] | null {
  const node = world.nodes.find(({ spec }) => spec.name === child);
  if (!node || node.parents.length !== parents.length || !parents.every((name) => node.parents.includes(name)))
    return null;
  const specs = node.parents.map((name) => world.nodes.find(({ spec }) => spec.name === name)!.spec);
  const parentColumns = specs.map(({ name, levels }) => {
    const at = columnOf(frame, name);
    const own = frame.specs[at]!.levels;
    const column = frame.columns[at]!;
    if (!levels || !own) return column;
    // A table lists its levels in the order in which it found them.
    const codes = own.map((level) => levels.indexOf(level));
    return column.map((code) => codes[code] ?? Number.NaN);
  });
  return effectShapes(node.mechanism, { child: node.spec, parents: specs, parentColumns });
}
