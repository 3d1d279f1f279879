import { type Dag, directedPath, nodeIndex, reached } from './dag';
import { type Arrow, type DrawnPath, directedPathOf, drawnPath } from './path';

/** A path that carries dependence, with the reason why every collider on it is open. */
export interface OpenPath extends DrawnPath {
  /** `via` runs from the collider to the conditioned node that opens it; it is the collider alone when that is conditioned. */
  readonly colliders: readonly { readonly node: string; readonly openedBy: string; readonly via: DrawnPath }[];
}

/**
 * Whether every path between x and y is blocked by `given`: a path is open when no non-collider on it is in `given` and
 * every collider on it is in `given` or has a descendant there. `<->` counts as a path through an unrecorded common cause.
 * Latent nodes may appear in any set. Nodes of x or y that are also in `given` are constant and drop out; a node that is in
 * both x and y makes them dependent; an empty x or y is separated from everything. Linear in the size of the map.
 * @throws EngineError `unknown-column` for a name the map does not have.
 * @see Bayes-Ball: The Rational Pastime, UAI 1998; Causality, 2nd edition, 2009, section 1.2.3.
 */
export const isDSeparated = (dag: Dag, x: readonly string[], y: readonly string[], given: readonly string[]): boolean =>
  separated(dag, indicesOf(dag, x), indicesOf(dag, y), indicesOf(dag, given));

const indicesOf = (dag: Dag, names: readonly string[]): number[] => names.map((name) => nodeIndex(dag, name));

/**
 * `isDSeparated` on node indices. `selection`: nodes by whose value rows were chosen, as when classes are balanced. Choosing
 * conditions on an undrawn child of them, so their ancestors count as opened colliders, but they block nothing.
 */
export const separated = (
  dag: Dag,
  x: readonly number[],
  y: readonly number[],
  given: readonly number[],
  selection: readonly number[] = [],
): boolean => search(dag, x, y, given, selection, null) < 0;

/**
 * A shortest open path from x to y given `given`, or null when they are d-separated.
 * A shortest open walk visits no node twice, because leaving out a detour never closes it: so it is a path.
 * @throws EngineError `unknown-column` for a name the map does not have.
 */
export function findOpenPath(
  dag: Dag,
  x: readonly string[],
  y: readonly string[],
  given: readonly string[],
): OpenPath | null {
  const conditioned = indicesOf(dag, given);
  const trail: Trail = { cameFrom: new Int32Array(dag.names.length * 2).fill(-1), by: [] };
  const end = search(dag, indicesOf(dag, x), indicesOf(dag, y), conditioned, [], trail);
  if (end < 0) return null;

  const nodes = [end >> 1];
  const arrows: Arrow[] = [];
  for (let state = end; trail.cameFrom[state] !== -1; state = trail.cameFrom[state]!) {
    nodes.unshift(trail.cameFrom[state]! >> 1);
    arrows.unshift(trail.by[state]!);
  }
  const nameOf = (node: number) => dag.names[node]!;
  const colliders = nodes.slice(1, -1).flatMap((node, i) => {
    if (arrows[i] === '<-' || arrows[i + 1] === '->') return [];
    const via = shortestPathToAny(dag, node, conditioned);
    return [{ node: nameOf(node), openedBy: nameOf(via.at(-1)!), via: directedPathOf(via.map(nameOf)) }];
  });
  return { ...drawnPath(nodes.map(nameOf), arrows), colliders };
}

function shortestPathToAny(dag: Dag, from: number, targets: readonly number[]): number[] {
  return targets
    .map((target) => directedPath(dag, from, target))
    .filter((path) => path !== null)
    .reduce((best, path) => (path.length < best.length ? path : best));
}

/** How each search state was first come by; `cameFrom` is -1 at the start. */
interface Trail {
  readonly cameFrom: Int32Array;
  readonly by: Arrow[];
}

/**
 * Breadth-first search over states 2 * node + mark, mark 1 when the walk entered the node at an arrowhead.
 * A walk that starts at a node may leave it any way, just as one that entered it at a tail.
 * @returns The first state at a node of y, or -1.
 */
function search(
  dag: Dag,
  x: readonly number[],
  y: readonly number[],
  given: readonly number[],
  selection: readonly number[],
  trail: Trail | null,
): number {
  const count = dag.names.length;
  const blocked = new Uint8Array(count);
  for (const node of given) blocked[node] = 1;
  const opened = reached(dag.parents, selection.length > 0 ? [...given, ...selection] : given);
  const wanted = new Uint8Array(count);
  for (const node of y) if (!blocked[node]) wanted[node] = 1;

  const seen = new Uint8Array(count * 2);
  const queue = new Int32Array(count * 2);
  let tail = 0;
  for (const node of x) {
    if (blocked[node] || seen[2 * node]) continue;
    if (wanted[node]) return 2 * node;
    seen[2 * node] = 1;
    queue[tail++] = 2 * node;
  }
  for (let head = 0; head < tail; head++) {
    const state = queue[head]!;
    const node = state >> 1;
    const step = (neighbours: readonly number[], mark: 0 | 1, arrow: Arrow): number => {
      for (const next of neighbours) {
        const entered = 2 * next + mark;
        if (seen[entered]) continue;
        seen[entered] = 1;
        if (trail) {
          trail.cameFrom[entered] = state;
          trail.by[entered] = arrow;
        }
        if (wanted[next]) return entered;
        queue[tail++] = entered;
      }
      return -1;
    };
    const atHead = (state & 1) === 1;
    let found = -1;
    // Out at an arrowhead: a collider when it was entered at one, else a plain node.
    if (atHead ? opened[node] : !blocked[node]) {
      found = step(dag.parents[node]!, 0, '<-');
      if (found < 0) found = step(dag.spouses[node]!, 1, '<->');
    }
    if (found < 0 && !blocked[node]) found = step(dag.children[node]!, 1, '->');
    if (found >= 0) return found;
  }
  return -1;
}
