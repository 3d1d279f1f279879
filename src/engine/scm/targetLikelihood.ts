import { normalCdf, normalQuantile } from '../numeric/normal';
import { conditionalOf } from './abduct';
import type { StructuralModel } from './structuralModel';

/** log P(target = code | its parents, the noises joined to it by `<->`) for every row, nats. */
export type TargetLikelihood = (columns: readonly Float64Array[], z: readonly Float64Array[]) => Float64Array;

/**
 * Without `<->` at the target this is the mechanism's own log probability. With it, the target's noise is N(mean, sd^2)
 * given its partners' noises, and the level's noise interval [a, b] has probability
 * Phi((b - mean) / sd) - Phi((a - mean) / sd).
 */
export function targetLikelihood(model: StructuralModel, target: number, code: number): TargetLikelihood {
  const mechanism = model.mechanisms[target]!;
  const parentsOf = (columns: readonly Float64Array[]) => model.parents[target]!.map((p) => columns[p]!);
  const codes = (rows: number) => new Float64Array(rows).fill(code);
  const d = model.specs.length;
  const joined = [...new Set(model.bidirected.flat())];
  if (!joined.includes(target))
    return (columns) => mechanism.logDensity(parentsOf(columns), codes(columns[target]!.length));
  const { others, slopes, sd } = conditionalOf(model.noiseCorrelation, d, target, joined);
  return (columns, z) => {
    const rows = columns[target]!.length;
    const at = (tieBreak: number) =>
      mechanism.noise(parentsOf(columns), codes(rows), new Float64Array(rows).fill(tieBreak)).map(normalQuantile);
    const low = at(0);
    const high = at(1);
    return low.map((a, i) => {
      let mean = 0;
      for (let k = 0; k < others.length; k++) mean += slopes[k]! * z[others[k]!]![i]!;
      const from = (a - mean) / sd;
      const to = (high[i]! - mean) / sd;
      // Differences are taken in the lower tail, where probabilities keep their digits.
      const share = from > 0 ? normalCdf(-from) - normalCdf(-to) : normalCdf(to) - normalCdf(from);
      return Math.log(Math.max(1e-300, share));
    });
  };
}
