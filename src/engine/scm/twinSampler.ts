import { gather } from '../numeric/gather';
import type { Rng } from '../rng';
import { abduct } from './abduct';
import { ancestorsOf } from './ancestors';
import { type NoiseProposal, noiseProposal } from './noiseProposal';
import { evaluateNode, type StructuralModel, uniformsOf } from './structuralModel';
import { type TargetLikelihood, targetLikelihood } from './targetLikelihood';

/** Tells for every row which rule it breaks, counted from 1; 0 where it breaks none. */
export type RuleCheck = (columns: readonly Float64Array[]) => ArrayLike<number>;

export interface TwinSetup {
  readonly model: StructuralModel;
  readonly target: number;
  readonly rareCode: number;
  /** Nodes whose noise moves; never the target. */
  readonly redraw: readonly number[];
  /** Size of a long move, in (0, 1]: correlation of old and new noise is sqrt(1 - step^2). */
  readonly step: number;
  /** The largest step of each node's own noise, by node, in [0, 1]; absent where `step` holds for all. */
  readonly nodeSteps?: readonly number[] | undefined;
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
  /** Those of them that were long. */
  readonly acceptedLong: Uint32Array;
  /** Gaussianised noises of every node, of the donor and of the twin. */
  readonly noiseBefore: readonly Float64Array[];
  readonly noiseAfter: readonly Float64Array[];
  /** Which rules refused a proposal of the row: bit r for rule r, of the first 32. */
  readonly rulesTouched: Uint32Array;
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

/** What is not weighed always moves: however many steps the causes need to move at all, the rest takes no more than these. */
export const MOVES_OF_THE_REST = 4;
/** Rounds of steps granted to rows that have not moved; what has not moved after them is said, not hidden. */
const MOST_ROUNDS = 12;
/** Every second move is this much shorter: rows in the midst of the risk, which long moves only lead away from, move too. */
const SHORT_MOVE = 0.35;

/** Correlation of a noise before and after move `t` (from 0) of steps of size `step`: long and short moves alternate. */
const keptByMove = (step: number, t: number): number => Math.sqrt(1 - (isLong(t) ? step : SHORT_MOVE * step) ** 2);
const isLong = (t: number): boolean => t % 2 === 0;

/** Correlation of a noise with its donor's after `steps` moves that were all accepted. */
export function keptBySteps(step: number, steps: number): number {
  let kept = 1;
  for (let t = 0; t < steps; t++) kept *= keptByMove(step, t);
  return kept;
}

/**
 * Causal twins: a Markov chain on the noises of real rare rows that leaves P(V | Y = m, no rule broken) invariant.
 * Each step moves the noises of the redraw set (Crank-Nicolson), pushes them through the map with Y = m held and
 * accepts with min(1, P(Y = m | pa') / P(Y = m | pa)) unless a rule breaks. What comes after Y or beside it is not
 * weighed, only recomputed. A real rare row is itself a draw from that law, so there is no burn-in and every step size
 * is right, also a fixed alternation of sizes; the step only says how far from the real row to go.
 */
export function twinSampler(setup: TwinSetup): TwinSampler {
  const { model, target, step, nodeSteps, check } = setup;
  const likelihood = targetLikelihood(model, target, setup.rareCode);
  const { blocks, last } = planBlocks(setup);
  const ofNodes = (kept: (step: number) => number) =>
    model.specs.map((_, node) => kept(Math.min(step, nodeSteps?.[node] ?? 1)));
  const keeps = [0, 1].map((t) => ofNodes((own) => keptByMove(own, t)));
  return (donors, steps, rng, rounds = MOST_ROUNDS) => {
    const rows = donors[0]!.length;
    const noiseBefore = abduct(model, donors, rng);
    const state: State = {
      z: noiseBefore.map((column) => column.slice()),
      columns: donors.map((column) => column.slice()),
      log: likelihood(donors, noiseBefore),
      proposals: new Uint32Array(rows),
      refused: new Uint32Array(rows),
      refusals: new Uint32Array(setup.rules),
      touched: new Uint32Array(rows),
      accepted: new Uint32Array(rows),
      acceptedLong: new Uint32Array(rows),
    };
    let active: Uint32Array | null = null;
    for (let round = 0; blocks.length > 0 && round < rounds; round++) {
      for (let t = 0; t < steps; t++)
        for (const block of blocks)
          move(model, block, likelihood, check, { keep: keeps[t % 2]!, isLong: isLong(t) }, state, active, rng);
      // From the second round on only rows that never moved go on: the others have had their number of steps.
      active = rowsNotMoved(state.accepted);
      if (active.length === 0) break;
    }
    if (last) {
      // Unweighed steps in a row are one step that keeps what they all keep.
      const moved = last.proposal.propose(
        state.z,
        ofNodes((own) => keptBySteps(own, Math.min(steps, MOVES_OF_THE_REST))),
        rng,
      );
      for (const node of last.evaluate)
        state.columns[node] = evaluateNode(model, node, state.columns, uniformsOf(moved[node]!));
      for (const node of last.proposal.moving) state.z[node] = moved[node]!;
      if (blocks.length === 0) {
        state.proposals.fill(1);
        state.accepted.fill(1);
        state.acceptedLong.fill(1);
      }
    }
    return {
      columns: state.columns,
      proposals: state.proposals,
      refusedByRules: state.refused,
      refusalsByRule: state.refusals,
      accepted: state.accepted,
      acceptedLong: state.acceptedLong,
      noiseBefore,
      noiseAfter: state.z,
      rulesTouched: state.touched,
    };
  };
}

interface State {
  readonly z: Float64Array[];
  readonly columns: Float64Array[];
  readonly log: Float64Array;
  readonly proposals: Uint32Array;
  readonly refused: Uint32Array;
  readonly refusals: Uint32Array;
  readonly touched: Uint32Array;
  readonly accepted: Uint32Array;
  readonly acceptedLong: Uint32Array;
}

function rowsNotMoved(accepted: Uint32Array): Uint32Array {
  const rows: number[] = [];
  for (let i = 0; i < accepted.length; i++) if (accepted[i] === 0) rows.push(i);
  return Uint32Array.from(rows);
}

/** No stream gives a uniform with a logarithm this small: 2^-33 is the least. */
const LEAST_LOG_UNIFORM = -23;

/** One move of one block, for all rows or for those in `active` only; the state is changed in place. */
function move(
  model: StructuralModel,
  block: Block,
  likelihood: TargetLikelihood,
  check: RuleCheck | null,
  { keep, isLong }: { readonly keep: readonly number[]; readonly isLong: boolean },
  state: State,
  active: Uint32Array | null,
  rng: Rng,
): void {
  const pick = (columns: readonly Float64Array[]) =>
    active ? columns.map((column) => gather(column, active)) : columns.slice();
  const z = block.proposal.propose(pick(state.z), keep, rng);
  const columns = pick(state.columns);
  for (const node of block.evaluate) columns[node] = evaluateNode(model, node, columns, uniformsOf(z[node]!));
  const log = block.decidesTarget ? likelihood(columns, z) : null;
  const broken = check?.(columns) ?? null;
  const { log: logBefore, proposals, refused, refusals, touched, accepted, acceptedLong } = state;
  const rows = z[0]!.length;
  const accept = new Uint32Array(rows);
  let count = 0;
  for (let at = 0; at < rows; at++) {
    const i = active ? active[at]! : at;
    proposals[i]! += 1;
    // One uniform a row, used or not: what a rule refuses does not shift the stream of the rows after it.
    const u = rng.uniform();
    if (broken !== null && broken[at] !== 0) {
      const rule = broken[at]! - 1;
      refused[i]! += 1;
      refusals[rule]! += 1;
      if (rule < 32) touched[i]! |= 1 << rule;
      continue;
    }
    if (log !== null) {
      const ratio = log[at]! - logBefore[i]!;
      // The logarithm is taken only where the ratio alone does not decide.
      if (!(ratio >= 0 || (ratio > LEAST_LOG_UNIFORM && Math.log(u) < ratio))) continue;
    }
    accept[count++] = at;
    if (block.counts) {
      accepted[i]! += 1;
      if (isLong) acceptedLong[i]! += 1;
    }
  }
  const write = (into: Float64Array, from: Float64Array) => {
    for (let k = 0; k < count; k++) {
      const at = accept[k]!;
      into[active ? active[at]! : at] = from[at]!;
    }
  };
  for (const node of block.proposal.moving) write(state.z[node]!, z[node]!);
  for (const node of block.evaluate) write(state.columns[node]!, columns[node]!);
  if (log) write(logBefore, log);
}

/**
 * Splits the redraw set into the part that decides the target (its ancestors) and the rest. The rest needs no weighing,
 * so unless a rule looks at it, it moves once, at the end. `<->` may tie the two parts together: then all move as one.
 */
function planBlocks({ model, target, redraw, ruleColumns, check }: TwinSetup): { blocks: Block[]; last: Block | null } {
  const before = ancestorsOf(model, target);
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
  const downstream = model.specs.flatMap((_, node) => (!before.has(node) && node !== target ? [node] : []));
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
