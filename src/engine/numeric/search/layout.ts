/** Rows screened at once: two vectors of four. */
export const PANEL_ROWS = 8;
/** Rows under one bounding box. */
export const LEAF_ROWS = 16;
/** Children of a node of the tree; their boxes are looked at together. */
export const CHILDREN = 8;
/** A bucket is a node whose children are leaves. */
export const BUCKET_ROWS = LEAF_ROWS * CHILDREN;
export const BUCKET_PANELS = BUCKET_ROWS / PANEL_ROWS;
/** A query's values stand in memory as vectors of equal floats: a splat at loading costs an address in a register. */
export const COPIES = 4;
/** A hit: which panel, which of its rows, and from HIT_DISTANCES on the squared distances of all eight. */
export const HIT_FLOATS = 12;
export const HIT_DISTANCES = 4;

/**
 * Where things lie in the memory that the kernels read; addresses are in floats.
 * Query: COPIES floats a column. Hit: panel * 256 + mask of its rows, distances. Panel: [column][8 rows].
 * Boxes of a node: [column][low of 8 children, high of 8 children].
 */
export interface Layout {
  /** Numeric columns, then code columns. */
  readonly numericColumns: number;
  readonly codeColumns: number;
  /** What a differing code adds to a squared distance. */
  readonly penalty: number;
  /** Squared distance up to which rows are wanted. */
  readonly limit: number;
  readonly hits: number;
  /** Nodes of each level of the tree, buckets first, and where the boxes of each level begin. The last level has one. */
  readonly nodes: readonly number[];
  readonly boxes: readonly number[];
  readonly boxFloats: number;
  readonly panels: number;
  readonly bucketFloats: number;
  readonly length: number;
}

const aligned = (address: number) => Math.ceil(address / 4) * 4;

export function layoutOf(rows: number, numericColumns: number, codeColumns: number): Layout {
  const columns = numericColumns + codeColumns;
  const nodes = [Math.max(1, Math.ceil(rows / BUCKET_ROWS))];
  while (nodes.at(-1)! > 1) nodes.push(Math.ceil(nodes.at(-1)! / CHILDREN));
  const hits = aligned(COPIES * columns + 2);
  const boxFloats = numericColumns * 2 * CHILDREN;
  let next = hits + BUCKET_PANELS * HIT_FLOATS;
  const boxes = nodes.map((count) => {
    const start = next;
    next += count * boxFloats;
    return start;
  });
  const bucketFloats = BUCKET_ROWS * columns;
  return {
    numericColumns,
    codeColumns,
    penalty: COPIES * columns,
    limit: COPIES * columns + 1,
    hits,
    nodes,
    boxes,
    boxFloats,
    panels: next,
    bucketFloats,
    length: next + nodes[0]! * bucketFloats,
  };
}
