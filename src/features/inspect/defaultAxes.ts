import { isCarriedKind, isNumericKind } from '../../engine/data/table';
import type { Project } from '../../engine/project/project';
import type { ColumnSummary } from '../../worker/api';

/**
 * Two columns worth looking at first: numbers before categories, direct causes of the target before the rest of the map,
 * and columns off the map last, since no generated point can be drawn on them. Null where there are not two columns.
 */
export function defaultAxes(
  columns: readonly ColumnSummary[],
  { map, target }: Pick<Project, 'map' | 'target'>,
): readonly [string, string] | null {
  const onMap = new Set(map.nodes.filter(({ latent }) => !latent).map(({ name }) => name));
  const causes = new Set(map.edges.filter(({ to, kind }) => kind === '->' && to === target?.column).map((e) => e.from));
  const rank = ({ name, kind, distinct }: ColumnSummary): number =>
    (onMap.has(name) ? 0 : 8) + (isNumericKind(kind) ? 0 : 4) + (causes.has(name) ? 0 : 2) + (distinct > 15 ? 0 : 1);
  const plottable = columns.filter(({ name, kind }) => !isCarriedKind(kind) && name !== target?.column);
  const best = plottable.toSorted((a, b) => rank(a) - rank(b) || b.distinct - a.distinct);
  const [x, y] = best;
  return x && y ? [x.name, y.name] : null;
}
