import { gather } from '../numeric/gather';
import { crps } from './crps';
import { addLinear } from './design';
import { bestShape, fitNumeric, type NumericFits } from './linearFits';
import { type LocationScale, locationScaleLaw } from './locationScale';
import type { FitInput } from './mechanism';
import { fitResidualDistribution } from './residualDistribution';
import { logScaleRegression } from './ridge';
import { spreadOf } from './spread';
import { boostAll, boostFolds } from './trees/boosting';
import { logScaleLoss, squaredLoss } from './trees/losses';
import { treesFor } from './treesFor';

const LEAST_ROWS = 12;
const LEAF_PENALTY = 4;
/** Spread effects are pulled harder towards none than effects on the mean: they are harder to see. */
const SPREAD_PENALTY = 10;

/** A boosted mean and spread with what they say of rows left out of the fit. */
export interface LocationScaleFit {
  readonly parts: Omit<LocationScale, 'family' | 'label' | 'child'>;
  /** The child on the scale of the fit; out-of-fold centre and spread of every row, shape (n,). */
  readonly response: Float64Array;
  readonly mu: Float64Array;
  readonly sigmas: Float64Array;
  readonly noise: Float64Array;
  /** Continuous ranked probability score of every row over the child's standard deviation. */
  readonly loss: Float64Array;
}

const fits = new WeakMap<FitInput, LocationScaleFit>();

/**
 * g(v) = mu(pa) + sigma(pa) e with mu and log sigma each a linear base plus boosted trees, the number of trees chosen on rows
 * left out of the fit; e from the pooled, cross-fitted standardised residuals. A parent whose effect must not turn round has none
 * on sigma, so that every quantile keeps its direction.
 */
export function fitLocationScale(input: FitInput): LocationScaleFit {
  const made = fits.get(input) ?? makeLocationScale(input);
  fits.set(input, made);
  return made;
}

function makeLocationScale(input: FitInput): LocationScaleFit {
  const { values, weights, fold, tieBreak, limits } = input;
  const n = values.length;
  const straight = fitNumeric(input, 'straight')!;
  const { scale, response, trainRows } = straight;
  const squares = ({ foldPredictions }: NumericFits) =>
    response.reduce((sum, y, i) => sum + weights[i]! * (y - foldPredictions[fold[i]!]![i]!) ** 2, 0);
  const start = bestShape((shape) => fitNumeric(input, shape), squares);
  const unit = spreadOf(response, weights);

  const { boost: means, importance } = treesFor(input, squaredLoss(response), LEAST_ROWS, LEAF_PENALTY);
  const foldMeans = start.foldPredictions.map((fitted) => [fitted.slice()]);
  const meanRounds = boostFolds(means, fold, foldMeans, importance);
  const mu = outOfFold(foldMeans, fold);
  const raw = response.map((y, i) => y - mu[i]!);

  const magnitude = raw.map((r) => Math.abs(r) / unit);
  const held = new Set(limits.filter(({ direction }) => direction !== 0).map(({ parent }) => parent));
  const spreadAllowed = means.options.allowed!.map((is, parent) => (held.has(parent) ? 0 : is));
  const spreads = {
    ...means,
    loss: logScaleLoss(magnitude),
    options: { ...means.options, penalty: 2 * LEAF_PENALTY, allowed: spreadAllowed },
  };
  const { terms, penalties } = straight.design;
  const used = [...penalties.keys()].filter((j) => j === 0 || !touches(terms, j - 1, held));
  const spreadColumns = used.map((j) => straight.columns[j]!);
  const spreadPenalties = used.map((j) => (j === 0 ? 0 : Math.max(penalties[j]!, SPREAD_PENALTY)));
  const foldSpreads = trainRows.map((rows) => {
    const part = spreadColumns.map((column) => gather(column, rows));
    const beta = logScaleRegression(part, gather(magnitude, rows), gather(weights, rows), spreadPenalties);
    return [addLinear(spreadColumns, beta, new Float64Array(n))];
  });
  const spreadRounds = boostFolds(spreads, fold, foldSpreads, importance);
  const sigmas = outOfFold(foldSpreads, fold).map((value) => unit * Math.exp(value));
  const residuals = fitResidualDistribution(
    raw.map((r, i) => r / sigmas[i]!),
    weights,
  );

  const spreadBeta = logScaleRegression(spreadColumns, magnitude, weights, spreadPenalties);
  const meanTrees = boostAll(means, meanRounds, [addLinear(start.columns, start.coefficients, new Float64Array(n))]);
  const spreadTrees = boostAll(spreads, spreadRounds, [addLinear(spreadColumns, spreadBeta, new Float64Array(n))]);
  // Curves and products come after the straight columns, so the spread only needs zeros behind its own.
  const spreadCoefficients = new Float64Array(start.coefficients.length);
  used.forEach((j, at) => {
    spreadCoefficients[j] = spreadBeta[at]!;
  });
  const rounds = Array.from({ length: Math.max(meanRounds, spreadRounds) }, (_, r) => [
    ...(meanTrees[r] ?? [emptyTree]),
    ...(spreadTrees[r] ?? [emptyTree]),
  ]);
  const coefficients = [start.coefficients, spreadCoefficients];
  const law = { ...scale, residuals };
  return {
    parts: { ...law, predictor: { design: start.design, coefficients, features: means.features, rounds }, sigma: unit },
    response,
    mu,
    sigmas,
    noise: locationScaleLaw(law).noise(mu, sigmas, values, tieBreak),
    loss: crps(mu, sigmas, residuals, response).map((value) => value / unit),
  };
}

/** A tree that adds nothing: stands in where one output needs fewer rounds than the other. */
const emptyTree = { feature: Int16Array.of(-1), leftBins: [null], value: new Float64Array(1) };

/** Whether a term is of one of the parents, by itself or in a product. */
function touches(terms: NumericFits['design']['terms'], index: number, parents: ReadonlySet<number>): boolean {
  const term = terms[index]!;
  if (term.kind === 'product') return touches(terms, term.first, parents) || touches(terms, term.second, parents);
  return parents.has(term.parent);
}

const outOfFold = (predictors: readonly (readonly Float64Array[])[], fold: Uint8Array): Float64Array =>
  Float64Array.from(fold, (f, i) => predictors[f]![0]![i]!);
