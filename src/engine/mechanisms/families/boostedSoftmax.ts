import { categoricalFit } from '../classifier';
import { bestShape, fitLogit } from '../linearFits';
import { leftOutLoss, probabilitiesOf } from '../logitFamilyFit';
import { defineClassifier } from '../mechanism';
import { softmaxFromJson, softmaxMechanism } from '../softmaxMechanism';
import { linearPredictors } from '../softmaxRegression';
import { boostAll, boostFolds } from '../trees/boosting';
import { softmaxLoss } from '../trees/losses';
import { treesFor } from '../treesFor';
import { tableIsFilled } from './conditionalTable';
import { canBeLimited } from './multinomialLogit';

/** Least sum of p (1 - p) in a leaf: about five rare cases. */
const LEAST_HESSIAN = 4;
const LEAF_PENALTY = 4;
const MOST_LEVELS = 12;

/** Boosted trees on top of a ridge logit, by softmax loss; the number of rounds is chosen on rows left out. */
export const boostedSoftmax = defineClassifier({
  id: 'boosted-softmax',
  label: 'Boosted logit',
  child: 'categorical',
  complexity: 5,
  takesLimits: true,
  appliesTo: (input) =>
    input.parents.length > 0 &&
    input.values.length >= 60 &&
    input.child.levels!.length <= MOST_LEVELS &&
    canBeLimited(input) &&
    !tableIsFilled(input),
  fit(input) {
    const { values, fold, child } = input;
    const levels = child.levels!.length;
    const start = bestShape((shape) => fitLogit(input, shape), leftOutLoss(input));
    const { design, columns, coefficients } = start;
    const { boost, importance } = treesFor(input, softmaxLoss(values, levels), LEAST_HESSIAN, LEAF_PENALTY);
    const foldPredictors = start.foldPredictors.map((predictors) => predictors.map((p) => p.slice()));
    const rounds = boostFolds(boost, fold, foldPredictors, importance);
    const mechanism = softmaxMechanism({
      family: 'boosted-softmax',
      label: 'Boosted logit',
      child: child.name,
      levels: child.levels!,
      predictor: {
        design,
        coefficients,
        features: boost.features,
        rounds: boostAll(boost, rounds, linearPredictors(columns, coefficients, values.length)),
      },
    });
    return categoricalFit(input, mechanism, probabilitiesOf(input, foldPredictors));
  },
  fromJSON: softmaxFromJson,
});
