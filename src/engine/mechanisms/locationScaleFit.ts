import { gather } from '../numeric/gather';
import { crps } from './crps';
import { addLinear } from './design';
import { bestShape, fitNumeric, type NumericFits, refitNumeric } from './linearFits';
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
 * left out of the fit. Where the spread differs much between rows the centre is learned once more with rows weighted by
 * 1 / sigma^2. e from the pooled, cross-fitted standardised residuals. A parent whose effect must not turn round has none
 * on sigma, so that every quantile keeps its direction.
 */
export function fitLocationScale(input: FitInput): LocationScaleFit {
  const made = fits.get(input) ?? makeLocationScale(input);
  fits.set(input, made);
  return made;
}

/** Spreads that differ by less than this (standard deviation of log sigma) leave least squares as good as it can be. */
const UNEQUAL = 0.4;
/** No row counts for more than this many times the mean in the second round: a spread may be mistaken. */
const MOST_PRECISION = 20;

function makeLocationScale(input: FitInput): LocationScaleFit {
  const { values, weights, tieBreak } = input;
  const { scale, response } = fitNumeric(input, 'straight')!;
  const unit = spreadOf(response, weights);
  let mean = fitMean(input, response, weights);
  let spread = fitSpread(input, response, mean.mu, unit);
  if (unequal(spread.eta, weights) > UNEQUAL) {
    // Rows with a small spread say more about the centre.
    const precise = precisionWeights(spread.eta, weights);
    const second = fitMean(input, response, precise);
    const error = (mu: Float64Array) => response.reduce((sum, y, i) => sum + precise[i]! * (y - mu[i]!) ** 2, 0);
    if (error(second.mu) < error(mean.mu)) {
      mean = second;
      spread = fitSpread(input, response, mean.mu, unit);
    }
  }
  const { mu, start, features } = mean;
  const sigmas = spread.eta.map((value) => unit * Math.exp(value));
  const residuals = fitResidualDistribution(
    response.map((y, i) => (y - mu[i]!) / sigmas[i]!),
    weights,
  );
  const meanTrees = mean.trees();
  const spreadTrees = spread.trees();
  // Curves and products come after the straight columns, so the spread only needs zeros behind its own.
  const spreadCoefficients = new Float64Array(start.coefficients.length);
  spreadCoefficients.set(spread.coefficients);
  const rounds = Array.from({ length: Math.max(meanTrees.length, spreadTrees.length) }, (_, r) => [
    ...(meanTrees[r] ?? [emptyTree]),
    ...(spreadTrees[r] ?? [emptyTree]),
  ]);
  const law = { ...scale, residuals };
  const coefficients = [start.coefficients, spreadCoefficients];
  return {
    parts: { ...law, predictor: { design: start.design, coefficients, features, rounds }, sigma: unit },
    response,
    mu,
    sigmas,
    noise: locationScaleLaw(law).noise(mu, sigmas, values, tieBreak),
    loss: crps(mu, sigmas, residuals, response).map((value) => value / unit),
  };
}

/** The centre of every row by linear fit and trees, rows weighted as given; `trees` grows those of all rows. */
function fitMean(input: FitInput, response: Float64Array, weights: Float64Array) {
  const { fold } = input;
  const squares = ({ foldPredictions }: NumericFits) =>
    response.reduce((sum, y, i) => sum + weights[i]! * (y - foldPredictions[fold[i]!]![i]!) ** 2, 0);
  const start = bestShape(
    (shape) => (weights === input.weights ? fitNumeric(input, shape) : refitNumeric(input, shape, weights)),
    squares,
  );
  const { boost, importance } = treesFor({ ...input, weights }, squaredLoss(response), LEAST_ROWS, LEAF_PENALTY);
  const folds = start.foldPredictions.map((fitted) => [fitted.slice()]);
  const rounds = boostFolds(boost, fold, folds, importance);
  const base = () => [addLinear(start.columns, start.coefficients, new Float64Array(response.length))];
  return { start, features: boost.features, mu: outOfFold(folds, fold), trees: () => boostAll(boost, rounds, base()) };
}

/** log sigma of every row, in units of `unit`, from the size of what the centre leaves. */
function fitSpread(input: FitInput, response: Float64Array, mu: Float64Array, unit: number) {
  const { weights, fold, limits } = input;
  const n = response.length;
  const { design, columns, trainRows, trainColumns } = fitNumeric(input, 'straight')!;
  const magnitude = response.map((y, i) => Math.abs(y - mu[i]!) / unit);
  const held = new Set(limits.filter(({ direction }) => direction !== 0).map(({ parent }) => parent));
  const { boost, importance } = treesFor(input, logScaleLoss(magnitude), LEAST_ROWS, 2 * LEAF_PENALTY);
  const allowed = boost.options.allowed!.map((is, parent) => (held.has(parent) ? 0 : is));
  const spreads = { ...boost, options: { ...boost.options, allowed } };
  const used = [...design.penalties.keys()].filter((j) => j === 0 || !touches(design.terms, j - 1, held));
  const x = used.map((j) => columns[j]!);
  const penalties = used.map((j) => (j === 0 ? 0 : Math.max(design.penalties[j]!, SPREAD_PENALTY)));
  const folds = trainRows.map((rows, f) => {
    const part = used.map((j) => trainColumns[f]![j]!);
    const beta = logScaleRegression(part, gather(magnitude, rows), gather(weights, rows), penalties);
    return [addLinear(x, beta, new Float64Array(n))];
  });
  const rounds = boostFolds(spreads, fold, folds, importance);
  const beta = logScaleRegression(x, magnitude, weights, penalties);
  const coefficients = new Float64Array(columns.length);
  used.forEach((j, at) => {
    coefficients[j] = beta[at]!;
  });
  const base = () => [addLinear(x, beta, new Float64Array(n))];
  return { coefficients, eta: outOfFold(folds, fold), trees: () => boostAll(spreads, rounds, base()) };
}

/** Weighted standard deviation of log sigma. */
function unequal(eta: Float64Array, weights: Float64Array): number {
  let total = 0;
  let mean = 0;
  for (let i = 0; i < eta.length; i++) {
    total += weights[i]!;
    mean += weights[i]! * eta[i]!;
  }
  mean /= total;
  return Math.sqrt(eta.reduce((sum, v, i) => sum + weights[i]! * (v - mean) ** 2, 0) / total);
}

/** Row weights over sigma squared, capped, with the mean they had. */
function precisionWeights(eta: Float64Array, weights: Float64Array): Float64Array {
  const raw = weights.map((w, i) => w * Math.exp(-2 * eta[i]!));
  const mean = raw.reduce((sum, w) => sum + w, 0) / raw.length;
  const capped = raw.map((w) => Math.min(MOST_PRECISION, w / mean));
  const after = capped.reduce((sum, w) => sum + w, 0) / capped.length;
  const before = weights.reduce((sum, w) => sum + w, 0) / weights.length;
  return capped.map((w) => (w * before) / after);
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
