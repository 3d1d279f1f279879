import { gather } from '../../numeric/gather';
import { crps } from '../crps';
import { addLinear } from '../design';
import { fitNumeric, fitNumericSplines } from '../linearFits';
import { locationScaleFromJson, locationScaleMechanism } from '../locationScale';
import { defineMechanism, type FitInput } from '../mechanism';
import { fitResidualDistribution } from '../residualDistribution';
import { logScaleRegression } from '../ridge';
import { spreadOf } from '../spread';
import { binColumns, fitBins } from '../trees/binning';
import { type BoostInput, boostAll, boostFolds, type Loss } from '../trees/boosting';

const LEAST_ROWS = 12;
const LEAF_PENALTY = 4;
/** Spread effects are pulled harder towards none than effects on the mean: they are harder to see. */
const SPREAD_PENALTY = 10;

/**
 * g(v) = mu(pa) + sigma(pa) e with mu and log sigma each a ridge-linear base plus boosted trees, e from the pooled,
 * cross-fitted standardised residuals. The number of trees of each is chosen on rows left out of the fit, so a
 * straight-line truth keeps the straight line.
 */
export const boostedLocationScale = defineMechanism({
  id: 'boosted-location-scale',
  label: 'Boosted mean and spread',
  child: 'numeric',
  complexity: 4,
  appliesTo: ({ parents, values }) => parents.length > 0 && values.length >= 60,
  fit(input) {
    const { values, weights, fold, child, parents, parentColumns } = input;
    const n = values.length;
    const straight = fitNumeric(input);
    const { scale, response, trainRows } = straight;
    const { design, columns, coefficients: meanBeta, foldPredictions } = betterMean(input);
    const unit = spreadOf(response, weights);
    const features = fitBins(parents, parentColumns);
    const binned = binColumns(features, parentColumns, n);
    const importance = classImportance(input);

    const means: BoostInput = {
      features,
      binned,
      weights,
      leastWeight: LEAST_ROWS,
      penalty: LEAF_PENALTY,
      loss: squaredLoss(response),
    };
    const foldMeans = foldPredictions.map((fitted) => [fitted.slice()]);
    const meanRounds = boostFolds(means, fold, foldMeans, importance);
    const mu = outOfFold(foldMeans, fold);
    const raw = response.map((y, i) => y - mu[i]!);

    const magnitude = raw.map((r) => Math.abs(r) / unit);
    const spreadPenalties = straight.design.penalties.map((penalty, j) =>
      j === 0 ? 0 : Math.max(penalty, SPREAD_PENALTY),
    );
    const spreads: BoostInput = { ...means, loss: logScaleLoss(magnitude), penalty: 2 * LEAF_PENALTY };
    const foldSpreads = trainRows.map((rows) => {
      const part = straight.columns.map((column) => gather(column, rows));
      const beta = logScaleRegression(part, gather(magnitude, rows), gather(weights, rows), spreadPenalties);
      return [addLinear(straight.columns, beta, new Float64Array(n))];
    });
    const spreadRounds = boostFolds(spreads, fold, foldSpreads, importance);
    const eta = outOfFold(foldSpreads, fold);
    const sigmas = eta.map((value) => unit * Math.exp(value));
    const residuals = fitResidualDistribution(
      raw.map((r, i) => r / sigmas[i]!),
      weights,
    );
    const loss = crps(mu, sigmas, residuals, response);

    const spreadBeta = logScaleRegression(straight.columns, magnitude, weights, spreadPenalties);
    const meanTrees = boostAll(means, meanRounds, [addLinear(columns, meanBeta, new Float64Array(n))]);
    const spreadTrees = boostAll(spreads, spreadRounds, [addLinear(straight.columns, spreadBeta, new Float64Array(n))]);
    const rounds = Array.from({ length: Math.max(meanRounds, spreadRounds) }, (_, r) => [
      ...(meanTrees[r] ?? [emptyTree]),
      ...(spreadTrees[r] ?? [emptyTree]),
    ]);
    const mechanism = locationScaleMechanism({
      family: 'boosted-location-scale',
      label: 'Boosted mean and spread',
      child: child.name,
      predictor: { design, coefficients: [meanBeta, padded(spreadBeta, meanBeta.length)], features, rounds },
      sigma: unit,
      residuals,
      ...scale,
    });
    return { mechanism, scores: loss.map((value) => -value / unit) };
  },
  fromJSON: locationScaleFromJson,
});

/** A tree that adds nothing: stands in where one output needs fewer rounds than the other. */
const emptyTree = {
  feature: new Int16Array(15).fill(-1),
  leftBins: new Array(15).fill(null),
  value: new Float64Array(15),
};

/** The straight or the bent mean, whichever errs less on rows left out: what the trees start from. */
function betterMean(input: FitInput) {
  const straight = fitNumeric(input);
  const bent = fitNumericSplines(input);
  const loss = ({ response, foldPredictions }: typeof straight) =>
    response.reduce((sum, y, i) => sum + input.weights[i]! * (y - foldPredictions[input.fold[i]!]![i]!) ** 2, 0);
  return bent && loss(bent) < loss(straight) ? bent : straight;
}

/** Spline functions come after the straight columns, so coefficients of the straight design only need zeros behind them. */
function padded(coefficients: Float64Array, length: number): Float64Array {
  const out = new Float64Array(length);
  out.set(coefficients);
  return out;
}

function outOfFold(predictors: readonly (readonly Float64Array[])[], fold: Uint8Array): Float64Array {
  return Float64Array.from(fold, (f, i) => predictors[f]![0]![i]!);
}

/**
 * Row weights under which both classes of a target parent count alike, mixed half and half with the plain weights:
 * trees that help the rare class are found without fitting it alone.
 */
export function classImportance({ targetParent, parentColumns, weights }: FitInput): Float64Array {
  if (targetParent < 0) return weights;
  const codes = parentColumns[targetParent]!;
  const totals = new Map<number, number>();
  for (let i = 0; i < codes.length; i++) totals.set(codes[i]!, (totals.get(codes[i]!) ?? 0) + weights[i]!);
  const share = codes.length / totals.size;
  return weights.map((w, i) => (w * (1 + share / totals.get(codes[i]!)!)) / 2);
}

const squaredLoss = (response: Float64Array): Loss => ({
  outputs: 1,
  derivatives([mu], _, weights, gradient, hessian) {
    for (let i = 0; i < response.length; i++) {
      gradient[i] = weights[i]! * (mu![i]! - response[i]!);
      hessian[i] = weights[i]!;
    }
  },
  rowLoss: ([mu], i) => (mu![i]! - response[i]!) ** 2 / 2,
});

/** eta + r exp(-eta), the loss of `logScaleRegression`; its expected Hessian is 1. */
const logScaleLoss = (magnitude: Float64Array): Loss => ({
  outputs: 1,
  derivatives([eta], _, weights, gradient, hessian) {
    for (let i = 0; i < magnitude.length; i++) {
      gradient[i] = weights[i]! * (1 - magnitude[i]! * Math.exp(-eta![i]!));
      hessian[i] = weights[i]!;
    }
  },
  rowLoss: ([eta], i) => eta![i]! + magnitude[i]! * Math.exp(-eta![i]!),
});
