import { gather } from '../numeric/gather';
import { weightedGram } from '../numeric/gram';
import type { LinearLimit } from '../numeric/quadraticProgram';
import { addLinear, designColumns, fitDesign, type LinearDesign, withLogs, withProducts, withSplines } from './design';
import { designLimits } from './designLimits';
import type { FitInput } from './mechanism';
import { chooseScale, type NumericScale } from './numericScale';
import { solvePenalised, weightedMoment } from './ridge';
import { linearPredictors, softmaxRegression } from './softmaxRegression';
import { transformColumn } from './transform';

/**
 * Which columns a linear predictor has: the parents as they are, with logarithms of long tails, with curves, or with curves and
 * products of pairs.
 */
export type Shape = 'straight' | 'drawn-in' | 'bent' | 'crossed';

/** The additive part that the families of one kind share: fitted once per node, on all rows and without each fold. */
export interface LinearFits {
  readonly design: LinearDesign;
  readonly columns: readonly Float64Array[];
  readonly limits: readonly LinearLimit[];
  /** The rows that the fit without fold f is made on, and the columns there. */
  readonly trainRows: readonly Uint32Array[];
  readonly trainColumns: readonly (readonly Float64Array[])[];
}

export interface NumericFits extends LinearFits {
  readonly scale: NumericScale;
  /** The child on the scale of the fit. */
  readonly response: Float64Array;
  readonly coefficients: Float64Array;
  /** Predictions of every row by the fit without fold f. */
  readonly foldPredictions: readonly Float64Array[];
  /** X' W X of all rows and of those of each fit without a fold: what a larger design of the node begins with. */
  readonly grams: Grams;
}

interface Grams {
  readonly all: Float64Array;
  readonly train: readonly Float64Array[];
}

export interface LogitFits extends Omit<LinearFits, 'trainColumns'> {
  readonly coefficients: readonly Float64Array[];
  /** Linear predictors of every row and level but the first, by the fit without fold f. */
  readonly foldPredictors: readonly (readonly Float64Array[])[];
}

const PRECISION = 1e-9;
/** A fold's fit only serves to score rows: further digits would not show. */
const FOLD_PRECISION = 1e-6;
/** Newton steps cost the square of levels times functions, times rows. */
const MOST_BENT_LEVELS = 5;
const MOST_LOGIT_WORK = 2e8;

/** Looks a node's fit up, or makes it: several families start from the same one. */
function remembered<T>(make: (input: FitInput, shape: Shape) => T): (input: FitInput, shape: Shape) => T {
  const known = new WeakMap<FitInput, Map<Shape, T>>();
  return (input, shape) => {
    const fits = known.get(input) ?? new Map<Shape, T>();
    known.set(input, fits);
    if (!fits.has(shape)) fits.set(shape, make(input, shape));
    return fits.get(shape)!;
  };
}

/** The design of a shape; null where it would be no other than that of the shape before. */
const linearStart: (input: FitInput, shape: Shape) => LinearFits | null = remembered((input, shape) => {
  const { parents, parentColumns, weights, targetParent, values, fold, folds } = input;
  if (shape === 'straight') {
    const design = fitDesign(parents, parentColumns, weights, targetParent);
    const trainRows = Array.from({ length: folds }, (_, f) => rowsOutside(fold, f));
    return startOf(input, design, trainRows, null);
  }
  const straight = linearStart(input, 'straight')!;
  if (shape === 'drawn-in') {
    // What the expert demands of an effect is in units of the parent, so the parent stays in them.
    const design = input.limits.length > 0 ? straight.design : withLogs(straight.design, parentColumns, weights);
    return design === straight.design ? null : startOf(input, design, straight.trainRows, null);
  }
  const before = shape === 'bent' ? straight : (linearStart(input, 'bent') ?? straight);
  const design =
    shape === 'bent'
      ? withSplines(before.design, parentColumns, values.length, input.child.levels === null)
      : withProducts(before.design, values.length, new Set(input.limits.map(({ parent }) => parent)));
  return design === before.design ? null : startOf(input, design, straight.trainRows, before);
});

/** Rows that are not of fold f. */
function rowsOutside(fold: Uint8Array, f: number): Uint32Array {
  const rows = new Uint32Array(fold.length);
  let count = 0;
  for (let i = 0; i < fold.length; i++) if (fold[i] !== f) rows[count++] = i;
  return rows.slice(0, count);
}

/** @param before What the design begins with: its columns are taken over. */
function startOf(
  input: FitInput,
  design: LinearDesign,
  trainRows: readonly Uint32Array[],
  before: LinearFits | null,
): LinearFits {
  const columns = designColumns(design, input.parentColumns, input.values.length, before?.columns);
  return {
    design,
    columns,
    limits: designLimits(design, input.limits, input.parentColumns),
    trainRows,
    trainColumns: trainRows.map((rows, f) => {
      const known = before?.trainColumns[f] ?? [];
      return [...known, ...columns.slice(known.length).map((column) => gather(column, rows))];
    }),
  };
}

const numericScales = remembered((input): { scale: NumericScale; response: Float64Array } => {
  const { design, columns } = linearStart(input, 'straight')!;
  const scale = chooseScale(input, design, columns);
  return { scale, response: transformColumn(scale.transform, input.values) };
});

/** The ridge regression of a shape and its fits without each fold; null where the shape has nothing to add. */
export const fitNumeric: (input: FitInput, shape: Shape) => NumericFits | null = remembered((input, shape) => {
  const start = linearStart(input, shape);
  if (!start) return null;
  const { scale, response } = numericScales(input, 'straight');
  const smaller = shape === 'crossed' ? (fitNumeric(input, 'bent') ?? fitNumeric(input, 'straight')) : null;
  const before = shape === 'bent' ? fitNumeric(input, 'straight') : smaller;
  return { ...start, scale, response, ...regress(start, response, input.weights, before?.grams) };
});

/** The same with other row weights, on the scale of the first fit. */
export function refitNumeric(input: FitInput, shape: Shape, weights: Float64Array): NumericFits | null {
  const fits = fitNumeric(input, shape);
  return fits && { ...fits, ...regress(fits, fits.response, weights) };
}

function regress(
  { design, columns, limits, trainRows, trainColumns }: LinearFits,
  response: Float64Array,
  weights: Float64Array,
  known?: Grams,
) {
  const all = weightedGram(columns, weights, known?.all);
  const solve = (gram: Float64Array, x: readonly Float64Array[], y: Float64Array, w: Float64Array) =>
    solvePenalised(gram, weightedMoment(x, y, w), design.penalties, limits);
  const trained = trainRows.map((rows, f) => {
    const part = trainColumns[f]!;
    const own = gather(weights, rows);
    const gram = weightedGram(part, own, known?.train[f]);
    const beta = solve(gram, part, gather(response, rows), own);
    return { gram, fitted: addLinear(columns, beta, new Float64Array(response.length)) };
  });
  return {
    coefficients: solve(all, columns, response, weights),
    foldPredictions: trained.map(({ fitted }) => fitted),
    grams: { all, train: trained.map(({ gram }) => gram) },
  };
}

/**
 * The design of a shape for predictors that are fitted by Newton steps; null where it has nothing to add or would take too long.
 * @param outputs Number of predictors fitted together.
 */
export function newtonStart(input: FitInput, shape: Shape, outputs: number): LinearFits | null {
  const start = linearStart(input, shape);
  if (!start || shape === 'straight') return start;
  const work = (start.columns.length * outputs) ** 2 * input.values.length;
  return work <= MOST_LOGIT_WORK ? start : null;
}

/** The same for the multinomial logit. */
export const fitLogit: (input: FitInput, shape: Shape) => LogitFits | null = remembered((input, shape) => {
  const levels = input.child.levels!.length;
  const isCurved = shape === 'bent' || shape === 'crossed';
  const start = isCurved && levels > MOST_BENT_LEVELS ? null : newtonStart(input, shape, levels - 1);
  if (!start) return null;
  const { design, columns, limits, trainRows, trainColumns } = start;
  // The optimum of the shape before, with zeros for the columns that are new, saves steps; limits hold there too.
  const before =
    shape === 'crossed'
      ? (fitLogit(input, 'bent') ?? fitLogit(input, 'straight'))
      : shape === 'bent'
        ? fitLogit(input, 'straight')
        : null;
  const coefficients = softmaxRegression(
    columns,
    input.values,
    levels,
    input.weights,
    design.penalties,
    before?.coefficients.map((beta) => {
      const padded = new Float64Array(columns.length);
      padded.set(beta);
      return padded;
    }),
    PRECISION,
    limits,
  );
  return {
    ...start,
    coefficients,
    foldPredictors: trainRows.map((rows, f) => {
      const beta = softmaxRegression(
        trainColumns[f]!,
        gather(input.values, rows),
        levels,
        gather(input.weights, rows),
        design.penalties,
        // A fold's optimum is close to that of all rows: starting there saves most of the steps.
        coefficients,
        FOLD_PRECISION,
        limits,
      );
      return linearPredictors(columns, beta, input.values.length);
    }),
  };
});

const SHAPES: readonly Shape[] = ['straight', 'drawn-in', 'bent', 'crossed'];

/** The fit of the shape that errs least on rows left out: what trees start from. */
export function bestShape<T>(fits: (shape: Shape) => T | null, loss: (fit: T) => number): T {
  return SHAPES.flatMap((shape) => fits(shape) ?? [])
    .map((fit) => ({ fit, loss: loss(fit) }))
    .reduce((best, one) => (one.loss < best.loss ? one : best)).fit;
}
