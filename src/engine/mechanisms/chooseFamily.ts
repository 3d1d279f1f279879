import { EngineError } from '../errors';
import type { NodeSettings } from '../project/nodeSettings';
import { averageRise } from './effects';
import type { CategoricalFit, FamilyFit, FitInput, MechanismDefinition, MechanismFamily } from './mechanism';
import { mechanismDefinitions } from './registry';

export interface TriedFamily {
  readonly family: MechanismFamily;
  readonly label: string;
  readonly score: number;
  /** Standard error of the score's difference from the best family's; 0 for the best itself. */
  readonly standardError: number;
}

export interface Choice<F extends FamilyFit = FamilyFit> {
  readonly fit: F;
  readonly family: MechanismFamily;
  readonly score: number;
  /** Best first. */
  readonly tried: readonly TriedFamily[];
}

/** What the expert says of the families: one pinned, some forbidden. */
export type FamilyWish = Pick<NodeSettings, 'family' | 'forbidden'>;

export const chooseNumeric = (input: FitInput, wish: FamilyWish): Choice => choose(input, wish, 'numeric');
export const chooseCategorical = (input: FitInput, wish: FamilyWish): Choice<CategoricalFit> =>
  choose(input, wish, 'categorical') as Choice<CategoricalFit>;

/**
 * Fits every family that applies and takes the simplest one whose mean out-of-fold score is within one standard error
 * of the best, the error being that of the paired difference. For a child of the target the mean is that of the
 * class means, so that the common class does not drown the rare one. A pinned family is taken where it applies.
 * @throws EngineError `bad-parameter` when what applies is forbidden, `unsupported-column` when nothing applies.
 */
function choose(input: FitInput, { family, forbidden }: FamilyWish, kind: MechanismDefinition['child']): Choice {
  const { child } = input;
  const able = mechanismDefinitions.filter(
    (definition) =>
      definition.child === kind && (input.limits.length === 0 || definition.takesLimits) && definition.appliesTo(input),
  );
  if (able.length === 0)
    throw new EngineError(
      'unsupported-column',
      `No mechanism fits "${child.name}" with its parents: merge some of their levels.`,
    );
  const pinned = able.filter(({ id }) => id === family);
  const admitted = pinned.length > 0 ? pinned : able.filter(({ id }) => !forbidden.includes(id));
  if (admitted.length === 0)
    throw new EngineError(
      'bad-parameter',
      `Every family that can learn "${child.name}" is forbidden: allow one of ${able.map(({ label }) => label).join(', ')}.`,
    );
  const made = admitted.map((definition) => ({ definition, fit: definition.fit(input) }));
  const fits = made.filter(({ fit }) => keepsSigns(fit, input));
  const weights = scoreWeights(input);
  const ranked = (fits.length > 0 ? fits : made)
    .map((one) => ({ ...one, score: weightedMean(one.fit.scores, weights) }))
    .sort((a, b) => b.score - a.score);
  const best = ranked[0]!;
  const compared = ranked.map((one) => {
    const differences = best.fit.scores.map((s, i) => s - one.fit.scores[i]!);
    return { ...one, standardError: one === best ? 0 : standardErrorOfMean(differences, weights) };
  });
  const chosen = compared
    .filter((one) => one.score >= best.score - one.standardError)
    .sort((a, b) => a.definition.complexity - b.definition.complexity)[0]!;
  return {
    fit: chosen.fit,
    family: chosen.definition.id,
    score: chosen.score,
    tried: compared.map(({ definition, score, standardError }) => ({
      family: definition.id,
      label: definition.label,
      score,
      standardError,
    })),
  };
}

/** Straight and bent effects are held to a stated sign in the fit; trees may go against it, and are not taken then. */
const keepsSigns = ({ mechanism }: FamilyFit, input: FitInput): boolean =>
  input.limits.every(
    ({ parent, sign, direction }) => sign === 0 || direction !== 0 || sign * averageRise(mechanism, input, parent) >= 0,
  );

/** Sum to 1; for a child of the target each class gets the same total. */
export function scoreWeights({
  weights,
  targetParent,
  parentColumns,
}: Pick<FitInput, 'weights' | 'targetParent' | 'parentColumns'>): Float64Array {
  const codes = targetParent >= 0 ? parentColumns[targetParent]! : null;
  const out = new Float64Array(weights.length);
  if (!codes) {
    let total = 0;
    for (let i = 0; i < weights.length; i++) total += weights[i]!;
    for (let i = 0; i < weights.length; i++) out[i] = weights[i]! / total;
    return out;
  }
  const totals = new Map<number, number>();
  for (let i = 0; i < weights.length; i++) totals.set(codes[i]!, (totals.get(codes[i]!) ?? 0) + weights[i]!);
  for (let i = 0; i < weights.length; i++) out[i] = weights[i]! / totals.get(codes[i]!)! / totals.size;
  return out;
}

export function weightedMean(values: Float64Array, weights: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += weights[i]! * values[i]!;
  return sum;
}

function standardErrorOfMean(values: Float64Array, weights: Float64Array): number {
  const mean = weightedMean(values, weights);
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += (weights[i]! * (values[i]! - mean)) ** 2;
  return Math.sqrt(sum);
}
