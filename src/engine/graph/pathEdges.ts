import { type EdgeKey, edgeKey } from './causalMap';
import type { JudgedPath } from './listPaths';
import type { DrawnPath } from './path';

/** The edges along a path as they stand in the map, arrows from cause to effect. */
export const edgesOf = ({ nodes, arrows }: DrawnPath): EdgeKey[] =>
  arrows.map((arrow, i) => {
    const [a, b] = [nodes[i]!, nodes[i + 1]!];
    return arrow === '<-' ? { from: b, to: a, kind: '->' } : { from: a, to: b, kind: arrow };
  });

/** The edges that lie on some open causal path, and those on some open path that is no part of the effect, each once. */
export function openEdges(paths: readonly JudgedPath[]): { causal: EdgeKey[]; biasing: EdgeKey[] } {
  const union = (isCausal: boolean) => {
    const found = new Map<string, EdgeKey>();
    for (const path of paths) {
      if (!path.open || path.causal !== isCausal) continue;
      for (const edge of edgesOf(path)) found.set(edgeKey(edge), edge);
    }
    return [...found.values()];
  };
  return { causal: union(true), biasing: union(false) };
}
