import { EngineError } from '../errors';
import { type Dag, nodeIndex } from './dag';
import { separated } from './dSeparation';
import { shownName } from './path';
import { minimalSeparatorIndices, smallestSeparatorIndices } from './separators';

/** What a missing arrow claims: x is independent of y once `given` is held fixed. */
export interface ImpliedIndependence {
  readonly x: string;
  readonly y: string;
  /** A minimal set of observed nodes, in drawing order. */
  readonly given: readonly string[];
  /** Whether it stays true when rows are chosen by the target's class; null when no target was named. */
  readonly survivesBalancing: boolean | null;
  /**
   * Whether x is independent of y given `given` *and* the target, a different statement, looked up in the map.
   * False when x or y is the target: inside one class it does not vary. Null when no target was named.
   */
  readonly withinClass: boolean | null;
}

export interface ImplicationLimits {
  /** Most sets listed for one pair. */
  readonly perPair?: number;
  /** Most statements in all. */
  readonly total?: number;
}

/**
 * Every independence that the map implies through a missing arrow: for each pair of observed nodes that some observed set
 * separates, its minimal separating sets, nearest to x first. Pairs and sets are in drawing order. Where rows were chosen by
 * the value of a node, that node is part of every set: the statements are about the rows that were chosen.
 * @returns `truncated` is true when a limit (100 sets a pair, 10,000 statements unless given) left statements out.
 * @throws EngineError `bad-target` when the target is no observed node of the map.
 */
export function implications(
  dag: Dag,
  target: string | null = null,
  { perPair = 100, total = 10_000 }: ImplicationLimits = {},
): { statements: ImpliedIndependence[]; truncated: boolean } {
  const describe = describer(dag, target);
  const statements: ImpliedIndependence[] = [];
  let truncated = false;
  for (const [x, y] of missingArrows(dag)) {
    let listed = 0;
    for (const given of minimalSeparatorIndices(dag, x, y, { always: dag.selected })) {
      if (statements.length >= total) return { statements, truncated: true };
      if (listed >= perPair) {
        truncated = true;
        break;
      }
      statements.push(describe(x, y, given));
      listed++;
    }
  }
  return { statements, truncated };
}

/**
 * One statement for every missing arrow that can be tested, with a smallest separating set: the list that tests are run on.
 * @throws EngineError `bad-target`.
 */
export function oneImplicationPerPair(dag: Dag, target: string | null = null): ImpliedIndependence[] {
  const describe = describer(dag, target);
  return missingArrows(dag).flatMap(([x, y]) => {
    const given = smallestSeparatorIndices(dag, x, y, { always: dag.selected });
    return given ? [describe(x, y, given)] : [];
  });
}

/**
 * For every pair of observed nodes other than the target, a smallest set that holds the target and separates the pair: the
 * statements that are true inside a class. `given` includes the target. Pairs that no such set separates, such as two
 * direct causes of the target, are absent.
 * @throws EngineError `bad-target`.
 */
export function oneWithinClassPerPair(dag: Dag, target: string): ImpliedIndependence[] {
  const describe = describer(dag, target);
  const held = targetIndex(dag, target);
  return missingArrows(dag).flatMap(([x, y]) => {
    if (x === held || y === held) return [];
    const given = smallestSeparatorIndices(dag, x, y, { always: [...dag.selected.filter((i) => i !== held), held] });
    return given ? [describe(x, y, given)] : [];
  });
}

/**
 * Whether x and y are separated by `given` in the population *and* in a table whose rows were chosen by the target's class.
 * Balancing conditions on a child of the target, so for single x and y a true statement stays true exactly when the target
 * is x, y or in `given`, or when `given` separates x or y from the target. No new separation ever appears.
 * @throws EngineError `unknown-column`, `bad-target`.
 */
export function survivesBalancing(
  dag: Dag,
  x: readonly string[],
  y: readonly string[],
  given: readonly string[],
  target: string,
): boolean {
  const [xs, ys, zs] = [x, y, given].map((names) => names.map((name) => nodeIndex(dag, name)));
  return separated(dag, xs!, ys!, zs!) && separated(dag, xs!, ys!, zs!, [targetIndex(dag, target)]);
}

function describer(dag: Dag, target: string | null) {
  const held = target === null ? null : targetIndex(dag, target);
  return (x: number, y: number, given: readonly number[]): ImpliedIndependence => ({
    x: dag.names[x]!,
    y: dag.names[y]!,
    given: given.map((i) => dag.names[i]!),
    survivesBalancing: held === null ? null : separated(dag, [x], [y], given, [held]),
    withinClass: held === null ? null : x !== held && y !== held && separated(dag, [x], [y], [...given, held]),
  });
}

function targetIndex(dag: Dag, target: string): number {
  const index = dag.indexOf.get(target);
  if (index === undefined || dag.latent[index])
    throw new EngineError(
      'bad-target',
      index === undefined
        ? `The map has no node for the target ${shownName(target)}: draw it first.`
        : `The target ${shownName(target)} is marked as unrecorded on the map: a target needs a column.`,
      { target },
    );
  return index;
}

/** Pairs of observed nodes without an edge between them; nodes by which rows were chosen do not vary and take no part. */
function missingArrows(dag: Dag): [number, number][] {
  const pairs: [number, number][] = [];
  const takesPart = (node: number) => !dag.latent[node] && !dag.selected.includes(node);
  const joined = new Uint8Array(dag.names.length);
  for (let x = 0; x < dag.names.length; x++) {
    if (!takesPart(x)) continue;
    joined.fill(0);
    for (const list of [dag.parents[x]!, dag.children[x]!, dag.spouses[x]!]) for (const y of list) joined[y] = 1;
    for (let y = x + 1; y < dag.names.length; y++) if (!joined[y] && takesPart(y)) pairs.push([x, y]);
  }
  return pairs;
}
