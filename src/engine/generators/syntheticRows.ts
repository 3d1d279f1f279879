import type { SyntheticRows } from './generator';

/** Rows to be filled: one proposal each, no partner, nothing refused. */
export const emptySyntheticRows = (from: number, rows: number, columns: number, rules = 0): SyntheticRows => ({
  from,
  rows,
  columns: Array.from({ length: columns }, () => new Float64Array(rows)),
  donor: new Int32Array(rows),
  partner: new Int32Array(rows).fill(-1),
  proposals: new Uint32Array(rows).fill(1),
  refusedByRules: new Uint32Array(rows),
  refusalsByRule: new Uint32Array(rules),
  moved: new Uint8Array(rows),
});

/** 1 where any cell of synthetic row i differs from the donor at this position of `columns`; two missing cells are equal. */
export function hasMoved(out: SyntheticRows, i: number, columns: readonly Float64Array[], donor: number): 0 | 1 {
  for (let c = 0; c < columns.length; c++) {
    const before = columns[c]![donor]!;
    const after = out.columns[c]![i]!;
    if (before !== after && !(Number.isNaN(before) && Number.isNaN(after))) return 1;
  }
  return 0;
}
