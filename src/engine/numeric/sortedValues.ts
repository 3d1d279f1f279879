const known = new WeakMap<Float64Array, Float64Array>();

/** The values that are not missing, in increasing order: sorted once a column. Not to be changed, no more than the column. */
export function sortedValues(column: Float64Array): Float64Array {
  const sorted = known.get(column) ?? column.filter((v) => !Number.isNaN(v)).sort();
  known.set(column, sorted);
  return sorted;
}
