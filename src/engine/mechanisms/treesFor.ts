import type { FitInput } from './mechanism';
import { binColumns, fitBins } from './trees/binning';
import { type BoostInput, type Loss, steadyGrowth } from './trees/boosting';

/** The parents made ready for trees, with what the expert demands of their effects, and the importance of rows for early stopping. */
export function treesFor(input: FitInput, loss: Loss, leastWeight: number, penalty: number) {
  const { parents, parentColumns, weights, values, limits } = input;
  const features = fitBins(parents, parentColumns);
  const allowed = new Uint8Array(parents.length).fill(1);
  const directions = new Int8Array(parents.length);
  for (const { parent, direction, most } of limits) {
    directions[parent] = direction;
    // No bound on single trees bounds their sum: the effect is left to the linear part.
    if (most < Infinity) allowed[parent] = 0;
  }
  const boost: BoostInput = {
    features,
    binned: binColumns(features, parentColumns, values.length),
    weights,
    loss,
    options: { ...steadyGrowth, leastWeight, penalty, allowed, ...(limits.length > 0 ? { directions } : {}) },
  };
  return { boost, importance: classImportance(input) };
}

/**
 * Row weights under which both classes of a target parent count alike, mixed half and half with the plain weights:
 * trees that help the rare class are found without fitting it alone.
 */
function classImportance({ targetParent, parentColumns, weights }: FitInput): Float64Array {
  if (targetParent < 0) return weights;
  const codes = parentColumns[targetParent]!;
  const totals = new Map<number, number>();
  for (let i = 0; i < codes.length; i++) totals.set(codes[i]!, (totals.get(codes[i]!) ?? 0) + weights[i]!);
  const share = codes.length / totals.size;
  return weights.map((w, i) => (w * (1 + share / totals.get(codes[i]!)!)) / 2);
}
