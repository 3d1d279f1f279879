import { insideUnit } from '../mechanisms/locationScale';
import { normalCdf } from '../numeric/normal';
import type { Rng } from '../rng';
import { abduct } from './abduct';
import { type NoiseProposal, noiseProposal } from './noiseProposal';
import { evaluateNode, type StructuralModel } from './structuralModel';
import { type TargetLikelihood, targetLikelihood } from './targetLikelihood';

/** Tells for every row which rule it breaks, counted from 1; 0 where it breaks none. */
export type RuleCheck = (columns: readonly Float64Array[]) => ArrayLike<number>;

export interface TwinSetup {
  readonly model: StructuralModel;
  readonly target: number;
  readonly rareCode: number;
  /** Nodes whose noise moves; never the target. */
  readonly redraw: readonly number[];
  /** Size of one move, in (0, 1]: correlation of old and new noise is sqrt(1 - step^2). */
  readonly step: number;
  readonly check: RuleCheck | null;
  /** How many rules `check` tells apart. */
  readonly rules: number;
  /** Columns the rules look at. */
  readonly ruleColumns: readonly number[];
}

export interface Twins {
  readonly columns: readonly Float64Array[];
  readonly proposals: Uint32Array;
  readonly refusedByRules: Uint32Array;
  /** How many of these refusals each rule caused, the first broken one being the cause; shape (rules,). */
  readonly refusalsByRule: Uint32Array;
  /** Accepted moves of the part that decides the target; all moves where that part does not move. */
  readonly accepted: Uint32Array;
}

/** One part of the noises, moved and judged together. */
interface Block {
  readonly proposal: NoiseProposal;
  /** Nodes to recompute after the move, in topological order. */
  readonly evaluate: readonly number[];
  readonly decidesTarget: boolean;
  /** Whether a row counts as moved when this block moves it: true for one block only, the deciding one if there is one. */
  readonly counts: boolean;
}

/**
 * Twins of the given rows after `steps` steps each. A row that has not moved gets another round of steps, `rounds` at
 * most. With one round the law is exact; each further one shifts it by at most the share of rows that had not moved,
 * which is why the number of steps must be large enough to begin with.
 */
export type TwinSampler = (donors: readonly Float64Array[], steps: number, rng: Rng, rounds?: number) => Twins;

/** Rounds of steps granted to rows that have not moved; what has not moved after them is said, not hidden. */
const MOST_ROUNDS = 12;

/**
 * Causal twins: a Markov chain on the noises of real rare rows that leaves P(V | Y = m, no rule broken) invariant.
 * Each step moves the noises of the redraw set (Crank-Nicolson), pushes them through the map with Y = m held and
 * accepts with min(1, P(Y = m | pa') / P(Y = m | pa)) unless a rule breaks. What comes after Y or beside it is not
 * weighed, only recomputed. A real rare row is itself a draw from that law, so there is no burn-in and every step size
 * is right; the step only says how far from the real row to go.
 */
export function twinSampler(setup: TwinSetup): TwinSampler {
  const { model, target, step, check } = setup;
  const likelihood = targetLikelihood(model, target, setup.rareCode);
  const { blocks, last } = planBlocks(setup);
  const keep = Math.sqrt(1 - step * step);
  return (donors, steps, rng, rounds = MOST_ROUNDS) => {
    const rows = donors[0]!.length;
    const z = abduct(model, donors, rng);
    const columns = donors.slice();
    const state: State = {
      z,
      columns,
      log: likelihood(columns, z),
      proposals: new Uint32Array(rows),
      refused: new Uint32Array(rows),
      refusals: new Uint32Array(setup.rules),
      accepted: new Uint32Array(rows),
      stuck: new Uint8Array(rows).fill(1),
    };
    if (blocks.length > 0)
      for (let round = 0; round < rounds && state.stuck.some((flag) => flag === 1); round++) {
        for (let t = 0; t < steps; t++)
          for (const block of blocks) move(model, block, likelihood, check, keep, state, rng);
        // From the second round on only rows that never moved go on: the others have had their number of steps.
        for (let i = 0; i < rows; i++) state.stuck[i] = state.accepted[i] === 0 ? 1 : 0;
      }
    if (last) {
      // k unweighed steps in a row are one step that keeps keep^k of the noise.
      const moved = last.proposal.propose(state.z, keep ** steps, rng);
      const after = evaluate(model, last.evaluate, state.columns, moved);
      if (blocks.length === 0) {
        state.proposals.fill(1);
        state.accepted.fill(1);
      }
      return twinsOf(state, after);
    }
    return twinsOf(state, state.columns);
  };
}

const twinsOf = (state: State, columns: readonly Float64Array[]): Twins => ({
  columns,
  proposals: state.proposals,
  refusedByRules: state.refused,
  refusalsByRule: state.refusals,
  accepted: state.accepted,
});

interface State {
  z: Float64Array[];
  columns: Float64Array[];
  log: Float64Array;
  readonly proposals: Uint32Array;
  readonly refused: Uint32Array;
  readonly refusals: Uint32Array;
  readonly accepted: Uint32Array;
  /** 1 for the rows that take part in this round. */
  readonly stuck: Uint8Array;
}

function move(
  model: StructuralModel,
  block: Block,
  likelihood: TargetLikelihood,
  check: RuleCheck | null,
  keep: number,
  state: State,
  rng: Rng,
): void {
  const rows = state.log.length;
  const z = block.proposal.propose(state.z, keep, rng);
  const columns = evaluate(model, block.evaluate, state.columns, z);
  const log = block.decidesTarget ? likelihood(columns, z) : state.log;
  const broken = check?.(columns);
  const accept = new Uint8Array(rows);
  for (let i = 0; i < rows; i++) {
    const u = rng.uniform();
    if (state.stuck[i] === 0) continue;
    state.proposals[i]! += 1;
    if (broken && broken[i] !== 0) {
      state.refused[i]! += 1;
      state.refusals[broken[i]! - 1]! += 1;
    } else if (Math.log(u) < log[i]! - state.log[i]!) {
      accept[i] = 1;
      if (block.counts) state.accepted[i]! += 1;
    }
  }
  const merge = (before: Float64Array, after: Float64Array) => {
    const out = before.slice();
    for (let i = 0; i < rows; i++) if (accept[i] === 1) out[i] = after[i]!;
    return out;
  };
  for (const node of block.proposal.moving) state.z[node] = merge(state.z[node]!, z[node]!);
  for (const node of block.evaluate) state.columns[node] = merge(state.columns[node]!, columns[node]!);
  if (block.decidesTarget) state.log = merge(state.log, log);
}

function evaluate(
  model: StructuralModel,
  nodes: readonly number[],
  columns: readonly Float64Array[],
  z: readonly Float64Array[],
): Float64Array[] {
  const out = columns.slice();
  for (const node of nodes) {
    const u = new Float64Array(z[node]!.length);
    for (let i = 0; i < u.length; i++) u[i] = insideUnit(normalCdf(z[node]![i]!));
    out[node] = evaluateNode(model, node, out, u);
  }
  return out;
}

/**
 * Splits the redraw set into the part that decides the target (its ancestors) and the rest. The rest needs no weighing,
 * so unless a rule looks at it, it moves once, at the end. `<->` may tie the two parts together: then all move as one.
 */
function planBlocks({ model, target, redraw, ruleColumns, check }: TwinSetup): { blocks: Block[]; last: Block | null } {
  const d = model.specs.length;
  const before = new Set<number>();
  const visit = (node: number) => {
    for (const p of model.parents[node]!)
      if (!before.has(p)) {
        before.add(p);
        visit(p);
      }
  };
  visit(target);
  /** Every node but the target that changes when some of `moving` do, restricted to `within`. */
  const affected = (moving: readonly number[], within: (node: number) => boolean) => {
    const touched = new Set(moving);
    for (const node of model.order)
      if (node !== target && model.parents[node]!.some((p) => touched.has(p))) touched.add(node);
    return model.order.filter((node) => touched.has(node) && within(node));
  };
  const build = (
    moving: readonly number[],
    within: (node: number) => boolean,
    decidesTarget: boolean,
    counts: boolean,
  ): Block => ({
    proposal: noiseProposal(model, moving, target),
    evaluate: affected(moving, within),
    decidesTarget,
    counts,
  });
  const all = () => true;
  if (model.bidirected.length > 0)
    return { blocks: redraw.length > 0 ? [build(redraw, all, true, true)] : [], last: null };
  const first = redraw.filter((node) => before.has(node));
  const rest = redraw.filter((node) => !before.has(node));
  const downstream = Array.from({ length: d }, (_, node) => node).filter(
    (node) => !before.has(node) && node !== target,
  );
  const rulesLookAtRest = check !== null && ruleColumns.some((column) => downstream.includes(column));
  if (rulesLookAtRest) {
    const blocks: Block[] = [];
    if (first.length > 0) blocks.push(build(first, all, true, true));
    if (rest.length > 0) blocks.push(build(rest, all, false, first.length === 0));
    return { blocks, last: null };
  }
  const blocks = first.length > 0 ? [build(first, (node) => before.has(node), true, true)] : [];
  // Nodes after the target change with their ancestors even when their own noise is kept.
  const changing = affected(redraw, (node) => !before.has(node));
  return {
    blocks,
    last:
      changing.length > 0
        ? { proposal: noiseProposal(model, rest, target), evaluate: changing, decidesTarget: false, counts: false }
        : null,
  };
}
