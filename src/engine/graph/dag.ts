import { EngineError } from '../errors';
import type { CausalMap } from './causalMap';
import { directedPathOf, shownName } from './path';

/**
 * A causal map made ready for algorithms: nodes are indices in the order drawn, edges are index lists.
 * `->` may not form a cycle; `<->` may join any two nodes, also those joined by an arrow.
 */
export interface Dag {
  readonly names: readonly string[];
  readonly indexOf: ReadonlyMap<string, number>;
  readonly latent: readonly boolean[];
  /** Nodes by whose value rows were chosen. */
  readonly selected: readonly number[];
  readonly parents: readonly (readonly number[])[];
  readonly children: readonly (readonly number[])[];
  /** The other ends of `<->` edges. */
  readonly spouses: readonly (readonly number[])[];
  /** A topological order: parents before children. */
  readonly order: readonly number[];
}

/**
 * The graph of a map, checked.
 * @throws EngineError `duplicate-node` for two nodes of one name, `bad-map` for an empty name, an edge end that is no node,
 * a self loop or an edge drawn twice, `cycle` naming the cycle.
 */
export function dagOf(map: CausalMap): Dag {
  const names = map.nodes.map((node) => node.name);
  const indexOf = new Map<string, number>();
  names.forEach((name, i) => {
    if (name === '') throw new EngineError('bad-map', `nodes[${i}].name is empty: give the node a name.`, { node: i });
    const first = indexOf.get(name);
    if (first !== undefined)
      throw new EngineError(
        'duplicate-node',
        `nodes[${first}] and nodes[${i}] are both named ${shownName(name)}: rename or remove one of them.`,
        { name, first, second: i },
      );
    indexOf.set(name, i);
  });

  const parents: number[][] = names.map(() => []);
  const children: number[][] = names.map(() => []);
  const spouses: number[][] = names.map(() => []);
  const drawn = new Set<string>();
  map.edges.forEach((edge, i) => {
    const end = (side: 'from' | 'to'): number => {
      const index = indexOf.get(edge[side]);
      if (index === undefined)
        throw new EngineError(
          'bad-map',
          `edges[${i}].${side}: the map has no node ${shownName(edge[side])}; add the node or correct the name.`,
          { edge: i, side, name: edge[side] },
        );
      return index;
    };
    const from = end('from');
    const to = end('to');
    if (from === to)
      throw new EngineError('bad-map', `edges[${i}] joins ${shownName(edge.from)} to itself: remove it.`, { edge: i });
    const key = edge.kind === '->' ? `${from}>${to}` : `${Math.min(from, to)}~${Math.max(from, to)}`;
    if (drawn.has(key))
      throw new EngineError(
        'bad-map',
        `edges[${i}] repeats ${shownName(edge.from)} ${edge.kind} ${shownName(edge.to)}: remove one of the two.`,
        { edge: i },
      );
    drawn.add(key);
    if (edge.kind === '->') {
      children[from]!.push(to);
      parents[to]!.push(from);
    } else {
      spouses[from]!.push(to);
      spouses[to]!.push(from);
    }
  });

  const { order, cycle } = sortTopologically(parents, children);
  if (cycle) {
    const named = cycle.map((i) => names[i]!);
    throw new EngineError(
      'cycle',
      `The arrows form a cycle: ${directedPathOf(named).text}. Remove or reverse one of them.`,
      { cycle: named },
    );
  }
  return {
    names,
    indexOf,
    latent: map.nodes.map((node) => node.latent),
    selected: map.nodes.flatMap((node, i) => (node.selected ? [i] : [])),
    parents,
    children,
    spouses,
    order,
  };
}

/** Kahn's algorithm, nodes in drawing order within each layer; `cycle` is null unless some nodes cannot be ordered. */
function sortTopologically(
  parents: readonly (readonly number[])[],
  children: readonly (readonly number[])[],
): { order: number[]; cycle: number[] | null } {
  const waiting = parents.map((list) => list.length);
  const order: number[] = [];
  waiting.forEach((count, i) => {
    if (count === 0) order.push(i);
  });
  for (let head = 0; head < order.length; head++) {
    for (const child of children[order[head]!]!) if (--waiting[child]! === 0) order.push(child);
  }
  if (order.length === parents.length) return { order, cycle: null };

  // Every node left over has a parent left over, so walking up among them must come round.
  const seenAt = new Map<number, number>();
  const walk: number[] = [];
  let at = waiting.findIndex((count) => count > 0);
  while (!seenAt.has(at)) {
    seenAt.set(at, walk.length);
    walk.push(at);
    at = parents[at]!.find((parent) => waiting[parent]! > 0)!;
  }
  const round = walk.slice(seenAt.get(at)!).reverse();
  const first = round.indexOf(Math.min(...round));
  const cycle = [...round.slice(first), ...round.slice(0, first)];
  return { order, cycle: [...cycle, cycle[0]!] };
}

/** Names along a directed cycle of `->` edges, first name repeated at the end; null when there is none. Edges to unknown nodes are ignored. */
export function findCycle(map: CausalMap): string[] | null {
  const indexOf = new Map(map.nodes.map((node, i) => [node.name, i]));
  const parents: number[][] = map.nodes.map(() => []);
  const children: number[][] = map.nodes.map(() => []);
  for (const { from, to, kind } of map.edges) {
    const a = indexOf.get(from);
    const b = indexOf.get(to);
    if (kind !== '->' || a === undefined || b === undefined) continue;
    children[a]!.push(b);
    parents[b]!.push(a);
  }
  return sortTopologically(parents, children).cycle?.map((i) => map.nodes[i]!.name) ?? null;
}

/**
 * The shortest cycle that an arrow `from -> to` would close, as names from `from` back to `from`; null when it would close none.
 * Meant for the canvas, while the arrow is being drawn: linear in the size of the map.
 */
export function cycleIfAdded(graph: CausalMap | Dag, from: string, to: string): string[] | null {
  if (from === to) return [from, from];
  const childNames = 'edges' in graph ? childrenByName(graph) : null;
  const childrenOf = (name: string): readonly string[] => {
    if (childNames) return childNames.get(name) ?? [];
    const dag = graph as Dag;
    const index = dag.indexOf.get(name);
    return index === undefined ? [] : dag.children[index]!.map((child) => dag.names[child]!);
  };
  const cameFrom = new Map<string, string | null>([[to, null]]);
  for (const name of cameFrom.keys()) {
    if (name === from) {
      const path: string[] = [];
      for (let at: string | null = from; at !== null; at = cameFrom.get(at)!) path.push(at);
      return [from, ...path.reverse()];
    }
    for (const child of childrenOf(name)) if (!cameFrom.has(child)) cameFrom.set(child, name);
  }
  return null;
}

function childrenByName(map: CausalMap): Map<string, string[]> {
  const lists = new Map<string, string[]>();
  for (const { from, to, kind } of map.edges) {
    if (kind !== '->') continue;
    const list = lists.get(from);
    if (list) list.push(to);
    else lists.set(from, [to]);
  }
  return lists;
}

/** The index of a node. @throws EngineError `unknown-column` when the map has no node of that name. */
export function nodeIndex(dag: Dag, name: string): number {
  const index = dag.indexOf.get(name);
  if (index === undefined)
    throw new EngineError(
      'unknown-column',
      `The map has no node ${shownName(name)}; its nodes are ${namesListed(dag.names)}.`,
      { column: name },
    );
  return index;
}

function namesListed(names: readonly string[]): string {
  const shown = names.slice(0, 12).map(shownName).join(', ');
  return names.length > 12 ? `${shown} and ${names.length - 12} more` : shown || 'none';
}

/** Shape (nodes,), 1 for every node in `seeds` and every node reached from them along `next` lists. */
export function reached(next: readonly (readonly number[])[], seeds: Iterable<number>): Uint8Array {
  const mask = new Uint8Array(next.length);
  const stack: number[] = [];
  for (const seed of seeds) {
    if (mask[seed]) continue;
    mask[seed] = 1;
    stack.push(seed);
  }
  while (stack.length > 0) {
    for (const other of next[stack.pop()!]!) {
      if (mask[other]) continue;
      mask[other] = 1;
      stack.push(other);
    }
  }
  return mask;
}

const namesIn = (dag: Dag, mask: Uint8Array): string[] => dag.names.filter((_, i) => mask[i] === 1);

/** The node and all nodes with a directed path to it, in drawing order; `<->` is ignored. @throws EngineError `unknown-column`. */
export const ancestors = (dag: Dag, name: string): string[] =>
  namesIn(dag, reached(dag.parents, [nodeIndex(dag, name)]));

/** The node and all nodes it has a directed path to, in drawing order; `<->` is ignored. @throws EngineError `unknown-column`. */
export const descendants = (dag: Dag, name: string): string[] =>
  namesIn(dag, reached(dag.children, [nodeIndex(dag, name)]));

/** A shortest directed path between two node indices that enters no node of `avoid`; null when there is none. */
export function directedPath(dag: Dag, from: number, to: number, avoid: readonly number[] = []): number[] | null {
  const cameFrom = new Int32Array(dag.names.length).fill(-2);
  for (const node of avoid) cameFrom[node] = -3;
  cameFrom[from] = -1;
  const queue = [from];
  for (const node of queue) {
    if (node === to) {
      const path: number[] = [];
      for (let at = to; at !== -1; at = cameFrom[at]!) path.push(at);
      return path.reverse();
    }
    for (const child of dag.children[node]!) {
      if (cameFrom[child] !== -2) continue;
      cameFrom[child] = node;
      queue.push(child);
    }
  }
  return null;
}
