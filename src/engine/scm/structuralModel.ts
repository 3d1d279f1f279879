import { insideUnit } from '../mechanisms/locationScale';
import { normalCdfInPlace } from '../numeric/normal';
import { roundInPlace } from '../numeric/rounding';
import type { FittedModel } from './fittedModel';

/** What sampling needs of a model: the graph and the mechanisms, not how they were learned. */
export type StructuralModel = Pick<
  FittedModel,
  'specs' | 'order' | 'parents' | 'bidirected' | 'mechanisms' | 'noiseCorrelation'
>;

/** Value of node `node` for every row, from its parents' values and the noises u, rounded as the column is recorded. */
export function evaluateNode(
  model: Pick<StructuralModel, 'specs' | 'parents' | 'mechanisms'>,
  node: number,
  columns: readonly Float64Array[],
  noise: Float64Array,
): Float64Array {
  const values = model.mechanisms[node]!.quantile(
    model.parents[node]!.map((p) => columns[p]!),
    noise,
  );
  const spec = model.specs[node]!;
  if (!spec.levels) roundInPlace(values, spec.decimals);
  return values;
}

/** The noises u = Phi(z) that mechanisms take, kept off 0 and 1. */
export function uniformsOf(z: Float64Array): Float64Array {
  const u = z.slice();
  normalCdfInPlace(u);
  for (let i = 0; i < u.length; i++) u[i] = insideUnit(u[i]!);
  return u;
}
