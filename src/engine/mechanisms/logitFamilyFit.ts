import { categoricalFit, outOfFoldProbabilities } from './classifier';
import type { LogitFits } from './linearFits';
import type { CategoricalFit, FitInput, MechanismFamily } from './mechanism';
import { softmaxMechanism } from './softmaxMechanism';
import { softmax } from './softmaxRegression';

/** Out-of-fold level probabilities from the linear predictors of every fold's fit. */
export const probabilitiesOf = (
  { values, fold, child }: FitInput,
  foldPredictors: readonly (readonly Float64Array[])[],
): Float64Array =>
  outOfFoldProbabilities(
    fold,
    child.levels!.length,
    foldPredictors.map((predictors) => softmax(predictors, values.length)),
  );

/** Weighted log loss of rows left out of the fits, in nats. */
export const leftOutLoss =
  (input: FitInput) =>
  ({ foldPredictors }: LogitFits): number => {
    const { values, weights, child } = input;
    const levels = child.levels!.length;
    const p = probabilitiesOf(input, foldPredictors);
    return -values.reduce((sum, code, i) => sum + weights[i]! * Math.log(Math.max(1e-300, p[i * levels + code]!)), 0);
  };

/** A logit without trees, on whatever design it was fitted. */
export const logitFamilyFit = (
  input: FitInput,
  { design, coefficients, foldPredictors }: LogitFits,
  family: MechanismFamily,
  label: string,
): CategoricalFit =>
  categoricalFit(
    input,
    softmaxMechanism({
      family,
      label,
      child: input.child.name,
      levels: input.child.levels!,
      predictor: { design, coefficients, features: [], rounds: [] },
    }),
    probabilitiesOf(input, foldPredictors),
  );
