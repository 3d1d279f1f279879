import { useMemo } from 'react';
import { useStudio, useStudioStore } from '../../state/StudioProvider';
import type { RowKey } from './plot/plotScene';

/** Marked rows and the chosen row, and how a view changes them. */
export function useMarks() {
  const store = useStudioStore();
  const marks = useStudio((s) => s.marks);
  const selection = useStudio((s) => s.selection);
  const selected: RowKey | null = useMemo(
    () => (selection.kind === 'row' ? { layer: selection.layer, row: selection.row } : null),
    [selection],
  );
  return useMemo(() => {
    const { select, markRows, clearMarks } = store.getState();
    return {
      marks,
      selected,
      onSelect: (key: RowKey | null) => select(key ? { kind: 'row', ...key } : { kind: 'none' }),
      onMark: markRows,
      onClearMarks: clearMarks,
    };
  }, [store, marks, selected]);
}
