import { type Dag, nodeIndex, reached } from './dag';
import { type Arrow, type DrawnPath, drawnPath, shownName } from './path';

/** A path between two nodes with its state once some nodes are held fixed. */
export interface JudgedPath extends DrawnPath {
  /** Every arrow points from the first node towards the last. */
  readonly causal: boolean;
  readonly open: boolean;
  /** Inner nodes in which two arrowheads meet, in the order of the path. */
  readonly colliders: readonly string[];
  /** The first node that blocks the path; null when it is open. */
  readonly blockedBy: string | null;
  /** One sentence: what blocks it, or who opened its colliders, or that nothing on it is held fixed. */
  readonly reason: string;
}

export interface PathList {
  readonly paths: readonly JudgedPath[];
  /** The limit left paths out. */
  readonly truncated: boolean;
}

/**
 * The paths between x and y that visit no node twice, causal ones first, then shorter ones first, each with its state given
 * `given`: blocked by a non-collider in `given`, or by a collider with no descendant (itself included) in `given` or among
 * `selection`, the nodes by which rows were chosen through an undrawn child. Found one by one, never entering a dead end,
 * so the time is bounded by `limit` times a polynomial.
 * @throws EngineError `unknown-column` for a name the map does not have.
 * @see Causality, 2nd edition, 2009, section 1.2.3.
 */
export function listPaths(
  dag: Dag,
  x: string,
  y: string,
  given: readonly string[],
  limit = 100,
  selection: readonly string[] = [],
): PathList {
  const [start, goal] = [nodeIndex(dag, x), nodeIndex(dag, y)];
  const held = new Set(given.map((name) => nodeIndex(dag, name)));
  const opened = reached(dag.parents, [...held, ...selection.map((name) => nodeIndex(dag, name))]);
  const found: JudgedPath[] = [];
  let truncated = false;
  for (const { nodes, arrows } of simplePaths(dag, start, goal)) {
    if (found.length >= limit) {
      truncated = true;
      break;
    }
    found.push(judge(dag, nodes, arrows, held, opened));
  }
  found.sort((a, b) => Number(b.causal) - Number(a.causal) || a.nodes.length - b.nodes.length);
  return { paths: found, truncated };
}

interface Step {
  readonly to: number;
  readonly arrow: Arrow;
}

const stepsFrom = (dag: Dag, node: number): Step[] => [
  ...dag.children[node]!.map((to): Step => ({ to, arrow: '->' })),
  ...dag.parents[node]!.map((to): Step => ({ to, arrow: '<-' })),
  ...dag.spouses[node]!.map((to): Step => ({ to, arrow: '<->' })),
];

function* simplePaths(dag: Dag, start: number, goal: number): Generator<{ nodes: number[]; arrows: Arrow[] }> {
  if (start === goal) return;
  const steps = dag.names.map((_, node) => stepsFrom(dag, node));
  const taken = new Uint8Array(dag.names.length);
  taken[start] = 1;
  const nodes = [start];
  const arrows: Arrow[] = [];
  const waiting: Step[][] = [stepsFrom(dag, start).reverse()];
  while (waiting.length > 0) {
    const step = waiting.at(-1)!.pop();
    if (!step) {
      waiting.pop();
      taken[nodes.pop()!] = 0;
      arrows.pop();
      continue;
    }
    if (taken[step.to]) continue;
    if (step.to === goal) {
      yield { nodes: [...nodes, goal], arrows: [...arrows, step.arrow] };
      continue;
    }
    taken[step.to] = 1;
    nodes.push(step.to);
    arrows.push(step.arrow);
    const leads = leadsToGoal(steps, goal, taken);
    waiting.push(steps[step.to]!.filter(({ to }) => leads[to] && !taken[to]).reverse());
  }
}

/** 1 for every free node that reaches the goal through free nodes. */
function leadsToGoal(steps: readonly (readonly Step[])[], goal: number, taken: Uint8Array): Uint8Array {
  const leads = new Uint8Array(taken.length);
  leads[goal] = 1;
  const stack = [goal];
  while (stack.length > 0) {
    for (const { to } of steps[stack.pop()!]!) {
      if (leads[to] || taken[to]) continue;
      leads[to] = 1;
      stack.push(to);
    }
  }
  return leads;
}

function judge(
  dag: Dag,
  nodes: readonly number[],
  arrows: readonly Arrow[],
  held: ReadonlySet<number>,
  opened: Uint8Array,
): JudgedPath {
  const nameOf = (node: number) => dag.names[node]!;
  const inner = nodes.slice(1, -1);
  const isCollider = inner.map((_, i) => arrows[i] !== '<-' && arrows[i + 1] !== '->');
  const ends = [nodes[0]!, nodes.at(-1)!].find((node) => held.has(node));
  const block = ends ?? inner.find((node, i) => (isCollider[i] ? !opened[node] : held.has(node)));
  const colliders = inner.filter((_, i) => isCollider[i]);
  const blockedAtCollider = block !== undefined && block !== ends && isCollider[inner.indexOf(block)]!;
  let reason: string;
  if (blockedAtCollider)
    reason = `Two arrowheads meet in ${shownName(nameOf(block))}, and neither it nor anything it causes is held fixed.`;
  else if (block !== undefined) reason = `${shownName(nameOf(block))} is held fixed.`;
  else if (colliders.length > 0)
    reason = `${colliders.map((node) => whoOpened(dag, node, held)).join('; ')}; nothing else on the path is held fixed.`;
  else reason = 'Nothing on the path is held fixed and no two arrowheads meet.';
  return {
    ...drawnPath(nodes.map(nameOf), arrows),
    causal: arrows.every((arrow) => arrow === '->'),
    open: block === undefined,
    colliders: colliders.map(nameOf),
    blockedBy: block === undefined ? null : nameOf(block),
    reason,
  };
}

function whoOpened(dag: Dag, collider: number, held: ReadonlySet<number>): string {
  const shown = shownName(dag.names[collider]!);
  if (held.has(collider)) return `${shown}, in which two arrowheads meet, is held fixed`;
  const below = reached(dag.children, [collider]);
  const opener = [...held].find((node) => below[node]);
  return opener === undefined
    ? `${shown}, in which two arrowheads meet, is opened by how rows were chosen`
    : `${shown}, in which two arrowheads meet, is opened by ${shownName(dag.names[opener]!)}, which it causes`;
}
