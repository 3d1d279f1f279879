import { type MixedPoints, squaredDistance } from '../nearestLists';
import { pairCode } from './pairCode';
import { type PairLayout, pairLayoutOf, ROWS_AT_ONCE, WORD } from './pairLayout';
import { startModule } from './wasmHost';

/** Rows as whole numbers, as plain data: what one thread has packed, others can open. */
export interface PairData {
  readonly kind: 'pairs';
  readonly layout: PairLayout;
  /** The panels alone. */
  readonly words: Int32Array;
  /** How far a screened distance may be off, in whole numbers. */
  readonly slack: number;
}

/**
 * All rows as sixteen-bit whole numbers, each query to be compared with every row: d² = |x|² + |y|² - 2 x·y of the rounded
 * rows, in exact whole numbers. Screening only rules out: what it lets through is measured in double precision.
 */
export interface PairIndex extends PairData {
  /** The kernel's whole memory. */
  readonly memory: Int32Array;
  readonly scan: (queries: number, limits: number, panel: number, end: number, hits: number) => number;
  /** What the screened squared distance of a nearer row may be, given that of a row. */
  screenedNearer(screened: number): number;
}

/** Length of the longest row: x·y - |y|²/2, at most 1.5 times its square, stays a whole number of 32 bits. */
const LONGEST = 32_000;
/** Larger than any value. */
const OFFSET = 40_000;
/** Distances may be off by this share at most, else too many rows would be let through. */
const MOST_SLACK = 0.05;
/** Beyond these, squares of double precision vanish or overflow, and rows are equally near that are not so here. */
const LEAST_SQUARE = 1e-200;
const MOST_SQUARE = 1e300;
/** Fewer columns, and fewer rows, are for the tree. */
const LEAST_COLUMNS = 8;
const LEAST_ROWS = 2000;
/** Fewer queries than this take less time than building a tree, which grows with the rows in step. */
const FEW_QUERIES = 1000;
/** Rows that a sample is taken of, and those of them whose neighbours are looked for in it. */
const SAMPLE_ROWS = 1024;
const SAMPLE_QUERIES = 32;
/**
 * A tree's boxes rule out too little where rows spread in more dimensions than this: seven for a hundred thousand rows, and
 * more for more rows, which lie closer. Measured, by `spreadOf`, on independent normal columns.
 */
const dimensionsForTree = (rows: number) => 7 + 1.3 * Math.log10(rows / 1e5);

/**
 * The rows packed for the comparison of all pairs; null where a tree is likely quicker (few columns, few rows, many queries
 * among rows that spread in few dimensions), where a few far rows would leave the others too little precision, where there are
 * categories, and where the host has no vectors.
 */
export function buildPairIndex(points: MixedPoints, queries: number): PairIndex | null {
  const { rows, numeric, numericColumns: columns, codeColumns } = points;
  if (codeColumns > 0 || columns < LEAST_COLUMNS || rows < LEAST_ROWS) return null;
  const { nearest, dimensions } = spreadOf(points);
  if (queries >= FEW_QUERIES && !(dimensions > dimensionsForTree(rows))) return null;
  const centre = sampleMeans(points);
  let longest = 0;
  for (let row = 0, cell = 0; row < rows; row++) {
    let squares = 0;
    for (let j = 0; j < columns; j++, cell++) {
      const value = numeric[cell]! - centre[j]!;
      squares += value * value;
    }
    if (!(squares <= longest)) longest = squares;
  }
  if (!(longest > LEAST_SQUARE && longest < MOST_SQUARE)) return null;
  const scale = LONGEST / Math.sqrt(longest);
  // Each of two values is off by one half at most, and by what double precision loses.
  const slack = 1.001 * Math.sqrt(columns);
  if (!(slack <= MOST_SLACK * nearest * scale)) return null;
  const layout = pairLayoutOf(rows, columns);
  return openPairIndex({ kind: 'pairs', layout, words: packed(points, centre, scale, layout), slack });
}

/** The rows that another thread has packed; null where this one cannot hold them. */
export function openPairIndex(data: PairData): PairIndex | null {
  const { layout, words, slack } = data;
  const started = startModule<Pick<PairIndex, 'scan'>>('pairs', pairCode, layout.bytes);
  if (!started) return null;
  const memory = new Int32Array(started.buffer);
  memory.set(words, layout.panels / WORD);
  return {
    ...data,
    memory,
    scan: started.exports.scan,
    // From screened to true and back: twice the slack. A halved square may be off by one half, so a screened one by 1; the
    // factor is for single precision.
    screenedNearer: (screened) => (Math.sqrt(screened + 1) + 2 * slack) ** 2 * (1 + 2 ** -20) + 1,
  };
}

/** Any point amid the rows would do: distances do not depend on it. */
function sampleMeans({ rows, numeric, numericColumns }: MixedPoints): Float64Array {
  const step = Math.max(1, Math.floor(rows / SAMPLE_ROWS));
  const sums = new Float64Array(numericColumns);
  for (let row = 0; row < rows; row += step)
    for (let j = 0; j < numericColumns; j++) sums[j]! += numeric[row * numericColumns + j]!;
  return sums.map((sum) => sum / Math.ceil(rows / step));
}

function packed(
  { rows, numeric, numericColumns }: MixedPoints,
  centre: Float64Array,
  scale: number,
  layout: PairLayout,
): Int32Array {
  const panelWords = layout.panelBytes / WORD;
  const words = new Int32Array(layout.panelCount * panelWords);
  const values = new Int16Array(words.buffer);
  for (let row = 0, cell = 0; row < rows; row++) {
    const place = Math.floor(row / ROWS_AT_ONCE) * panelWords + (row % ROWS_AT_ONCE);
    const first = place + ROWS_AT_ONCE;
    let squares = 0;
    for (let j = 0; j < numericColumns; j++) {
      // Rounded by cutting off a positive number, the quickest way there is.
      const value = (((numeric[cell++]! - centre[j]!) * scale + OFFSET + 0.5) | 0) - OFFSET;
      values[2 * (first + (j >> 1) * ROWS_AT_ONCE) + (j & 1)] = value;
      squares += value * value;
    }
    words[place] = Math.floor(-squares / 2);
  }
  return words;
}

/**
 * Median distance to the nearest row in an even sample, and how many dimensions the rows spread in: a ball that holds half of
 * the sample rather than one of it is (median / nearest) times as wide, so dimensions = log(rows / 2) / log(that ratio).
 */
function spreadOf(points: MixedPoints): { readonly nearest: number; readonly dimensions: number } {
  const step = Math.max(1, Math.floor(points.rows / SAMPLE_ROWS));
  const sample = Math.floor(points.rows / step);
  const distances = new Float64Array(sample);
  const nearest = new Float64Array(SAMPLE_QUERIES);
  const middle = new Float64Array(SAMPLE_QUERIES);
  for (let q = 0; q < SAMPLE_QUERIES; q++) {
    const own = Math.floor((q * sample) / SAMPLE_QUERIES);
    for (let i = 0; i < sample; i++)
      distances[i] = i === own ? Infinity : squaredDistance(points, own * step, i * step, Infinity);
    distances.sort();
    nearest[q] = Math.sqrt(distances[0]!);
    middle[q] = Math.sqrt(distances[sample >> 1]!);
  }
  const [near, far] = [nearest, middle].map((values) => values.sort()[SAMPLE_QUERIES >> 1]!) as [number, number];
  return { nearest: near, dimensions: Math.log(sample / 2) / Math.log(far / near) };
}
