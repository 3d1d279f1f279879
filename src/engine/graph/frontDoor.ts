import { type Dag, nodeIndex, reached } from './dag';
import { separated } from './dSeparation';

/** Sets looked at before the search for further ones gives up; each costs a polynomial in the size of the map. */
const MOST_STEPS = 2000;

/**
 * The minimal front-door sets for the effect of x on y: sets of observed nodes that intercept every directed path from x to
 * y, that have no open back-door path from x, and whose back-door paths to y are all blocked by x. The effect is then
 * sum_z P(z | x) sum_x' P(y | x', z) P(x') although x and y may share unrecorded causes. None when x does not cause y.
 * The third condition is met by a union of sets that meet it, so the largest set within any given nodes is found by dropping
 * those with an open back-door path; a set is minimal when no front-door set lies within it without one of its nodes.
 * @returns Sets in drawing order, each once; `truncated` when a limit left some out.
 * @throws EngineError `unknown-column`.
 * @see Causality, 2nd edition, 2009, section 3.3.2; Finding and listing front-door adjustment sets, NeurIPS 2022.
 */
export function frontDoorSets(
  dag: Dag,
  exposure: string,
  outcome: string,
  limit = 20,
): { sets: string[][]; truncated: boolean } {
  const [x, y] = [nodeIndex(dag, exposure), nodeIndex(dag, outcome)];
  if (x === y || reached(dag.children, [x])[y] === 0) return { sets: [], truncated: false };
  const noEffectOfX = cutOut(dag, [x]);
  const usable = dag.names.flatMap((_, i) =>
    i !== x && i !== y && !dag.latent[i] && separated(noEffectOfX, [x], [i], []) ? [i] : [],
  );
  const found = new Map<string, number[]>();
  const seen = new Set<string>();
  const waiting: number[][] = [usable];
  let steps = 0;
  while (waiting.length > 0) {
    const within = waiting.pop()!;
    const key = within.join();
    if (seen.has(key)) continue;
    seen.add(key);
    const largest = largestWithin(dag, x, y, within);
    if (!largest) continue;
    if (found.size >= limit || steps++ > MOST_STEPS) return { sets: named(dag, found), truncated: true };
    const least = minimalWithin(dag, x, y, largest);
    found.set(least.join(), least);
    // Any other minimal set lacks a node of this one.
    for (const node of least) waiting.push(largest.filter((other) => other !== node));
  }
  return { sets: named(dag, found), truncated: false };
}

const named = (dag: Dag, found: ReadonlyMap<string, number[]>): string[][] =>
  [...found.values()]
    .sort((a, b) => a.length - b.length || a.findIndex((node, i) => node !== b[i]))
    .map((set) => set.map((i) => dag.names[i]!));

/** The largest front-door set among `nodes`, all of which are free of open back-door paths from x; null when there is none. */
function largestWithin(dag: Dag, x: number, y: number, nodes: readonly number[]): number[] | null {
  let set = [...nodes];
  for (;;) {
    const cut = cutOut(dag, set);
    const kept = set.filter((node) => separated(cut, [node], [y], [x]));
    if (kept.length === set.length) break;
    set = kept;
  }
  const held = new Set(set);
  const free = dag.children.map((list, i) => (held.has(i) ? [] : list));
  return reached(free, [x])[y] === 1 ? null : set;
}

function minimalWithin(dag: Dag, x: number, y: number, set: readonly number[]): number[] {
  let least = [...set];
  for (const node of set) {
    if (!least.includes(node)) continue;
    least =
      largestWithin(
        dag,
        x,
        y,
        least.filter((other) => other !== node),
      ) ?? least;
  }
  return least;
}

/** The same graph without the arrows out of some nodes. */
function cutOut(dag: Dag, nodes: readonly number[]): Dag {
  const isCut = new Uint8Array(dag.names.length);
  for (const node of nodes) isCut[node] = 1;
  return {
    ...dag,
    children: dag.children.map((list, i) => (isCut[i] ? [] : list)),
    parents: dag.parents.map((list) => list.filter((parent) => !isCut[parent])),
  };
}
