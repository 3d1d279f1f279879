import type { Frame } from '../data/frame';

/**
 * The value difference metric of every categorical column but the target: δ(v, w)² with
 * δ(v, w) = sum over classes c of |P(c | v) - P(c | w)|, P(c | v) the share of class c among all rows with level v.
 * Rows where the column is missing do not count for it; a level that no row has differs from others by their own shares.
 * @returns For each such column its table, shape (levels, levels).
 * @see Toward memory-based reasoning, Communications of the ACM 29 (1986), section "The value difference metric".
 */
export function valueDifferences(frame: Frame, target: number): ReadonlyMap<number, Float64Array> {
  const classes = frame.specs[target]!.levels!.length;
  const tables = new Map<number, Float64Array>();
  frame.specs.forEach(({ levels }, column) => {
    if (!levels || column === target) return;
    const shares = classShares(frame.columns[column]!, frame.columns[target]!, levels.length, classes);
    const table = new Float64Array(levels.length ** 2);
    for (let v = 0; v < levels.length; v++) {
      for (let w = 0; w < levels.length; w++) {
        let difference = 0;
        for (let c = 0; c < classes; c++) difference += Math.abs(shares[v * classes + c]! - shares[w * classes + c]!);
        table[v * levels.length + w] = difference ** 2;
      }
    }
    tables.set(column, table);
  });
  return tables;
}

/** P(c | v), shape (levels, classes); zeros for a level without rows. */
export function classShares(column: Float64Array, target: Float64Array, levels: number, classes: number): Float64Array {
  const shares = new Float64Array(levels * classes);
  const rows = new Float64Array(levels);
  column.forEach((level, row) => {
    if (Number.isNaN(level)) return;
    rows[level]! += 1;
    shares[level * classes + target[row]!]! += 1;
  });
  return shares.map((count, cell) => count / Math.max(1, rows[Math.floor(cell / classes)]!));
}
