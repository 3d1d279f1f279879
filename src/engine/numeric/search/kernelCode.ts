import { CHILDREN, HIT_DISTANCES, HIT_FLOATS, type Layout, LEAF_ROWS, PANEL_ROWS } from './layout';
import { moduleOf, op } from './wasm';

/** Columns summed between two looks at whether any row can still be near enough. */
const COLUMNS_PER_LOOK = 8;

const FLOAT = 4;
/** Four floats: half a panel, or half of the children's lows or highs. */
const VECTOR = 4 * FLOAT;
const LEAF_PANELS = LEAF_ROWS / PANEL_ROWS;

/**
 * WebAssembly of `Kernel.reach` and `Kernel.screen` for one number of columns: eight rows or boxes are summed at once.
 * Addresses are in bytes; `screen` gives back the bytes of hits written. Loops over columns are not unrolled: a compiler
 * moves the loads of a long run of code to its front and then keeps them in memory for want of registers.
 */
export function kernelCode(layout: Layout): Uint8Array {
  return moduleOf([
    {
      name: 'reach',
      parameters: 1,
      locals: [
        [2, 'i32'],
        [VECTOR_LOCALS, 'v128'],
      ],
      code: reach(layout, 0, { cell: 1, query: 2 }, 3),
    },
    {
      name: 'screen',
      parameters: 2,
      locals: [
        [local.vectors - 2, 'i32'],
        [VECTOR_LOCALS, 'v128'],
      ],
      code: screen(layout),
    },
  ]);
}

/** Locals of `screen`: parameters, whole numbers, then vectors. */
const local = {
  ...{ box: 0, panels: 1, leaves: 2, leaf: 3, at: 4, mask: 5, hits: 6 },
  ...{ cell: 7, query: 8, vectors: 9 },
} as const;

/** Addresses that a loop over columns moves on. */
interface Pointers {
  readonly cell: number;
  readonly query: number;
}

/** `code` for the columns [from, to), `cell` moved by `step` bytes for each; `cell` stands at that of `from` before. */
function eachColumn({ cell, query }: Pointers, from: number, to: number, step: number, code: readonly number[]) {
  if (from === to) return [];
  return [
    ...[...op.i32(from * VECTOR), ...op.set(query)],
    ...op.loop,
    ...code,
    ...[...op.get(cell), ...op.i32(step), ...op.add, ...op.set(cell)],
    ...[...op.get(query), ...op.i32(VECTOR), ...op.add, ...op.tee(query)],
    ...[...op.i32(to * VECTOR), ...op.below, ...op.branchIf(0)],
    ...op.end,
  ];
}

const VECTOR_LOCALS = 5;
const vectorLocals = (first: number) => ({
  limit: first,
  query: first + 1,
  gap: first + 2,
  sums: [first + 3, first + 4] as const,
});
type VectorLocals = ReturnType<typeof vectorLocals>;

const broadcast = (address: number) => [...op.i32(0), ...op.vLoadSplat(address * FLOAT)];
const clear = ({ sums }: VectorLocals) => sums.flatMap((sum) => [...op.vZero, ...op.set(sum)]);
const addTo = (sum: number) => [...op.get(sum), ...op.vAdd, ...op.set(sum)];
const addSquare = ({ gap }: VectorLocals, sum: number) => [
  ...[...op.tee(gap), ...op.get(gap), ...op.vMul],
  ...addTo(sum),
];
/** Bit i for lane i of the two sums that is at most the limit. */
const withinLimit = ({ sums, limit }: VectorLocals) => [
  ...[...op.get(sums[0]), ...op.get(limit), ...op.vAtMost, ...op.vMask],
  ...[...op.get(sums[1]), ...op.get(limit), ...op.vAtMost, ...op.vMask, ...op.i32(4), ...op.shiftLeft],
  ...op.or,
];

/** Mask of the children whose box is near enough: sum over columns of max(low - query, query - high, 0)². */
function reach(
  { numericColumns, limit }: Layout,
  box: number,
  pointers: Pointers,
  firstVector: number,
): readonly number[] {
  const vectors = vectorLocals(firstVector);
  const highs = CHILDREN * FLOAT;
  const column = vectors.sums.flatMap((sum, half) => {
    const bound = (offset: number) => [...op.get(pointers.cell), ...op.vLoad(offset + half * VECTOR)];
    return [
      ...[...bound(0), ...op.get(vectors.query), ...op.vSub],
      ...[...op.get(vectors.query), ...bound(highs), ...op.vSub],
      ...op.vMax,
      ...[...op.vZero, ...op.vMax],
      ...addSquare(vectors, sum),
    ];
  });
  return [
    ...[...broadcast(limit), ...op.set(vectors.limit), ...clear(vectors), ...op.get(box), ...op.set(pointers.cell)],
    ...eachColumn(pointers, 0, numericColumns, 2 * CHILDREN * FLOAT, [
      ...[...op.get(pointers.query), ...op.vLoad(0), ...op.set(vectors.query)],
      ...column,
    ]),
    ...withinLimit(vectors),
  ];
}

function screen(layout: Layout): readonly number[] {
  const { numericColumns, codeColumns } = layout;
  const panelBytes = (numericColumns + codeColumns) * PANEL_ROWS * FLOAT;
  const leafPanels = Array.from({ length: LEAF_PANELS }, (_, panel) => screenPanel(layout, panel, panel * panelBytes));
  return [
    ...reach(layout, local.box, local, local.vectors),
    ...op.set(local.leaves),
    ...op.block,
    ...op.loop,
    ...[...op.get(local.leaves), ...op.isZero, ...op.branchIf(1)],
    ...[...op.get(local.leaves), ...op.trailingZeros, ...op.set(local.leaf)],
    ...[...op.get(local.leaves), ...op.get(local.leaves), ...op.i32(1), ...op.sub, ...op.and, ...op.set(local.leaves)],
    ...[...op.get(local.leaf), ...op.i32(LEAF_PANELS * panelBytes), ...op.mul],
    ...[...op.get(local.panels), ...op.add, ...op.set(local.at)],
    ...leafPanels.flat(),
    ...op.branch(0),
    ...op.end,
    ...op.end,
    ...op.get(local.hits),
  ];
}

/** Sums one panel of a leaf and writes a hit where a row of it is near enough. */
function screenPanel(layout: Layout, panel: number, start: number): readonly number[] {
  const { numericColumns, codeColumns, penalty } = layout;
  const vectors = vectorLocals(local.vectors);
  const code: number[] = [...op.block, ...clear(vectors)];
  code.push(...op.get(local.at), ...op.i32(start), ...op.add, ...op.set(local.cell));
  /** What a column adds to the sums, its difference from the query on the stack. */
  const columns = (from: number, to: number, add: (sum: number) => readonly number[]) =>
    eachColumn(local, from, to, PANEL_ROWS * FLOAT, [
      ...[...op.get(local.query), ...op.vLoad(0), ...op.set(vectors.query)],
      ...vectors.sums.flatMap((sum, half) => [
        ...[...op.get(local.cell), ...op.vLoad(half * VECTOR), ...op.get(vectors.query)],
        ...add(sum),
      ]),
    ]);
  for (let from = 0; from < numericColumns; from += COLUMNS_PER_LOOK) {
    if (from > 0) code.push(...withinLimit(vectors), ...op.isZero, ...op.branchIf(0));
    code.push(
      ...columns(from, Math.min(numericColumns, from + COLUMNS_PER_LOOK), (sum) => [
        ...op.vSub,
        ...addSquare(vectors, sum),
      ]),
    );
  }
  for (let from = numericColumns; from < numericColumns + codeColumns; from += COLUMNS_PER_LOOK) {
    if (from > 0) code.push(...withinLimit(vectors), ...op.isZero, ...op.branchIf(0));
    code.push(
      ...columns(from, Math.min(numericColumns + codeColumns, from + COLUMNS_PER_LOOK), (sum) => [
        ...[...op.vNotEqual, ...broadcast(penalty), ...op.vAnd],
        ...addTo(sum),
      ]),
    );
  }
  const hits = layout.hits * FLOAT;
  const distances = hits + HIT_DISTANCES * FLOAT;
  code.push(
    ...withinLimit(vectors),
    ...[...op.tee(local.mask), ...op.isZero, ...op.branchIf(0)],
    ...op.get(local.hits),
    ...[...op.get(local.leaf), ...op.i32(LEAF_PANELS), ...op.mul, ...op.i32(panel), ...op.add],
    ...[...op.i32(8), ...op.shiftLeft, ...op.get(local.mask), ...op.or],
    ...op.store(hits),
    ...[...op.get(local.hits), ...op.get(vectors.sums[0]), ...op.vStore(distances)],
    ...[...op.get(local.hits), ...op.get(vectors.sums[1]), ...op.vStore(distances + VECTOR)],
    ...[...op.get(local.hits), ...op.i32(HIT_FLOATS * FLOAT), ...op.add, ...op.set(local.hits)],
    ...op.end,
  );
  return code;
}
