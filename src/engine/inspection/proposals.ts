import { compileRules } from '../constraints/compileRules';
import type { Rule } from '../constraints/rule';
import { createRng } from '../rng';
import { abduct } from '../scm/abduct';
import type { FittedModel } from '../scm/fittedModel';
import { noiseProposal } from '../scm/noiseProposal';
import { evaluateNode, uniformsOf } from '../scm/structuralModel';
import { targetLikelihood } from '../scm/targetLikelihood';

/** What became of a proposed row. */
export const verdictOfMove = { accepted: 0, brokeRule: 1, unlikelyRare: 2 } as const;

export interface Moves {
  /** Columns of the proposed rows, in model order. */
  readonly columns: readonly Float64Array[];
  /** Values of `verdictOfMove`. */
  readonly verdicts: Uint8Array;
}

export interface MoveInput {
  readonly model: FittedModel;
  readonly target: number;
  readonly rareCode: number;
  readonly rules: readonly Rule[];
  /** Node indices whose noise moves. */
  readonly redraw: readonly number[];
  /** Real rare rows, in model order. */
  readonly donors: readonly Float64Array[];
  readonly seed: number;
  /** The largest step of each node's own noise, as a run took them; absent or null where the size holds for all. */
  readonly nodeSteps?: readonly number[] | null;
}

/**
 * One Crank-Nicolson step z' = sqrt(1 - s^2) z + s e of every donor for each step size s, with the same noise e and the
 * same acceptance draw u throughout: what differs between the results is the step size alone. A move is accepted where
 * it breaks no rule and log u < log P(Y = m | pa') - log P(Y = m | pa), as the twins' chain does; s = 0 is the donor.
 */
export function movesBySize(input: MoveInput, sizes: readonly number[]): Moves[] {
  const { model, target, rareCode, redraw, donors, seed } = input;
  const rows = donors[0]!.length;
  const z = abduct(model, donors, createRng(seed, 'moves-noise'));
  const likelihood = targetLikelihood(model, target, rareCode);
  const before = likelihood(donors, z);
  const proposal = noiseProposal(model, redraw, target);
  const touched = new Set(redraw);
  for (const node of model.order)
    if (node !== target && model.parents[node]!.some((p) => touched.has(p))) touched.add(node);
  const changing = model.order.filter((node) => touched.has(node));
  const enabled = input.rules.filter((rule) => rule.enabled);
  const compiled = enabled.length > 0 ? compileRules(enabled, model.specs) : null;
  const draws = createRng(seed, 'moves-accept');
  const logDraws = Float64Array.from({ length: rows }, () => Math.log(draws.uniform()));
  return sizes.map((size) => {
    if (size === 0) return { columns: donors, verdicts: new Uint8Array(rows) };
    const keep = model.specs.map((_, node) => Math.sqrt(1 - Math.min(size, input.nodeSteps?.[node] ?? 1) ** 2));
    const moved = proposal.propose(z, keep, createRng(seed, 'moves-step'));
    const columns = donors.slice();
    for (const node of changing) columns[node] = evaluateNode(model, node, columns, uniformsOf(moved[node]!));
    const after = likelihood(columns, moved);
    const broken = compiled?.check(columns, 0, rows);
    const verdicts = Uint8Array.from({ length: rows }, (_, i) => {
      if (broken && broken[i]! >= 0) return verdictOfMove.brokeRule;
      return logDraws[i]! < after[i]! - before[i]! ? verdictOfMove.accepted : verdictOfMove.unlikelyRare;
    });
    return { columns, verdicts };
  });
}
