/**
 * Puts the value that sorting would put at k there, nothing larger before it and nothing smaller behind, within
 * values[from, to]; in linear time on average. Without NaN. The pivot is the middle of three, so that sorted input is no worst case.
 * @see Hoare, Algorithm 65: Find, Comm. ACM 4 (1961).
 */
export function selectInPlace(values: Float64Array, k: number, from = 0, to = values.length - 1): number {
  while (from < to) {
    const pivot = middleOf(values[from]!, values[(from + to) >> 1]!, values[to]!);
    let i = from;
    let j = to;
    while (i <= j) {
      while (values[i]! < pivot) i++;
      while (values[j]! > pivot) j--;
      if (i > j) break;
      const swapped = values[i]!;
      values[i++] = values[j]!;
      values[j--] = swapped;
    }
    if (k <= j) to = j;
    else if (k >= i) from = i;
    else break;
  }
  return values[k]!;
}

const middleOf = (a: number, b: number, c: number) => Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
