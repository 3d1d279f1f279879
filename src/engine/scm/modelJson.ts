import type { MechanismJson } from '../mechanisms/mechanism';
import { mechanismFromJson } from '../mechanisms/registry';
import type { FittedModel } from './fittedModel';

/** A fitted model as plain data, for other threads and for files. */
export interface ModelJson extends Omit<FittedModel, 'mechanisms' | 'noiseCorrelation'> {
  readonly mechanisms: readonly MechanismJson[];
  readonly noiseCorrelation: readonly number[];
}

export const modelToJson = (model: FittedModel): ModelJson => ({
  ...model,
  mechanisms: model.mechanisms.map((mechanism) => mechanism.toJSON()),
  noiseCorrelation: Array.from(model.noiseCorrelation),
});

export const modelFromJson = (json: ModelJson): FittedModel => ({
  ...json,
  mechanisms: json.mechanisms.map(mechanismFromJson),
  noiseCorrelation: Float64Array.from(json.noiseCorrelation),
});
