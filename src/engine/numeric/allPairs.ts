import type { Task } from '../task';
import { type MixedPoints, type NearestLists, offerInPlace, squaredDistance } from './nearestLists';

const LANES = 4;
/** A few milliseconds of work. */
const PANEL_PAIRS_PER_CHECKPOINT = 16384;

/**
 * Fills the lists by comparing every pair once. A pair is screened by |a|² + |b|² - 2 a·b, computed for 2 x 4 rows at
 * a time, and measured exactly only when it may enter one of the two lists.
 */
export async function searchAllPairs(points: MixedPoints, lists: NearestLists, task: Task): Promise<void> {
  const { rows, numericColumns: width } = points;
  const panels = Math.ceil(rows / LANES);
  const packed = packPanels(points, panels);
  const norm = screeningNorms(packed, panels, width, rows);
  // slack[i] = norm[i] - (distance² of the worst kept neighbour of i); a pair may enter the list of a where
  // slack[a] + norm[b] <= 2 a·b. Without a full list it is -Infinity; absent rows have an infinite norm.
  const slack = norm.map((value) => (value === Infinity ? Infinity : -Infinity));
  const { k, squared } = lists;

  const consider = (a: number, b: number) => {
    if (b <= a || b >= rows) return; // a pair inside one panel comes up twice
    const lastA = a * k + k - 1;
    const lastB = b * k + k - 1;
    const limit = Math.max(squared[lastA]!, squared[lastB]!);
    const distance = squaredDistance(points, a, b, limit);
    if (distance > limit) return;
    offerInPlace(lists, a, b, distance);
    offerInPlace(lists, b, a, distance);
    slack[a] = norm[a]! - squared[lastA]!;
    slack[b] = norm[b]! - squared[lastB]!;
  };

  let sinceCheckpoint = 0;
  for (let p = 0; p < panels; p++) {
    for (let q = p; q < panels; q++) {
      if (++sinceCheckpoint >= PANEL_PAIRS_PER_CHECKPOINT) {
        sinceCheckpoint = 0;
        await task.checkpoint((p / panels) * (2 - p / panels), 'Finding neighbours');
      }
      screenPanels(packed, width, p, q, norm, slack, consider);
    }
  }
}

/** Calls `consider` for the pairs of panels p and q that the screen does not rule out. */
function screenPanels(
  packed: Float64Array,
  width: number,
  p: number,
  q: number,
  norm: Float64Array,
  slack: Float64Array,
  consider: (a: number, b: number) => void,
): void {
  const startQ = q * width * LANES;
  const endQ = startQ + width * LANES;
  const b = q * LANES;
  const n0 = norm[b]!;
  const n1 = norm[b + 1]!;
  const n2 = norm[b + 2]!;
  const n3 = norm[b + 3]!;
  for (let lane = 0; lane < LANES; lane += 2) {
    // Two rows against four: sixteen sums at once would outgrow the registers.
    let s00 = 0;
    let s01 = 0;
    let s02 = 0;
    let s03 = 0;
    let s10 = 0;
    let s11 = 0;
    let s12 = 0;
    let s13 = 0;
    for (let j = startQ, i = p * width * LANES + lane; j < endQ; j += LANES, i += LANES) {
      const x = packed[i]!;
      const y = packed[i + 1]!;
      const b0 = packed[j]!;
      const b1 = packed[j + 1]!;
      const b2 = packed[j + 2]!;
      const b3 = packed[j + 3]!;
      s00 += x * b0;
      s01 += x * b1;
      s02 += x * b2;
      s03 += x * b3;
      s10 += y * b0;
      s11 += y * b1;
      s12 += y * b2;
      s13 += y * b3;
    }
    const a = p * LANES + lane;
    let na = norm[a]!;
    let sa = slack[a]!;
    if (sa + n0 <= 2 * s00 || na + slack[b]! <= 2 * s00) consider(a, b);
    if (sa + n1 <= 2 * s01 || na + slack[b + 1]! <= 2 * s01) consider(a, b + 1);
    if (sa + n2 <= 2 * s02 || na + slack[b + 2]! <= 2 * s02) consider(a, b + 2);
    if (sa + n3 <= 2 * s03 || na + slack[b + 3]! <= 2 * s03) consider(a, b + 3);
    na = norm[a + 1]!;
    sa = slack[a + 1]!;
    if (sa + n0 <= 2 * s10 || na + slack[b]! <= 2 * s10) consider(a + 1, b);
    if (sa + n1 <= 2 * s11 || na + slack[b + 1]! <= 2 * s11) consider(a + 1, b + 1);
    if (sa + n2 <= 2 * s12 || na + slack[b + 2]! <= 2 * s12) consider(a + 1, b + 2);
    if (sa + n3 <= 2 * s13 || na + slack[b + 3]! <= 2 * s13) consider(a + 1, b + 3);
  }
}

/**
 * Rows regrouped so that the same column of LANES rows lies side by side, less the column's mean, so that the products
 * keep their digits. Absent rows are zeros.
 */
function packPanels({ rows, numeric, numericColumns: width }: MixedPoints, panels: number): Float64Array {
  const packed = new Float64Array(panels * width * LANES);
  for (let j = 0; j < width; j++) {
    let mean = 0;
    for (let row = 0; row < rows; row++) mean += numeric[row * width + j]! / rows;
    for (let row = 0; row < rows; row++) {
      packed[(Math.floor(row / LANES) * width + j) * LANES + (row % LANES)] = numeric[row * width + j]! - mean;
    }
  }
  return packed;
}

/** Squared norms, lowered by more than the screen can be off by rounding; infinite for absent rows. */
function screeningNorms(packed: Float64Array, panels: number, width: number, rows: number): Float64Array {
  const norms = new Float64Array(panels * LANES).fill(Infinity);
  for (let row = 0; row < rows; row++) {
    let sum = 0;
    const base = Math.floor(row / LANES) * width * LANES + (row % LANES);
    for (let j = 0; j < width; j++) sum += packed[base + j * LANES]! ** 2;
    norms[row] = sum * (1 - 1e-12);
  }
  return norms;
}
