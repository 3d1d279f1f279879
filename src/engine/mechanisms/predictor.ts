import { type LinearDesign, linearOutputs } from './design';
import type { ParentColumns } from './mechanism';
import type { FeatureBins } from './trees/binning';
import { type Forest, readyForest } from './trees/boosting';
import { type Tree, type TreeJson, treeFromJson, treeToJson } from './trees/tree';

/** A ridge-linear base plus, where they help, boosted trees on top: several outputs share one design. */
export interface Predictor {
  readonly design: LinearDesign;
  /** One array of coefficients, shape (p,), per output. */
  readonly coefficients: readonly Float64Array[];
  readonly features: readonly FeatureBins[];
  /** rounds[r][k] is round r's tree of output k. */
  readonly rounds: readonly (readonly Tree[])[];
}

const forests = new WeakMap<Predictor, Forest>();

function forestOf(predictor: Predictor): Forest {
  const known = forests.get(predictor) ?? readyForest(predictor.features, predictor.rounds);
  forests.set(predictor, known);
  return known;
}

/** The outputs for every row, each of shape (rows,). */
export function predict(predictor: Predictor, parents: ParentColumns, rows: number): Float64Array[] {
  const outputs = linearOutputs(predictor.design, predictor.coefficients, parents, rows);
  forestOf(predictor)(parents, outputs);
  return outputs;
}

export interface PredictorJson {
  readonly design: LinearDesign;
  readonly coefficients: readonly (readonly number[])[];
  readonly features: readonly FeatureBins[];
  readonly rounds: readonly (readonly TreeJson[])[];
}

export const predictorToJson = (predictor: Predictor): PredictorJson => ({
  design: predictor.design,
  coefficients: predictor.coefficients.map((beta) => Array.from(beta)),
  features: predictor.rounds.length > 0 ? predictor.features : [],
  rounds: predictor.rounds.map((trees) => trees.map(treeToJson)),
});

export const predictorFromJson = (json: PredictorJson): Predictor => ({
  design: json.design,
  coefficients: json.coefficients.map((beta) => Float64Array.from(beta)),
  features: json.features,
  rounds: json.rounds.map((trees) => trees.map(treeFromJson)),
});
