import { addBit, bitsOf, hasBit } from './bitSet';
import { type Dag, nodeIndex } from './dag';
import { ancestralMoralGraph, areJoined, type MoralGraph, neighboursOf, takeOutInPlace } from './moralGraph';

export interface SeparatorOptions {
  /** Nodes that every set contains. */
  readonly always?: readonly number[];
  /** Nodes that no set may contain, beside the latent ones. */
  readonly never?: readonly number[];
}

/**
 * The graph in which sets that cut x from y are the separating sets to be found: the moral graph of the ancestors of x, y
 * and `always`, with `always` removed and unusable nodes replaced by bridges. Null when no allowed set separates x and y.
 * A minimal separating set lies within those ancestors, so nothing is missed.
 * @see Separators and adjustment sets in causal graphs, Artificial Intelligence 270 (2019), section 4.
 */
function cuttingGraph(dag: Dag, x: number, y: number, options: SeparatorOptions): MoralGraph | null {
  const always = options.always ?? [];
  if (x === y || always.includes(x) || always.includes(y)) return null;
  const graph = ancestralMoralGraph(dag, [x, y, ...always]);
  for (const node of always) takeOutInPlace(graph, node, false);
  const unusable = new Set(options.never);
  dag.latent.forEach((isLatent, node) => {
    if (isLatent) unusable.add(node);
  });
  for (const node of unusable) if (node !== x && node !== y) takeOutInPlace(graph, node, true);
  return areJoined(graph, x, y) ? null : graph;
}

/** A connected set around x whose neighbours `cut` are a minimal separating set, both as bits. */
interface Side {
  readonly side: Int32Array;
  readonly cut: Int32Array;
}

/**
 * The smallest side that holds `core`, is connected to x and has a minimal separator as its border. Every minimal separator
 * that leaves `core` on the side of x also leaves this side there. Null when `core` touches y.
 */
function closeSide(graph: MoralGraph, core: Int32Array, x: number, y: number): Side | null {
  const border = outside(graph, core);
  if (hasBit(border, y)) return null;
  const far = component(graph, y, border);
  const cut = outside(graph, far);
  return { side: component(graph, x, cut), cut };
}

/** Neighbours of a set that are not in it. */
function outside({ words, rows }: MoralGraph, set: Int32Array): Int32Array {
  const border = new Int32Array(words);
  for (const node of bitsOf(set)) {
    const row = node * words;
    for (let w = 0; w < words; w++) border[w]! |= rows[row + w]!;
  }
  for (let w = 0; w < words; w++) border[w]! &= ~set[w]!;
  return border;
}

/** The connected component of `start` once `removed` is taken out. */
function component({ words, rows }: MoralGraph, start: number, removed: Int32Array): Int32Array {
  const found = new Int32Array(words);
  addBit(found, start);
  const stack = [start];
  while (stack.length > 0) {
    const row = stack.pop()! * words;
    for (let w = 0; w < words; w++) {
      const fresh = rows[row + w]! & ~removed[w]! & ~found[w]!;
      found[w]! |= fresh;
      for (let rest = fresh; rest !== 0; rest &= rest - 1) stack.push((w << 5) + 31 - Math.clz32(rest & -rest));
    }
  }
  return found;
}

function withBit(set: Int32Array, item: number): Int32Array {
  const copy = set.slice();
  addBit(copy, item);
  return copy;
}

const meet = (a: Int32Array, b: Int32Array): boolean => a.some((word, w) => (word & b[w]!) !== 0);

/**
 * All minimal sets z of usable nodes with x separated from y by z (indices in rising order), nearest to x first, each once,
 * lazily: their number grows exponentially with density, the work for each does not.
 * Branches on one border node at a time, "beyond the border" or "on the side of x"; a branch is entered only when it holds
 * a set, which bounds the delay by a polynomial.
 * @see Space-optimal, backtracking algorithms to list the minimal vertex separators of a graph, Discrete Applied
 * Mathematics 158 (2010), section 3.
 */
export function* minimalSeparatorIndices(
  dag: Dag,
  x: number,
  y: number,
  options: SeparatorOptions = {},
): Generator<number[], void, undefined> {
  const graph = cuttingGraph(dag, x, y, options);
  if (!graph) return;
  const always = options.always ?? [];
  const start = closeSide(graph, withBit(new Int32Array(graph.words), x), x, y)!;
  const stack: (Side & { readonly kept: Int32Array })[] = [{ ...start, kept: new Int32Array(graph.words) }];
  while (stack.length > 0) {
    const { side, cut, kept } = stack.pop()!;
    const free = cut.map((word, w) => word & ~kept[w]!);
    const pick = bitsOf(free)[0];
    if (pick === undefined) {
      yield [...bitsOf(cut), ...always].sort((a, b) => a - b);
      continue;
    }
    const grown = closeSide(graph, withBit(side, pick), x, y);
    if (grown && !meet(grown.side, kept)) stack.push({ ...grown, kept });
    stack.push({ side, cut, kept: withBit(kept, pick) });
  }
}

/** The minimal separating set closest to x, or null when none separates. */
function nearestSeparatorIndices(dag: Dag, x: number, y: number, options: SeparatorOptions = {}): number[] | null {
  const next = minimalSeparatorIndices(dag, x, y, options).next();
  return next.done ? null : next.value;
}

/**
 * A separating set with the fewest nodes, or null when none separates: a minimum vertex cut by augmenting paths, of the
 * smallest ones the closest to x.
 * @see Maximal flow through a network, Canadian Journal of Mathematics 8 (1956).
 */
export function smallestSeparatorIndices(
  dag: Dag,
  x: number,
  y: number,
  options: SeparatorOptions = {},
): number[] | null {
  const graph = cuttingGraph(dag, x, y, options);
  if (!graph) return null;
  const { size } = graph;
  // Node-disjoint paths from x to y found so far: the node before and after each node on its path, -1 off the paths.
  const before = new Int32Array(size).fill(-1);
  const after = new Int32Array(size).fill(-1);
  const neighbours: number[][] = [];
  for (;;) {
    // States 2 * node (entered) and 2 * node + 1 (passed through); a node on a path is passed only against that path.
    const cameFrom = new Int32Array(size * 2).fill(-1);
    const queue = [2 * x + 1];
    cameFrom[2 * x + 1] = 2 * x + 1;
    let end = -1;
    const visit = (state: number, from: number) => {
      if (cameFrom[state] !== -1) return;
      cameFrom[state] = from;
      queue.push(state);
    };
    for (let head = 0; head < queue.length && end < 0; head++) {
      const state = queue[head]!;
      const node = state >> 1;
      if ((state & 1) === 0) {
        if (before[node] === -1) visit(2 * node + 1, state);
        else if (before[node] !== x) visit(2 * before[node]! + 1, state);
        continue;
      }
      if (before[node] !== -1) visit(2 * node, state);
      neighbours[node] ??= neighboursOf(graph, node);
      for (const next of neighbours[node]) {
        if (next === y) {
          end = state;
          break;
        }
        if (next !== x && !(before[next] === node && after[node] === next)) visit(2 * next, state);
      }
    }
    if (end < 0) {
      const cut: number[] = [...(options.always ?? [])];
      for (let node = 0; node < size; node++)
        if (cameFrom[2 * node] !== -1 && cameFrom[2 * node + 1] === -1) cut.push(node);
      return cut.sort((a, b) => a - b);
    }
    reroute(cameFrom, end, x, y, before, after);
  }
}

/** Sends one more path along the residual walk that ended at `end`: arrows walked against are taken off, the others put on. */
function reroute(cameFrom: Int32Array, end: number, x: number, y: number, before: Int32Array, after: Int32Array): void {
  const added: [number, number][] = [[end >> 1, y]];
  for (let state = end; cameFrom[state] !== state; state = cameFrom[state]!) {
    const node = state >> 1;
    const previous = cameFrom[state]! >> 1;
    if (previous === node) continue;
    if ((state & 1) === 0) added.push([previous, node]);
    else {
      after[node] = -1;
      before[previous] = -1;
    }
  }
  for (const [from, to] of added) {
    if (from !== x) after[from] = to;
    if (to !== y) before[to] = from;
  }
}

/**
 * All minimal sets of observed nodes that separate x and y, nearest to x first, at most `limit` of them.
 * `[]` when none exists (adjacent, or joined through latent nodes); `[[]]` when they are separated outright.
 * @throws EngineError `unknown-column`.
 */
export function minimalSeparators(dag: Dag, x: string, y: string, limit = Number.POSITIVE_INFINITY): string[][] {
  const sets: string[][] = [];
  if (limit <= 0) return sets;
  for (const set of minimalSeparatorIndices(dag, nodeIndex(dag, x), nodeIndex(dag, y))) {
    sets.push(set.map((i) => dag.names[i]!));
    if (sets.length >= limit) break;
  }
  return sets;
}

/** The minimal separating set of observed nodes closest to x; null when none exists. @throws EngineError `unknown-column`. */
export const nearestSeparator = (dag: Dag, x: string, y: string): string[] | null =>
  nearestSeparatorIndices(dag, nodeIndex(dag, x), nodeIndex(dag, y))?.map((i) => dag.names[i]!) ?? null;
