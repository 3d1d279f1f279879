import { createRng, type Rng } from '../rng';
import { abduct } from './abduct';
import { ancestorsOf } from './ancestors';
import { noiseProposal } from './noiseProposal';
import { evaluateNode, type StructuralModel, uniformsOf } from './structuralModel';
import { targetLikelihood } from './targetLikelihood';
import type { RuleCheck } from './twinSampler';

export interface ExposureSetup {
  readonly model: StructuralModel;
  readonly target: number;
  readonly rareCode: number;
  /** Nodes whose values are kept: those without parents. */
  readonly roots: readonly number[];
}

/** Draws for the risk of one row at least and at most; the more rows, the fewer. */
const DRAWS = { least: 4, most: 32, total: 200_000 };
const MOST_ATTEMPTS = 500;

/**
 * P(Y = m | root causes) of every row: the mean of P(Y = m | pa) over forward draws of what lies between. Its Monte Carlo
 * error is independent of the row's own outcome, so it may tilt the law of the causes without touching P(Y | causes).
 * @param columns Real rows by node; shape (n,).
 */
export function causalRisk(
  { model, target, rareCode, roots }: ExposureSetup,
  columns: readonly Float64Array[],
  seed: number,
): Float64Array {
  const rows = columns[0]!.length;
  const causes = ancestorsOf(model, target);
  const between = model.order.filter((node) => causes.has(node) && !roots.includes(node));
  const likelihood = targetLikelihood(model, target, rareCode);
  const forward = forwardGivenRoots(model, target, roots, between);
  const draws =
    between.length === 0 && model.bidirected.length === 0
      ? 1
      : Math.max(DRAWS.least, Math.min(DRAWS.most, Math.floor(DRAWS.total / Math.max(1, rows))));
  const risk = new Float64Array(rows);
  for (let k = 0; k < draws; k++) {
    const drawn = forward(columns, createRng(seed, 'causal-risk', k));
    likelihood(drawn.columns, drawn.z).forEach((log, i) => {
      risk[i]! += Math.exp(log) / draws;
    });
  }
  return risk;
}

export interface ExposedRows {
  readonly columns: readonly Float64Array[];
  /** Position of the row whose root causes each row has. */
  readonly donor: Int32Array;
  readonly proposals: Uint32Array;
  readonly refusedByRules: Uint32Array;
  readonly refusalsByRule: Uint32Array;
}

/**
 * Rows whose roots come from `pick` and whose other nodes, the target among them, follow their mechanisms. A row that breaks
 * a rule is drawn again, roots and all, so that the law is the tilted one cut by the rules.
 * @returns Null where the rules leave (almost) nothing.
 */
export function exposureSampler(
  setup: ExposureSetup & { readonly check: RuleCheck | null; readonly rules: number },
): (
  rows: number,
  rng: Rng,
  pick: (count: number) => { readonly chosen: Int32Array; readonly columns: readonly Float64Array[] },
) => ExposedRows | null {
  const { model, target, roots, check } = setup;
  const others = model.order.filter((node) => !roots.includes(node));
  const forward = forwardGivenRoots(model, target, roots, others);
  return (rows, rng, pick) => {
    const columns = model.specs.map(() => new Float64Array(rows));
    const donor = new Int32Array(rows);
    const proposals = new Uint32Array(rows);
    const refused = new Uint32Array(rows);
    const refusals = new Uint32Array(setup.rules);
    let open = Uint32Array.from({ length: rows }, (_, i) => i);
    for (let attempt = 0; open.length > 0; attempt++) {
      if (attempt >= MOST_ATTEMPTS) return null;
      const picked = pick(open.length);
      const made = forward(picked.columns, rng).columns;
      const broken = check?.(made);
      const next: number[] = [];
      open.forEach((row, at) => {
        proposals[row]! += 1;
        if (broken && broken[at] !== 0) {
          refused[row]! += 1;
          refusals[broken[at]! - 1]! += 1;
          next.push(row);
          return;
        }
        donor[row] = picked.chosen[at]!;
        for (let c = 0; c < columns.length; c++) columns[c]![row] = made[c]![at]!;
      });
      open = Uint32Array.from(next);
    }
    return { columns, donor, proposals, refusedByRules: refused, refusalsByRule: refusals };
  };
}

/** Draws `nodes`, in causal order, given the roots of some rows; noises tied to a root's by `<->` follow it. */
function forwardGivenRoots(
  model: StructuralModel,
  target: number,
  roots: readonly number[],
  nodes: readonly number[],
): (columns: readonly Float64Array[], rng: Rng) => { columns: Float64Array[]; z: readonly Float64Array[] } {
  const tied = model.bidirected.length > 0;
  const moving = tied ? model.specs.flatMap((_, node) => (roots.includes(node) ? [] : [node])) : nodes;
  const proposal = noiseProposal(model, moving, target);
  const order = model.order.filter((node) => nodes.includes(node));
  return (columns, rng) => {
    const start = tied ? abduct(model, columns, rng) : columns;
    const z = proposal.propose(start, 0, rng);
    const made = columns.slice();
    for (const node of order) made[node] = evaluateNode(model, node, made, uniformsOf(z[node]!));
    return { columns: made, z };
  };
}
