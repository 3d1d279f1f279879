import type { Misfit } from './misfits';
import { keptBySteps, MOVES_OF_THE_REST } from './twinSampler';

/** Steps that are tried, largest first. */
export const STEP_SIZES: readonly number[] = [1, 0.8, 0.6, 0.45, 0.3, 0.2, 0.1];
const SMALLEST_STEP = STEP_SIZES[STEP_SIZES.length - 1]!;
/** Moves after which a step is judged. */
export const JUDGED_STEPS = MOVES_OF_THE_REST;
const MOST_SWEEPS = 20;

const kept = new Map(STEP_SIZES.map((step) => [step, keptBySteps(step, JUDGED_STEPS)]));

/**
 * How far the noise of each node may move when some of what the map leaves unexplained is to be kept.
 *
 * Twins keep the share k of a donor's noise. Of an unexplained correlation r of two noises they lose (1 - k_a k_b) r, and of an
 * unexplained shift m among rare rows (1 - k_a) m; in return they repeat the shares k_a k_b and k_a of the chance that n rare rows
 * have, of variance 1 / n each. The steps are those that make the expected square of what is lost and repeated least,
 *
 *   sum over pairs of (1 - k_a k_b)² r² + k_a² k_b² / n, plus sum over nodes of (1 - k_a)² m² + k_a² / n,
 *
 * which is shrinkage of the donors' moments towards what the map says, by as much as the data say. Found node by node, from the
 * smallest step of all that a misfit names; sizes of misfits among rare rows are freed of their own chance first.
 * Columns that are all but calculated from one another without the map saying so stay the donor's: their noises and those of all
 * that causes them do not move, since even the smallest step would loosen them.
 * @param ancestors Of every node: what its value changes with.
 * @param cases Rare rows, or units of them: n.
 * @returns By node: 1 where nothing speaks against it, 0 where the noise stays the donor's.
 * @see A Shrinkage Approach to Large-Scale Covariance Matrix Estimation and Implications for Functional Genomics, Statistical Applications in Genetics and Molecular
 * Biology 4 (2005): the same trade between what a sample says and a target, with its best share known in closed form.
 */
export function heldBackSteps(
  misfits: readonly Misfit[],
  redraw: readonly number[],
  ancestors: readonly ReadonlySet<number>[],
  cases: number,
): number[] {
  const nodes = ancestors.length;
  const pairs = new Float64Array(nodes * nodes);
  const shifts = new Float64Array(nodes);
  const steps = new Array<number>(nodes).fill(1);
  const isFixed = new Array<boolean>(nodes).fill(false);
  for (const misfit of misfits) {
    if (misfit.kind === 'calculated') {
      for (const node of misfit.nodes) for (const one of [node, ...ancestors[node]!]) isFixed[one] = true;
      continue;
    }
    const square = misfit.size ** 2;
    const beyondChance = misfit.kind === 'pair' ? square : Math.max(0, square - 1 / cases);
    const [a, b] = misfit.nodes;
    if (b === undefined) shifts[a] = Math.max(shifts[a]!, beyondChance);
    else {
      pairs[a * nodes + b] = Math.max(pairs[a * nodes + b]!, beyondChance);
      pairs[b * nodes + a] = pairs[a * nodes + b]!;
    }
    for (const node of misfit.nodes) steps[node] = SMALLEST_STEP;
  }
  // Where all that moves would stay the donor's, rows would be copies: the smallest step is left to it.
  if (redraw.every((node) => isFixed[node])) {
    for (const node of redraw) steps[node] = SMALLEST_STEP;
    return steps;
  }
  const keptOf = (node: number) => (isFixed[node] ? 1 : kept.get(steps[node]!)!);
  const risk = (node: number, k: number) => {
    let sum = (1 - k) ** 2 * shifts[node]! + k ** 2 / cases;
    for (let other = 0; other < nodes; other++) {
      if (other === node) continue;
      const both = k * keptOf(other);
      sum += (1 - both) ** 2 * pairs[node * nodes + other]! + both ** 2 / cases;
    }
    return sum;
  };
  const held = steps.flatMap((step, node) => (step < 1 && !isFixed[node] ? [node] : []));
  for (let sweep = 0; sweep < MOST_SWEEPS; sweep++) {
    let changed = false;
    for (const node of held) {
      const risks = STEP_SIZES.map((step) => risk(node, kept.get(step)!));
      const best = STEP_SIZES[risks.indexOf(Math.min(...risks))]!;
      changed ||= best !== steps[node];
      steps[node] = best;
    }
    if (!changed) break;
  }
  return steps.map((step, node) => (isFixed[node] ? 0 : step));
}
