import { createRng } from '../rng';
import { forwardCauses } from './forwardCauses';
import type { StructuralModel } from './structuralModel';

const ROWS = 8192;

/**
 * P(Y = m) under the model: the mean of P(Y = m | pa) over forward draws of the causes. Far from the share in the data it
 * says that causes or target are learned badly, whatever the rows look like.
 */
export function modelPrevalence(model: StructuralModel, target: number, rareCode: number, seed: number): number {
  const { log } = forwardCauses(model, target, rareCode)(ROWS, createRng(seed, `model-prevalence/${rareCode}`));
  return log.reduce((sum, value) => sum + Math.exp(value), 0) / ROWS;
}
