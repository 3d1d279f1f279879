import { CHILDREN, LEAF_ROWS } from './layout';

/** Rows looked at to choose a column to split on. */
const SAMPLE_ROWS = 128;
/** Rows looked at to choose a value to split at. */
const PIVOT_ROWS = 63;

/**
 * Orders the rows in place as a k-d tree has them: halved at a quantile of the column that varies most, down to full
 * leaves, so that the rows of every node of CHILDREN nodes stand together.
 * @param values Row-major, shape (rows, columns); only the first `numericColumns` are split on. Permuted with `order`.
 */
export function orderInPlace(
  values: Float32Array,
  rows: number,
  columns: number,
  numericColumns: number,
  order: Int32Array,
): void {
  if (numericColumns === 0) return;
  const halve = (firstLeaf: number, endLeaf: number): void => {
    const leaves = endLeaf - firstLeaf;
    if (leaves < 2) return;
    let child = 1;
    while (child * CHILDREN < leaves) child *= CHILDREN;
    const middle = firstLeaf + child * (Math.ceil(leaves / child) >> 1);
    const from = firstLeaf * LEAF_ROWS;
    const to = Math.min(rows, endLeaf * LEAF_ROWS);
    const column = variedColumn(values, columns, numericColumns, from, to);
    selectInPlace(values, columns, column, order, from, to - 1, middle * LEAF_ROWS);
    halve(firstLeaf, middle);
    halve(middle, endLeaf);
  };
  halve(0, Math.ceil(rows / LEAF_ROWS));
}

/** The column with the largest variance in an even sample of the rows [from, to). */
function variedColumn(values: Float32Array, columns: number, numericColumns: number, from: number, to: number): number {
  const step = Math.max(1, Math.floor((to - from) / SAMPLE_ROWS));
  let best = 0;
  let most = -1;
  for (let j = 0; j < numericColumns; j++) {
    let sum = 0;
    let squares = 0;
    let count = 0;
    for (let row = from; row < to; row += step) {
      const value = values[row * columns + j]!;
      sum += value;
      squares += value * value;
      count++;
    }
    const variance = squares - (sum * sum) / count;
    if (variance > most) {
      most = variance;
      best = j;
    }
  }
  return best;
}

/**
 * Quickselect on rows [low, high]: afterwards those before `nth` are at most, those after it at least, as large.
 * Pivots are quantiles of a sample, so that few rounds are needed.
 */
function selectInPlace(
  values: Float32Array,
  columns: number,
  column: number,
  order: Int32Array,
  low: number,
  high: number,
  nth: number,
): void {
  while (low < high) {
    const pivot = likelyValue(values, columns, column, low, high, nth);
    let i = low;
    let j = high;
    while (i <= j) {
      while (values[i * columns + column]! < pivot) i++;
      while (values[j * columns + column]! > pivot) j--;
      if (i > j) break;
      if (i < j) swapRows(values, columns, order, i, j);
      i++;
      j--;
    }
    if (nth <= j) high = j;
    else if (nth >= i) low = i;
    else return;
  }
}

const pivotSample = new Float32Array(PIVOT_ROWS);

/** A value of rows [low, high] near the one that sorting would put at `nth`. */
function likelyValue(
  values: Float32Array,
  columns: number,
  column: number,
  low: number,
  high: number,
  nth: number,
): number {
  const rows = high - low + 1;
  if (rows < 4 * PIVOT_ROWS) return values[((low + high) >> 1) * columns + column]!;
  const step = Math.floor(rows / PIVOT_ROWS);
  for (let i = 0; i < PIVOT_ROWS; i++) pivotSample[i] = values[(low + i * step) * columns + column]!;
  return pivotSample.sort()[Math.floor(((nth - low) / rows) * PIVOT_ROWS)]!;
}

function swapRows(values: Float32Array, columns: number, order: Int32Array, a: number, b: number): void {
  const row = order[a]!;
  order[a] = order[b]!;
  order[b] = row;
  for (let i = a * columns, j = b * columns, end = i + columns; i < end; i++, j++) {
    const value = values[i]!;
    values[i] = values[j]!;
    values[j] = value;
  }
}
