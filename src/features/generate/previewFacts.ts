import type { RunPreview } from '../../worker/api';

/** Share of cells in which the previewed rows differ from their donors; null where they have none. */
export function movedShare({ made, donors, donorRows }: RunPreview): number | null {
  let cells = 0;
  let changed = 0;
  made.forEach((column, c) => {
    column.forEach((v, i) => {
      if (donorRows[i]! < 0) return;
      cells++;
      if (!Object.is(v, donors[c]![i]!)) changed++;
    });
  });
  return cells > 0 ? changed / cells : null;
}

/** The axes asked for where the run has them, else the two numbers with the most distinct values, else the first columns. */
export function previewAxes(
  { columnNames, levels, rare }: RunPreview,
  target: string,
  asked: { readonly x: string | null; readonly y: string | null },
): { readonly x: string; readonly y: string } | null {
  const names = columnNames.filter((name) => name !== target);
  if (names.length === 0) return null;
  const distinct = (name: string) => {
    const at = columnNames.indexOf(name);
    return levels[at] ? 0 : new Set(rare[at]).size;
  };
  const best = [...names].sort((a, b) => distinct(b) - distinct(a));
  const x = asked.x !== null && names.includes(asked.x) ? asked.x : best[0]!;
  const y = asked.y !== null && names.includes(asked.y) ? asked.y : (best.find((name) => name !== x) ?? x);
  return { x, y };
}
