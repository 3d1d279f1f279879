import { gather } from '../numeric/gather';
import { addLinear, designColumns, fitDesign, type LinearDesign, withSplines } from './design';
import type { FitInput } from './mechanism';
import { chooseScale, type NumericScale } from './numericScale';
import { ridgeRegression } from './ridge';
import { linearPredictors, softmaxRegression } from './softmaxRegression';
import { transformColumn } from './transform';

/** The additive part that the families of one kind share: fitted once per node, on all rows and without each fold. */
interface LinearFits {
  readonly design: LinearDesign;
  readonly columns: readonly Float64Array[];
  /** The rows that the fit without fold f is made on. */
  readonly trainRows: readonly Uint32Array[];
}

export interface NumericFits extends LinearFits {
  readonly scale: NumericScale;
  /** The child on the scale of the fit. */
  readonly response: Float64Array;
  readonly coefficients: Float64Array;
  /** Predictions of every row by the fit without fold f. */
  readonly foldPredictions: readonly Float64Array[];
}

export interface LogitFits extends LinearFits {
  readonly coefficients: readonly Float64Array[];
  /** Linear predictors of every row and level but the first, by the fit without fold f. */
  readonly foldPredictors: readonly (readonly Float64Array[])[];
}

const numericFits = new WeakMap<FitInput, NumericFits>();
const numericSplineFits = new WeakMap<FitInput, NumericFits | null>();
const logitFits = new WeakMap<FitInput, LogitFits>();
const logitSplineFits = new WeakMap<FitInput, LogitFits | null>();

/** A fold's fit only serves to score rows: further digits would not show. */
const FOLD_PRECISION = 1e-7;
/** Newton steps cost the square of levels times functions. */
const MOST_BENT_LEVELS = 3;

/** Looks a node's fit up, or makes it: several families start from the same one. */
function once<T>(known: WeakMap<FitInput, T>, input: FitInput, make: () => T): T {
  const found = known.get(input);
  if (found !== undefined) return found;
  const made = make();
  known.set(input, made);
  return made;
}

function startFits({ parents, parentColumns, weights, targetParent, values, fold, folds }: FitInput): LinearFits {
  const design = fitDesign(parents, parentColumns, weights, targetParent);
  return {
    design,
    columns: designColumns(design, parentColumns, values.length),
    trainRows: Array.from({ length: folds }, (_, f) => Uint32Array.from([...fold.keys()].filter((i) => fold[i] !== f))),
  };
}

export const fitNumeric = (input: FitInput): NumericFits =>
  once(numericFits, input, () => {
    const start = startFits(input);
    const scale = chooseScale(input, start.design, start.columns);
    return fitOnDesign(input, start, scale, transformColumn(scale.transform, input.values));
  });

/** The same with spline functions of the numeric parents; null where there is nothing to bend. */
export const fitNumericSplines = (input: FitInput): NumericFits | null =>
  once(numericSplineFits, input, () => {
    const plain = fitNumeric(input);
    const bent = bend(plain, input);
    return bent && fitOnDesign(input, bent, plain.scale, plain.response);
  });

function fitOnDesign(input: FitInput, start: LinearFits, scale: NumericScale, response: Float64Array): NumericFits {
  const { design, columns, trainRows } = start;
  return {
    ...start,
    scale,
    response,
    coefficients: ridgeRegression(columns, response, input.weights, design.penalties),
    foldPredictions: trainRows.map((rows) => {
      const part = columns.map((column) => gather(column, rows));
      const beta = ridgeRegression(part, gather(response, rows), gather(input.weights, rows), design.penalties);
      return addLinear(columns, beta, new Float64Array(response.length));
    }),
  };
}

function bend(start: LinearFits, { parentColumns, values }: FitInput): LinearFits | null {
  const design = withSplines(start.design, parentColumns, values.length);
  if (design === start.design) return null;
  return { ...start, design, columns: designColumns(design, parentColumns, values.length) };
}

export const fitLogit = (input: FitInput): LogitFits =>
  once(logitFits, input, () => fitLogitOnDesign(input, startFits(input)));

/** With spline functions; null where there is nothing to bend or so many levels that it would take too long. */
export const fitLogitSplines = (input: FitInput): LogitFits | null =>
  once(logitSplineFits, input, () => {
    if (input.child.levels!.length > MOST_BENT_LEVELS) return null;
    const bent = bend(fitLogit(input), input);
    return bent && fitLogitOnDesign(input, bent);
  });

function fitLogitOnDesign(input: FitInput, start: LinearFits): LogitFits {
  const { design, columns, trainRows } = start;
  const levels = input.child.levels!.length;
  const coefficients = softmaxRegression(columns, input.values, levels, input.weights, design.penalties);
  return {
    ...start,
    coefficients,
    foldPredictors: trainRows.map((rows) => {
      const beta = softmaxRegression(
        columns.map((column) => gather(column, rows)),
        gather(input.values, rows),
        levels,
        gather(input.weights, rows),
        design.penalties,
        // A fold's optimum is close to that of all rows: starting there saves most of the steps.
        coefficients,
        FOLD_PRECISION,
      );
      return linearPredictors(columns, beta, input.values.length);
    }),
  };
}
