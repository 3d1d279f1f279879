import type { MixedPoints } from '../nearestLists';
import { orderInPlace } from './kdOrder';
import type { createKernel, Kernel } from './kernel';
import { CHILDREN, COPIES, type Layout, LEAF_ROWS, layoutOf, PANEL_ROWS } from './layout';

/** An index as plain data: what one thread has built, others can open. */
export interface BucketData {
  readonly kind: 'buckets';
  readonly layout: Layout;
  /** The memory that kernels read, of shape (layout.length,) at least. */
  readonly floats: Float32Array;
  /** Rows in leaf order: bucket b holds the positions from b * BUCKET_ROWS. */
  readonly order: Int32Array;
  /** Where each row stands in it. */
  readonly position: Int32Array;
  readonly scale: number;
  /** How far a screened distance may be off: by this, and by this factor of its square. */
  readonly slack: number;
  readonly growth: number;
}

/**
 * A k-d tree whose leaves are screened in single precision, eight rows at a time. Screening only rules out: what it
 * lets through is measured exactly.
 */
export interface BucketIndex extends BucketData {
  readonly kernel: Kernel;
  /** Writes the values of the row at a position as the query. */
  setQuery(position: number): void;
  /** What the screened squared distance may be for a true one of `squared`. */
  screenedFrom(squared: number): number;
  /** What the screened squared distance of a nearer row may be, given that of a row. */
  screenedNearer(screened: number): number;
}

const SINGLE_EPSILON = 2 ** -23;
/** The squares of smaller values are 0 in double precision: all such rows are equally near and none may be ruled out. */
const LEAST_SQUARED_SIZE = 1e-140;

export function buildBucketIndex(points: MixedPoints, createKernelFor: typeof createKernel): BucketIndex {
  const { rows, numericColumns, codeColumns, mismatchPenalty } = points;
  const layout = layoutOf(rows, numericColumns, codeColumns);
  const kernel = createKernelFor(layout);
  const { floats } = kernel;
  const columns = numericColumns + codeColumns;
  const { values, scale, norm } = scaledValues(points);
  const order = Int32Array.from({ length: rows }, (_, row) => row);
  orderInPlace(values, rows, columns, numericColumns, order);
  fillPanels(values, rows, columns, layout, floats);
  fillBoxes(values, rows, columns, layout, floats);
  floats[layout.penalty] = mismatchPenalty * scale * scale;
  const position = new Int32Array(rows);
  order.forEach((row, at) => {
    position[row] = at;
  });
  // A single-precision value is off by half an epsilon of itself at most, so a pair of rows by epsilon * norm; sums of
  // that many terms lose an epsilon each.
  const slack = 2 * SINGLE_EPSILON * norm;
  const growth = 1 + (columns + 8) * 2 * SINGLE_EPSILON;
  return onKernel({ kind: 'buckets', layout, floats, order, position, scale, slack, growth }, kernel);
}

/** The index that another thread has built. */
export function openBucketIndex(data: BucketData, createKernelFor: typeof createKernel): BucketIndex {
  const kernel = createKernelFor(data.layout);
  kernel.floats.set(data.floats.subarray(0, data.layout.length));
  return onKernel(data, kernel);
}

function onKernel(data: BucketData, kernel: Kernel): BucketIndex {
  const { layout, scale, slack, growth } = data;
  const columns = layout.numericColumns + layout.codeColumns;
  const { floats } = kernel;
  return {
    ...data,
    floats,
    kernel,
    setQuery(at) {
      const panel = layout.panels + Math.floor(at / PANEL_ROWS) * columns * PANEL_ROWS + (at % PANEL_ROWS);
      for (let j = 0; j < columns; j++) floats.fill(floats[panel + j * PANEL_ROWS]!, j * COPIES, (j + 1) * COPIES);
    },
    screenedFrom: (squared) => (Math.sqrt(squared) * scale + slack) ** 2 * growth,
    // From screened to true and back: twice the slack.
    screenedNearer: (screened) => (Math.sqrt(screened * growth) + 2 * slack) ** 2 * growth,
  };
}

/** Rows in single precision, less the columns' means and scaled so that none exceeds 1; codes as they are. */
function scaledValues(points: MixedPoints): {
  readonly values: Float32Array;
  readonly scale: number;
  /** Length of the vector of the columns' largest values. */
  readonly norm: number;
} {
  const { rows, numeric, numericColumns: width, codes, codeColumns } = points;
  const columns = width + codeColumns;
  const means = new Float64Array(width);
  const largest = new Float64Array(width);
  for (let cell = 0, j = 0; cell < numeric.length; cell++, j = j + 1 === width ? 0 : j + 1) means[j]! += numeric[cell]!;
  means.forEach((sum, j) => {
    means[j] = sum / rows;
  });
  for (let cell = 0, j = 0; cell < numeric.length; cell++, j = j + 1 === width ? 0 : j + 1) {
    const size = Math.abs(numeric[cell]! - means[j]!);
    if (size > largest[j]!) largest[j] = size;
  }
  const most = largest.reduce((a, b) => Math.max(a, b), 0);
  const scale = most > LEAST_SQUARED_SIZE ? 1 / most : 1;
  const values = new Float32Array(rows * columns);
  for (let row = 0, cell = 0, from = 0; row < rows; row++, from += columns) {
    for (let j = 0; j < width; j++) values[from + j] = (numeric[cell++]! - means[j]!) * scale;
    for (let j = 0; j < codeColumns; j++) values[from + width + j] = codes[row * codeColumns + j]!;
  }
  return { values, scale, norm: scale * Math.sqrt(largest.reduce((sum, size) => sum + size * size, 0)) };
}

/** Rows regrouped so that the same column of eight lies side by side; places without a row are NaN, near to nothing. */
function fillPanels(values: Float32Array, rows: number, columns: number, layout: Layout, floats: Float32Array): void {
  floats.fill(Number.NaN, layout.panels, layout.length);
  for (let row = 0, cell = 0; row < rows; row++) {
    const panel = layout.panels + Math.floor(row / PANEL_ROWS) * columns * PANEL_ROWS + (row % PANEL_ROWS);
    for (let j = 0; j < columns; j++) floats[panel + j * PANEL_ROWS] = values[cell++]!;
  }
}

/** Bounds of every leaf and node; NaN, near to nothing, where a node has fewer children. */
function fillBoxes(values: Float32Array, rows: number, columns: number, layout: Layout, floats: Float32Array): void {
  const { numericColumns, boxes, boxFloats, nodes } = layout;
  floats.fill(Number.NaN, boxes[0]!, layout.panels);
  const addressOf = (level: number, child: number) =>
    boxes[level]! + Math.floor(child / CHILDREN) * boxFloats + (child % CHILDREN);
  for (let row = 0; row < rows; row++) {
    const isFirst = row % LEAF_ROWS === 0;
    let cell = addressOf(0, Math.floor(row / LEAF_ROWS));
    for (let j = 0; j < numericColumns; j++, cell += 2 * CHILDREN) {
      const value = values[row * columns + j]!;
      if (isFirst || value < floats[cell]!) floats[cell] = value;
      if (isFirst || value > floats[cell + CHILDREN]!) floats[cell + CHILDREN] = value;
    }
  }
  for (let level = 1; level < nodes.length; level++) {
    for (let child = 0; child < nodes[level - 1]!; child++) {
      let from = boxes[level - 1]! + child * boxFloats;
      let cell = addressOf(level, child);
      for (let j = 0; j < numericColumns; j++, cell += 2 * CHILDREN, from += 2 * CHILDREN) {
        let low = Infinity;
        let high = -Infinity;
        for (let c = from; c < from + CHILDREN; c++) {
          if (floats[c]! < low) low = floats[c]!;
          if (floats[c + CHILDREN]! > high) high = floats[c + CHILDREN]!;
        }
        floats[cell] = low;
        floats[cell + CHILDREN] = high;
      }
    }
  }
}
