import type { Rng } from '../rng';
import { ancestorsOf } from './ancestors';
import { noiseProposal } from './noiseProposal';
import { evaluateNode, type StructuralModel, uniformsOf } from './structuralModel';
import { targetLikelihood } from './targetLikelihood';

/** Forward draws of the causes with log P(Y = m | causes). */
export interface Pool {
  readonly columns: readonly Float64Array[];
  /** Noises z of nodes that `<->` ties to others; null where there is no `<->`, so that noises need not be kept. */
  readonly z: readonly Float64Array[] | null;
  readonly log: Float64Array;
  readonly rng: Rng;
}

/** A function that draws causes from their law before anything is known of Y. */
export function forwardCauses(
  model: StructuralModel,
  target: number,
  rareCode: number,
): (rows: number, rng: Rng) => Pool {
  const nodes = ancestorsOf(model, target);
  const order = model.order.filter((node) => nodes.has(node));
  const likelihood = targetLikelihood(model, target, rareCode);
  const tied = model.bidirected.length > 0;
  const proposal = noiseProposal(
    model,
    model.specs.flatMap((_, node) => (node !== target && (tied || nodes.has(node)) ? [node] : [])),
    target,
  );
  return (rows, rng) => {
    const nothing = new Float64Array(rows);
    const columns: Float64Array[] = model.specs.map(() => nothing);
    const z = proposal.propose(columns, 0, rng);
    for (const node of order) columns[node] = evaluateNode(model, node, columns, uniformsOf(z[node]!));
    return { columns, z: tied ? z : null, log: likelihood(columns, z), rng };
  };
}
