import { EngineError } from '../errors';
import type { FitInput, Mechanism, MechanismFamily } from './mechanism';
import { mechanismDefinitions } from './registry';

export interface TriedFamily {
  readonly family: MechanismFamily;
  readonly score: number;
  /** Standard error of the score's difference from the best family's; 0 for the best itself. */
  readonly standardError: number;
}

export interface Choice {
  readonly mechanism: Mechanism;
  readonly family: MechanismFamily;
  readonly score: number;
  /** Best first. */
  readonly tried: readonly TriedFamily[];
}

/**
 * Fits every family that applies and takes the simplest one whose mean out-of-fold score is within one standard error
 * of the best, the error being that of the paired difference. For a child of the target the mean is that of the
 * class means, so that the common class does not drown the rare one.
 */
export function chooseFamily(input: FitInput): Choice {
  const kind = input.child.levels ? 'categorical' : 'numeric';
  const fits = mechanismDefinitions
    .filter((definition) => definition.child === kind && definition.appliesTo(input))
    .map((definition) => ({ definition, ...definition.fit(input) }));
  if (fits.length === 0)
    throw new EngineError(
      'unsupported-column',
      `No mechanism fits "${input.child.name}" with its parents: merge some of their levels.`,
    );
  const weights = scoreWeights(input);
  const ranked = fits
    .map((fit) => ({ ...fit, score: weightedMean(fit.scores, weights) }))
    .sort((a, b) => b.score - a.score);
  const best = ranked[0]!;
  const compared = ranked.map((fit) => {
    const differences = best.scores.map((s, i) => s - fit.scores[i]!);
    return { ...fit, standardError: fit === best ? 0 : standardErrorOfMean(differences, weights) };
  });
  const chosen = compared
    .filter((fit) => fit.score >= best.score - fit.standardError)
    .sort((a, b) => a.definition.complexity - b.definition.complexity)[0]!;
  return {
    mechanism: chosen.mechanism,
    family: chosen.definition.id,
    score: chosen.score,
    tried: compared.map(({ definition, score, standardError }) => ({ family: definition.id, score, standardError })),
  };
}

/** Sum to 1; for a child of the target each class gets the same total. */
export function scoreWeights({ weights, targetParent, parentColumns }: FitInput): Float64Array {
  const codes = targetParent >= 0 ? parentColumns[targetParent]! : null;
  const totals = new Map<number, number>();
  for (let i = 0; i < weights.length; i++) {
    const code = codes ? codes[i]! : 0;
    totals.set(code, (totals.get(code) ?? 0) + weights[i]!);
  }
  return weights.map((w, i) => w / totals.get(codes ? codes[i]! : 0)! / totals.size);
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
