import { COPIES } from './layout';
import { HIT_LANES, HIT_WORDS, QUERIES_AT_ONCE, WORD } from './pairLayout';
import { moduleOf, op } from './wasm';

/** Four words. */
const VECTOR = COPIES * WORD;
/** Values of a pair of columns: of eight rows of a panel, and of the queries of a group. */
const PANEL_STEP = 2 * VECTOR;
const QUERY_STEP = QUERIES_AT_ONCE * VECTOR;
const HALVES = [0, 1] as const;
const QUERIES = Array.from({ length: QUERIES_AT_ONCE }, (_, q) => q);

/** Locals of `scan`: parameters, whole numbers, then vectors. */
const local = {
  ...{ queries: 0, limits: 1, panel: 2, end: 3, hitsStart: 4 },
  ...{ query: 5, first: 6, hits: 7 },
  ...{ low: 8, high: 9, other: 10, sums: 11 },
} as const;
const sumOf = (query: number, half: 0 | 1) => local.sums + 2 * query + half;
const eachSum = (code: (query: number, half: 0 | 1) => readonly number[]) =>
  QUERIES.flatMap((query) => HALVES.flatMap((half) => code(query, half)));

/**
 * WebAssembly of `scan(queries, limits, panel, end, hits)`: from address `hits` on writes a hit for every panel from `panel` up
 * to `end` and every query of the group at `queries` where a row's x·y - |y|²/2 is more than the query's limit, and gives back
 * the bytes written. A panel's values are loaded once for all queries of the group.
 *
 * The loop over columns is not unrolled: a compiler moves the loads of a long run of code to its front and then keeps them
 * in memory for want of registers, which takes twice as long.
 */
export const pairCode = (): Uint8Array =>
  moduleOf([
    {
      name: 'scan',
      parameters: 5,
      locals: [
        [3, 'i32'],
        [3 + 2 * QUERIES_AT_ONCE, 'v128'],
      ],
      code: [
        ...[...op.get(local.hitsStart), ...op.set(local.hits)],
        ...op.loop,
        ...products,
        ...writeHits,
        ...[...op.get(local.panel), ...op.get(local.end), ...op.below, ...op.branchIf(0)],
        ...op.end,
        ...[...op.get(local.hits), ...op.get(local.hitsStart), ...op.sub],
      ],
    },
  ]);

const loadPanel = (half: 0 | 1) => [...op.get(local.panel), ...op.vLoad(half * VECTOR)];

/** Sums of products over the pairs of columns, from -|y|²/2, which leads a panel, on; leaves `panel` at the next panel. */
const products: readonly number[] = [
  ...[...op.get(local.panel), ...op.set(local.first), ...op.get(local.queries), ...op.set(local.query)],
  ...HALVES.flatMap((half) => [
    ...[...loadPanel(half), ...op.set(local.other)],
    ...QUERIES.flatMap((query) => [...op.get(local.other), ...op.set(sumOf(query, half))]),
  ]),
  ...[...op.get(local.panel), ...op.i32(PANEL_STEP), ...op.add, ...op.set(local.panel)],
  ...op.loop,
  ...[...loadPanel(0), ...op.set(local.low), ...loadPanel(1), ...op.set(local.high)],
  ...QUERIES.flatMap((query) => [
    ...[...op.get(local.query), ...op.vLoad(query * VECTOR), ...op.set(local.other)],
    ...HALVES.flatMap((half) => [
      ...[...op.get(half === 0 ? local.low : local.high), ...op.get(local.other), ...op.vWholeDot],
      ...[...op.get(sumOf(query, half)), ...op.vWholeAdd, ...op.set(sumOf(query, half))],
    ]),
  ]),
  ...[...op.get(local.panel), ...op.i32(PANEL_STEP), ...op.add, ...op.set(local.panel)],
  ...[...op.get(local.query), ...op.i32(QUERY_STEP), ...op.add, ...op.tee(local.query)],
  ...[...op.get(local.limits), ...op.below, ...op.branchIf(0)],
  ...op.end,
];

const isNear = (query: number, half: 0 | 1) => [
  ...op.get(sumOf(query, half)),
  ...[...op.get(local.limits), ...op.vLoad(query * VECTOR), ...op.vWholeMore],
];

/** Hits, where any query has any: address of the panel, query, values of all eight rows. */
const writeHits: readonly number[] = [
  ...op.block,
  ...[...op.vZero, ...op.set(local.other)],
  ...eachSum((query, half) => [...isNear(query, half), ...op.get(local.other), ...op.vOr, ...op.set(local.other)]),
  ...[...op.get(local.other), ...op.vAny, ...op.isZero, ...op.branchIf(0)],
  ...QUERIES.flatMap((query) => [
    ...op.block,
    ...[...isNear(query, 0), ...isNear(query, 1), ...op.vOr, ...op.vAny, ...op.isZero, ...op.branchIf(0)],
    ...[...op.get(local.hits), ...op.get(local.first), ...op.store(0)],
    ...[...op.get(local.hits), ...op.i32(query), ...op.store(WORD)],
    ...HALVES.flatMap((half) => [
      ...[...op.get(local.hits), ...op.get(sumOf(query, half))],
      ...op.vStore(HIT_LANES * WORD + half * VECTOR),
    ]),
    ...[...op.get(local.hits), ...op.i32(HIT_WORDS * WORD), ...op.add, ...op.set(local.hits)],
    ...op.end,
  ]),
  ...op.end,
];
