import { kernelCode } from './kernelCode';
import {
  BUCKET_PANELS,
  CHILDREN,
  COPIES,
  HIT_DISTANCES,
  HIT_FLOATS,
  type Layout,
  LEAF_ROWS,
  PANEL_ROWS,
} from './layout';
import { startModule } from './wasmHost';

/**
 * What is done on single-precision values, eight rows or boxes at a time, for the query and the limit in memory.
 * Distances are squared and right up to the rounding of single precision.
 */
export interface Kernel {
  readonly floats: Float32Array;
  /** The same memory, to read hits. */
  readonly words: Int32Array;
  /** Mask of the children of a node whose box is within the limit. */
  reach(level: number, node: number): number;
  /** Writes the rows of a bucket that are within the limit to the hits, one for each panel that has any. */
  screen(bucket: number): number;
}

interface VectorCode {
  readonly reach: (box: number) => number;
  readonly screen: (box: number, panels: number) => number;
}

const FLOAT_BYTES = 4;

/** The vector kernel where the host has one, else the plain one: the neighbours found are the same. */
export const createKernel = (layout: Layout): Kernel => vectorKernel(layout) ?? plainKernel(layout);

export function vectorKernel(layout: Layout): Kernel | null {
  const { boxes, boxFloats, panels, bucketFloats, numericColumns, codeColumns } = layout;
  const started = startModule<VectorCode>(
    `buckets/${numericColumns}/${codeColumns}`,
    () => kernelCode(layout),
    layout.length * FLOAT_BYTES,
  );
  if (!started) return null;
  const { reach, screen } = started.exports;
  return {
    floats: new Float32Array(started.buffer),
    words: new Int32Array(started.buffer),
    reach: (level, node) => reach((boxes[level]! + node * boxFloats) * FLOAT_BYTES),
    screen: (bucket) =>
      screen((boxes[0]! + bucket * boxFloats) * FLOAT_BYTES, (panels + bucket * bucketFloats) * FLOAT_BYTES) /
      (HIT_FLOATS * FLOAT_BYTES),
  };
}

export function plainKernel(layout: Layout): Kernel {
  const floats = new Float32Array(layout.length);
  const words = new Int32Array(floats.buffer);
  const { numericColumns, codeColumns } = layout;
  const columns = numericColumns + codeColumns;
  const distances = new Float32Array(PANEL_ROWS);

  const screenPanel = (panel: number): number => {
    const limit = floats[layout.limit]!;
    const penalty = floats[layout.penalty]!;
    let mask = 0;
    for (let lane = 0; lane < PANEL_ROWS; lane++) {
      let sum = 0;
      let cell = panel + lane;
      for (let j = 0; j < numericColumns && !(sum > limit); j++, cell += PANEL_ROWS) {
        const gap = floats[cell]! - floats[j * COPIES]!;
        sum += gap * gap;
      }
      cell = panel + lane + numericColumns * PANEL_ROWS;
      for (let j = numericColumns; j < columns; j++, cell += PANEL_ROWS) {
        if (floats[cell] !== floats[j * COPIES]) sum += penalty;
      }
      distances[lane] = sum;
      if (sum <= limit) mask |= 1 << lane;
    }
    return mask;
  };

  const reach = (level: number, node: number): number => {
    const limit = floats[layout.limit]!;
    const box = layout.boxes[level]! + node * layout.boxFloats;
    let mask = 0;
    for (let child = 0; child < CHILDREN; child++) {
      let sum = 0;
      for (let j = 0, cell = box + child; j < numericColumns && !(sum > limit); j++, cell += 2 * CHILDREN) {
        const value = floats[j * COPIES]!;
        const gap = Math.max(floats[cell]! - value, value - floats[cell + CHILDREN]!, 0);
        sum += gap * gap;
      }
      if (sum <= limit) mask |= 1 << child;
    }
    return mask;
  };

  return {
    floats,
    words,
    reach,
    screen(bucket) {
      const leaves = reach(0, bucket);
      const panels = layout.panels + bucket * layout.bucketFloats;
      let hits = 0;
      for (let panel = 0; panel < BUCKET_PANELS; panel++) {
        if (((leaves >> Math.floor((panel * PANEL_ROWS) / LEAF_ROWS)) & 1) === 0) continue;
        const mask = screenPanel(panels + panel * PANEL_ROWS * columns);
        if (mask === 0) continue;
        const hit = layout.hits + hits++ * HIT_FLOATS;
        words[hit] = panel * 256 + mask;
        floats.set(distances, hit + HIT_DISTANCES);
      }
      return hits;
    },
  };
}
