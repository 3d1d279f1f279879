import { type Dag, reached } from './dag';
import { type Arrow, type DrawnPath, drawnPath } from './path';

/** Steps of search after which a node is taken not to be a collider; reached only in maps far denser than one can draw. */
const STEP_LIMIT = 5000;

/**
 * A path between x and y on which `node` is the only collider: two arrowheads meet in it, and conditioning on it opens
 * the path. Null when there is none. Each half is a trek: up from the node through its causes, then down to x or to y;
 * the halves share no other node.
 */
export function colliderPath(dag: Dag, node: number, x: number, y: number): DrawnPath | null {
  if (node === x || node === y) return null;
  const leadsToX = usefulNodes(dag, x);
  const leadsToY = usefulNodes(dag, y);
  const taken = new Uint8Array(dag.names.length);
  taken[node] = 1;
  taken[y] = 1;
  if (!shortestHalf(dag, node, x, taken, leadsToX)) return null;
  taken[y] = 0;
  taken[x] = 1;
  if (!shortestHalf(dag, node, y, taken, leadsToY)) return null;
  taken[x] = 0;
  taken[y] = 1;

  // Every half that ends in x, in turn, until the other half can get past it.
  let steps = 0;
  const half: Step[] = [];
  const extend = (at: number, down: boolean): Step[] | null => {
    if (at === x) {
      taken[y] = 0;
      const other = shortestHalf(dag, node, y, taken, leadsToY);
      taken[y] = 1;
      return other;
    }
    for (const step of stepsFrom(dag, at, down, leadsToX)) {
      if (at === node && step.arrow === '->') continue; // both halves enter the node at an arrowhead
      if (taken[step.to] || ++steps > STEP_LIMIT) continue;
      taken[step.to] = 1;
      half.push(step);
      const other = extend(step.to, step.down);
      if (other) return other;
      half.pop();
      taken[step.to] = 0;
    }
    return null;
  };
  const other = extend(node, false);
  if (!other) return null;
  const left = half.toReversed();
  return drawnPath(
    [...left.map((step) => step.to), node, ...other.map((step) => step.to)].map((i) => dag.names[i]!),
    [...left.map((step) => turned[step.arrow]), ...other.map((step) => step.arrow)],
  );
}

const turned: Record<Arrow, Arrow> = { '->': '<-', '<-': '->', '<->': '<->' };

interface Step {
  readonly to: number;
  readonly arrow: Arrow;
  /** Once a trek has turned downwards it can only follow arrows. */
  readonly down: boolean;
}

/** `up`: nodes from which some trek reaches the goal; `down`: nodes from which following arrows does. */
interface Useful {
  readonly up: Uint8Array;
  readonly down: Uint8Array;
}

function usefulNodes(dag: Dag, goal: number): Useful {
  const down = reached(dag.parents, [goal]);
  const tops: number[] = [];
  dag.names.forEach((_, node) => {
    if (down[node] || dag.spouses[node]!.some((spouse) => down[spouse])) tops.push(node);
  });
  return { up: reached(dag.children, tops), down };
}

function stepsFrom(dag: Dag, at: number, down: boolean, useful: Useful): Step[] {
  const below = dag.children[at]!.filter((to) => useful.down[to]).map((to): Step => ({ to, arrow: '->', down: true }));
  if (down) return below;
  return [
    ...dag.parents[at]!.filter((to) => useful.up[to]).map((to): Step => ({ to, arrow: '<-', down: false })),
    ...dag.spouses[at]!.filter((to) => useful.down[to]).map((to): Step => ({ to, arrow: '<->', down: true })),
    ...below,
  ];
}

/** The shortest trek out of `start` through an arrowhead at `start` to `goal`, entering no taken node. */
function shortestHalf(dag: Dag, start: number, goal: number, taken: Uint8Array, useful: Useful): Step[] | null {
  const seen = new Uint8Array(dag.names.length * 2);
  const queue: { readonly step: Step; readonly before: number }[] = [];
  const push = (steps: readonly Step[], before: number) => {
    for (const step of steps) {
      const state = 2 * step.to + (step.down ? 1 : 0);
      if (taken[step.to] || seen[state]) continue;
      seen[state] = 1;
      queue.push({ step, before });
    }
  };
  push(
    stepsFrom(dag, start, false, useful).filter((step) => step.arrow !== '->'),
    -1,
  );
  for (let head = 0; head < queue.length; head++) {
    const { step } = queue[head]!;
    if (step.to === goal) {
      const steps: Step[] = [];
      for (let at = head; at >= 0; at = queue[at]!.before) steps.push(queue[at]!.step);
      return steps.reverse();
    }
    push(stepsFrom(dag, step.to, step.down, useful), head);
  }
  return null;
}
