import { useMemo } from 'react';
import { isCarriedKind, isNumericKind } from '../../engine/data/table';
import { useStudio } from '../../state/StudioProvider';
import { tableSummary } from '../../state/tableState';
import type { ColumnSummary } from '../../worker/api';
import { defaultAxes } from './defaultAxes';

export interface Axes {
  /** Columns that have a place on an axis. */
  readonly columns: readonly ColumnSummary[];
  readonly x: string | null;
  readonly y: string | null;
  /** Columns of the map but the target, in table order: what projections and comparisons look at. */
  readonly mapped: readonly string[];
  /** Whether a log axis makes sense there. */
  canBeLog(column: string | null): boolean;
}

/** The two columns looked at, chosen or guessed. */
export function useAxes(): Axes {
  const summary = useStudio(tableSummary);
  const map = useStudio((s) => s.project.map);
  const target = useStudio((s) => s.project.target);
  const chosenX = useStudio((s) => s.scatterX);
  const chosenY = useStudio((s) => s.scatterY);
  return useMemo(() => {
    const columns = (summary?.columns ?? []).filter(({ kind }) => !isCarriedKind(kind));
    const guess = defaultAxes(columns, { map, target });
    const known = (name: string | null) => (columns.some((column) => column.name === name) ? name : null);
    const x = known(chosenX) ?? guess?.[0] ?? null;
    const y = known(chosenY) ?? guess?.find((name) => name !== x) ?? null;
    const onMap = new Set(map.nodes.filter(({ latent }) => !latent).map(({ name }) => name));
    return {
      columns,
      x,
      y,
      mapped: columns.filter(({ name }) => onMap.has(name) && name !== target?.column).map(({ name }) => name),
      canBeLog(name) {
        const column = columns.find((one) => one.name === name);
        return (
          column !== undefined &&
          isNumericKind(column.kind) &&
          column.kind !== 'datetime' &&
          (column.range?.max ?? 0) > 0
        );
      },
    };
  }, [summary, map, target, chosenX, chosenY]);
}
