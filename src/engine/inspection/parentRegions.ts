import type { Frame, ValueSpec } from '../data/frame';
import { cutOf, cutsOf, type RegionFrames } from './parentCells';
import { type Unseen, unseenOf } from './unseen';

export interface ParentRegions {
  readonly node: string;
  readonly parents: readonly string[];
  readonly unseen: Unseen;
  /** The fullest combinations without a real rare row, as words, with synthetic rows and real common rows in them. */
  readonly worst: readonly { readonly text: string; readonly made: number; readonly common: number }[];
}

const MOST_WORST = 5;

/** Combinations of the parents of every node that has two or more, numbers cut at the quartiles of the real rare rows. */
export function parentRegions(
  { common, rare, made }: RegionFrames,
  parents: readonly (readonly number[])[],
  format: (column: number, value: number) => string,
): ParentRegions[] {
  return rare.specs.flatMap((spec, node) => {
    const own = parents[node]!;
    if (own.length < 2) return [];
    const cuts = own.map((p) => cutsOf(rare, p));
    const count = (frame: Frame) => {
      const found = new Map<string, number>();
      for (let i = 0; i < frame.rows; i++) {
        const key = own.map((p, k) => cutOf(cuts[k]!, frame.columns[p]![i]!)).join(' ');
        if (!key.includes('-1')) found.set(key, (found.get(key) ?? 0) + 1);
      }
      return found;
    };
    const [inCommon, inRare, inMade] = [count(common), count(rare), count(made)];
    const keys = [...new Set([...inRare.keys(), ...inMade.keys()])];
    const worst = keys
      .filter((key) => !inRare.has(key))
      .sort((a, b) => inMade.get(b)! - inMade.get(a)! || (a < b ? -1 : 1))
      .slice(0, MOST_WORST)
      .map((key) => ({
        text: key
          .split(' ')
          .map((cell, k) => cutText(rare.specs[own[k]!]!, cuts[k]!, Number(cell), (value) => format(own[k]!, value)))
          .join(', '),
        made: inMade.get(key)!,
        common: inCommon.get(key) ?? 0,
      }));
    return [
      {
        node: spec.name,
        parents: own.map((p) => rare.specs[p]!.name),
        unseen: unseenOf(
          keys.map((key) => inRare.get(key) ?? 0),
          keys.map((key) => inMade.get(key) ?? 0),
        ),
        worst,
      },
    ];
  });
}

function cutText(
  spec: ValueSpec,
  cuts: readonly number[] | null,
  cell: number,
  format: (value: number) => string,
): string {
  if (cuts === null) return `${spec.name} = ${spec.levels![cell]}`;
  if (cuts.length === 0) return `any ${spec.name}`;
  if (cell === 0) return `${spec.name} < ${format(cuts[0]!)}`;
  if (cell === cuts.length) return `${spec.name} ≥ ${format(cuts[cell - 1]!)}`;
  return `${spec.name} ${format(cuts[cell - 1]!)} to ${format(cuts[cell]!)}`;
}
