/** A balanced k-d tree over the rows of a matrix. Node 0 is the root; the children of node i are 2 i + 1 and 2 i + 2. */
export interface KdTree {
  /** Rows in leaf order: leaf `i` holds order[start[i]] to order[end[i] - 1]. */
  readonly order: Int32Array;
  readonly start: Int32Array;
  readonly end: Int32Array;
  /** Column a node is split on; -1 for a leaf. Rows left of it have values <= splitValue, rows right of it >=. */
  readonly splitColumn: Int16Array;
  readonly splitValue: Float64Array;
}

/**
 * Builds the tree by halving at the median of the column with the widest range.
 * @param matrix Row-major, shape (rows, columns), finite.
 */
export function buildKdTree(matrix: Float64Array, rows: number, columns: number, leafRows: number): KdTree {
  let levels = 0;
  while (rows >> levels > leafRows) levels++;
  const nodes = 2 ** (levels + 1) - 1;
  const order = Int32Array.from({ length: rows }, (_, i) => i);
  const start = new Int32Array(nodes);
  const end = new Int32Array(nodes);
  const splitColumn = new Int16Array(nodes).fill(-1);
  const splitValue = new Float64Array(nodes);
  end[0] = rows;
  for (let node = 0; node < 2 ** levels - 1; node++) {
    const from = start[node]!;
    const to = end[node]!;
    const column = widestColumn(matrix, columns, order, from, to);
    const middle = (from + to) >> 1;
    selectInPlace(matrix, columns, column, order, from, to - 1, middle);
    splitColumn[node] = column;
    splitValue[node] = matrix[order[middle]! * columns + column]!;
    start[2 * node + 1] = from;
    end[2 * node + 1] = middle;
    start[2 * node + 2] = middle;
    end[2 * node + 2] = to;
  }
  return { order, start, end, splitColumn, splitValue };
}

function widestColumn(matrix: Float64Array, columns: number, order: Int32Array, from: number, to: number): number {
  let widest = 0;
  let range = -1;
  for (let j = 0; j < columns; j++) {
    let min = Infinity;
    let max = -Infinity;
    for (let i = from; i < to; i++) {
      const value = matrix[order[i]! * columns + j]!;
      if (value < min) min = value;
      if (value > max) max = value;
    }
    if (max - min > range) {
      range = max - min;
      widest = j;
    }
  }
  return widest;
}

/** Quickselect: afterwards order[low..nth) holds values <= that of order[nth], and order(nth..high] values >=. */
function selectInPlace(
  matrix: Float64Array,
  columns: number,
  column: number,
  order: Int32Array,
  low: number,
  high: number,
  nth: number,
): void {
  const valueAt = (i: number) => matrix[order[i]! * columns + column]!;
  while (low < high) {
    const pivot = valueAt((low + high) >> 1);
    let i = low;
    let j = high;
    while (i <= j) {
      while (valueAt(i) < pivot) i++;
      while (valueAt(j) > pivot) j--;
      if (i <= j) {
        const kept = order[i]!;
        order[i] = order[j]!;
        order[j] = kept;
        i++;
        j--;
      }
    }
    if (nth <= j) high = j;
    else if (nth >= i) low = i;
    else return;
  }
}
