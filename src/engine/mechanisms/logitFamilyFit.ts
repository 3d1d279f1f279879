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
