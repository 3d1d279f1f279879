/** The column's values in the given rows, in that order. */
export function gather(column: ArrayLike<number>, rows: ArrayLike<number>): Float64Array {
  const out = new Float64Array(rows.length);
  for (let at = 0; at < out.length; at++) out[at] = column[rows[at]!]!;
  return out;
}
