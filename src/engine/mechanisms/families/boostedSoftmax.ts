import { fitLogit, fitLogitSplines } from '../linearFits';
import { LEAST_PROBABILITY, outOfFoldLogScores } from '../logitFamilyFit';
import { defineMechanism, type FitInput } from '../mechanism';
import { softmaxFromJson, softmaxMechanism } from '../softmaxMechanism';
import { linearPredictors, softmax } from '../softmaxRegression';
import { binColumns, fitBins } from '../trees/binning';
import { type BoostInput, boostAll, boostFolds, type Loss } from '../trees/boosting';
import { classImportance } from './boostedLocationScale';
import { tableIsFilled } from './conditionalTable';

/** Least sum of p (1 - p) in a leaf: about five rare cases. */
const LEAST_HESSIAN = 4;
const LEAF_PENALTY = 4;
const MOST_LEVELS = 12;

/** Boosted trees on top of a ridge logit, by softmax loss; the number of rounds is chosen on rows left out. */
export const boostedSoftmax = defineMechanism({
  id: 'boosted-softmax',
  label: 'Boosted logit',
  child: 'categorical',
  complexity: 4,
  appliesTo: (input) =>
    input.parents.length > 0 &&
    input.values.length >= 60 &&
    input.child.levels!.length <= MOST_LEVELS &&
    !tableIsFilled(input),
  fit(input) {
    const { values, weights, fold, child, parents, parentColumns } = input;
    const levels = child.levels!.length;
    const n = values.length;
    const { design, columns, coefficients, foldPredictors: base } = betterLogit(input);
    const features = fitBins(parents, parentColumns);
    const boost: BoostInput = {
      features,
      binned: binColumns(features, parentColumns, n),
      weights,
      loss: softmaxLoss(values, levels),
      leastWeight: LEAST_HESSIAN,
      penalty: LEAF_PENALTY,
    };
    const foldPredictors = base.map((predictors) => predictors.map((p) => p.slice()));
    const rounds = boostFolds(boost, fold, foldPredictors, classImportance(input));
    const scores = outOfFoldLogScores(input, foldPredictors);
    const mechanism = softmaxMechanism({
      family: 'boosted-softmax',
      label: 'Boosted logit',
      child: child.name,
      levels: child.levels!,
      predictor: {
        design,
        coefficients,
        features,
        rounds: boostAll(boost, rounds, linearPredictors(columns, coefficients, n)),
      },
    });
    return { mechanism, scores };
  },
  fromJSON: softmaxFromJson,
});

/** The straight or the bent logit, whichever scores better on rows left out: what the trees start from. */
function betterLogit(input: FitInput) {
  const straight = fitLogit(input);
  const bent = fitLogitSplines(input);
  const total = (fits: typeof straight) =>
    outOfFoldLogScores(input, fits.foldPredictors).reduce((sum, score, i) => sum + input.weights[i]! * score, 0);
  return bent && total(bent) > total(straight) ? bent : straight;
}

function softmaxLoss(codes: Float64Array, levels: number): Loss {
  let p: Float64Array = new Float64Array(0);
  return {
    outputs: levels - 1,
    beginRound(predictors) {
      p = softmax(predictors, codes.length);
    },
    derivatives(_, k, weights, gradient, hessian) {
      for (let i = 0; i < codes.length; i++) {
        const w = weights[i]!;
        const share = p[i * levels + k + 1]!;
        gradient[i] = w * (share - (codes[i] === k + 1 ? 1 : 0));
        hessian[i] = w === 0 ? 0 : w * Math.max(1e-6, share * (1 - share));
      }
    },
    rowLoss(predictors, i) {
      let top = 0;
      for (let k = 0; k < levels - 1; k++) top = Math.max(top, predictors[k]![i]!);
      let sum = Math.exp(-top);
      for (let k = 0; k < levels - 1; k++) sum += Math.exp(predictors[k]![i]! - top);
      const own = codes[i] === 0 ? 0 : predictors[codes[i]! - 1]![i]!;
      return Math.min(-Math.log(LEAST_PROBABILITY), Math.log(sum) + top - own);
    },
  };
}
