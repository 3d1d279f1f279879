/** Whether a column holds more than `most` distinct values, NaN being one; stops as soon as it does. */
export function hasMoreValues(values: ArrayLike<number>, most: number): boolean {
  const seen = new Set<number>();
  for (let i = 0; i < values.length; i++) {
    seen.add(values[i]!);
    if (seen.size > most) return true;
  }
  return false;
}
