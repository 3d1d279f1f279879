import { designColumns, fitDesign } from '../design';
import { defineMechanism } from '../mechanism';
import { softmaxFromJson, softmaxMechanism } from '../softmaxMechanism';
import { linearPredictors, softmax, softmaxRegression } from '../softmaxRegression';
import { binColumns, fitBins } from '../trees/binning';
import { type BoostInput, boostAll, boostFolds, type Loss } from '../trees/boosting';
import { classImportance } from './boostedLocationScale';

/** Least sum of p (1 - p) in a leaf: about five rare cases. */
const LEAST_HESSIAN = 4;
const LEAF_PENALTY = 4;
const MOST_LEVELS = 12;

/** Boosted trees on top of a ridge logit, by softmax loss; the number of rounds is chosen on rows left out. */
export const boostedSoftmax = defineMechanism({
  id: 'boosted-softmax',
  label: 'Boosted logit',
  child: 'categorical',
  complexity: 3,
  appliesTo: ({ parents, values, child }) =>
    parents.length > 0 && values.length >= 60 && child.levels!.length <= MOST_LEVELS,
  fit(input) {
    const { values, weights, fold, folds, child, parents, parentColumns, targetParent } = input;
    const levels = child.levels!.length;
    const n = values.length;
    const design = fitDesign(parents, parentColumns, weights, targetParent);
    const columns = designColumns(design, parentColumns, n);
    const base = (w: Float64Array) => softmaxRegression(columns, values, levels, w, design.penalties);
    const features = fitBins(parents, parentColumns);
    const boost: BoostInput = {
      features,
      binned: binColumns(features, parentColumns, n),
      weights,
      loss: softmaxLoss(values, levels),
      leastWeight: LEAST_HESSIAN,
      penalty: LEAF_PENALTY,
    };
    const foldPredictors = Array.from({ length: folds }, (_, f) =>
      linearPredictors(columns, base(weights.map((w, i) => (fold[i] === f ? 0 : w))), n),
    );
    const rounds = boostFolds(boost, fold, foldPredictors, classImportance(input));
    const scores = new Float64Array(n);
    foldPredictors.forEach((predictors, f) => {
      const p = softmax(predictors, n);
      for (let i = 0; i < n; i++) if (fold[i] === f) scores[i] = Math.log(Math.max(1e-6, p[i * levels + values[i]!]!));
    });
    const coefficients = base(weights);
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

const softmaxLoss = (codes: Float64Array, levels: number): Loss => ({
  outputs: levels - 1,
  derivatives(predictors, k, weights, gradient, hessian) {
    for (let i = 0; i < codes.length; i++) {
      const w = weights[i]!;
      if (w === 0) {
        gradient[i] = 0;
        hessian[i] = 0;
        continue;
      }
      let top = 0;
      for (let l = 0; l < levels - 1; l++) top = Math.max(top, predictors[l]![i]!);
      let sum = Math.exp(-top);
      for (let l = 0; l < levels - 1; l++) sum += Math.exp(predictors[l]![i]! - top);
      const p = Math.exp(predictors[k]![i]! - top) / sum;
      gradient[i] = w * (p - (codes[i] === k + 1 ? 1 : 0));
      hessian[i] = w * Math.max(1e-6, p * (1 - p));
    }
  },
  rowLoss(predictors, out) {
    const p = softmax(predictors, codes.length);
    for (let i = 0; i < codes.length; i++) out[i] = -Math.log(Math.max(1e-6, p[i * levels + codes[i]!]!));
  },
});
