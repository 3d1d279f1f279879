import type { LogitFits } from './linearFits';
import type { FamilyFit, FitInput, MechanismFamily } from './mechanism';
import { softmaxMechanism } from './softmaxMechanism';
import { softmax } from './softmaxRegression';

/** Log scores are cut here, as if no level were ever less likely than one in a million. */
export const LEAST_PROBABILITY = 1e-6;

/** Out-of-fold log score of every row, nats. */
export function outOfFoldLogScores(
  { values, fold, child }: FitInput,
  foldPredictors: readonly (readonly Float64Array[])[],
): Float64Array {
  const levels = child.levels!.length;
  const scores = new Float64Array(values.length);
  foldPredictors.forEach((predictors, f) => {
    const p = softmax(predictors, values.length);
    for (let i = 0; i < values.length; i++)
      if (fold[i] === f) scores[i] = Math.log(Math.max(LEAST_PROBABILITY, p[i * levels + values[i]!]!));
  });
  return scores;
}

/** A logit without trees, on whatever design it was fitted. */
export const logitFamilyFit = (
  input: FitInput,
  { design, coefficients, foldPredictors }: LogitFits,
  family: MechanismFamily,
  label: string,
): FamilyFit => ({
  mechanism: softmaxMechanism({
    family,
    label,
    child: input.child.name,
    levels: input.child.levels!,
    predictor: { design, coefficients, features: [], rounds: [] },
  }),
  scores: outOfFoldLogScores(input, foldPredictors),
});
