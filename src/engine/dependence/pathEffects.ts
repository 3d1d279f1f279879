import type { Dag } from '../graph/dag';
import type { ArrowReplicates } from './compareStatement';
import type { ComparisonKind, Interval, Verdict } from './comparison';
import { verdictOf } from './verdict';

/** What flows along one directed path, before and after. */
export interface PathEffect {
  /** From the exposure to the target, or between the ends asked for. */
  readonly nodes: readonly string[];
  readonly comparison: ComparisonKind;
  /** Product of the arrows' signed effects, in [-1, 1]. */
  readonly before: number;
  readonly after: number;
  readonly difference: number;
  readonly differenceInterval: Interval;
  /** True where before and after have opposite signs and neither is negligible. */
  readonly isTurned: boolean;
  readonly verdict: Exclude<Verdict, 'expected-from-balancing'>;
}

/** More paths than this are a thicket nobody reads. */
const MOST_PATHS = 60;
/** A product of effects is smaller than each of them: so is the change of it that matters. */
const SHARE_OF_MARGIN = 0.5;

/**
 * The strength along every directed path between two nodes, as the product of the signed effects of its arrows (partial
 * correlations given the child's other parents), in the original table and in the augmented one with weights; intervals from
 * the bootstrap over donors that all arrows share. A path with a category of more than two levels on it has no sign and is
 * left out.
 * @returns Paths from the strongest on; empty where no directed path joins the two.
 */
export function pathEffects(
  dag: Dag,
  from: string,
  to: string,
  arrows: readonly ArrowReplicates[],
  comparison: ComparisonKind,
  margin: number,
): PathEffect[] {
  const byEnds = new Map(
    arrows
      .filter((arrow) => arrow.comparison === comparison)
      .map((arrow) => [JSON.stringify([arrow.from, arrow.to]), arrow]),
  );
  const effects: PathEffect[] = [];
  for (const nodes of directedPaths(dag, from, to)) {
    const steps = nodes.slice(1).map((node, i) => byEnds.get(JSON.stringify([nodes[i], node])));
    if (steps.some((step) => step === undefined)) continue;
    effects.push(alongPath(nodes, steps as ArrowReplicates[], comparison, margin * SHARE_OF_MARGIN));
  }
  return effects.sort((a, b) => Math.abs(b.before) - Math.abs(a.before));
}

function alongPath(
  nodes: readonly string[],
  steps: readonly ArrowReplicates[],
  comparison: ComparisonKind,
  margin: number,
): PathEffect {
  const productOf = (pick: (step: ArrowReplicates) => number) =>
    steps.reduce((product, step) => product * pick(step), 1);
  const before = productOf((step) => step.before);
  const after = productOf((step) => step.after);
  const changes = Array.from(
    steps[0]!.beforeReplicates,
    (_, i) => productOf((step) => step.afterReplicates[i]!) - productOf((step) => step.beforeReplicates[i]!),
  ).sort((a, b) => a - b);
  const difference = after - before;
  // Percentiles, shifted to the estimate: a product of effects near 0 is far from normal.
  const middle = changes[changes.length >> 1]!;
  const at = (share: number) => changes[Math.floor(share * (changes.length - 1))]! - middle + difference;
  const differenceInterval = { low: at(0.025), high: at(0.975) };
  return {
    nodes,
    comparison,
    before,
    after,
    difference,
    differenceInterval,
    isTurned: before * after < 0 && Math.min(Math.abs(before), Math.abs(after)) > margin / 2,
    verdict: verdictOf(differenceInterval, margin),
  };
}

/** Every directed path between two recorded nodes, shortest first, at most 60. */
function directedPaths(dag: Dag, from: string, to: string): string[][] {
  const [start, end] = [dag.indexOf.get(from), dag.indexOf.get(to)];
  if (start === undefined || end === undefined) return [];
  const found: number[][] = [];
  const visit = (trail: number[]) => {
    if (found.length >= MOST_PATHS) return;
    const last = trail[trail.length - 1]!;
    if (last === end) {
      if (trail.length > 1) found.push(trail);
      return;
    }
    for (const child of dag.children[last]!) visit([...trail, child]);
  };
  visit([start]);
  return found.sort((a, b) => a.length - b.length).map((path) => path.map((i) => dag.names[i]!));
}
