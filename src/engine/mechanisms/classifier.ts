import { insideUnit } from './locationScale';
import type {
  CategoricalFit,
  CategoricalMechanism,
  FitInput,
  MechanismCard,
  MechanismFamily,
  MechanismJson,
  ParentColumns,
} from './mechanism';

/** Level probabilities given parents: the part in which the categorical families differ. */
export interface Classifier {
  readonly levels: number;
  /** Row-major (rows, levels); each row sums to 1. */
  probabilities(parents: ParentColumns, rows: number): Float64Array;
}

/**
 * v = the level whose interval [F(v-), F(v)] of cumulative probabilities, in code order, holds u. Monotone in u by
 * construction; for nominal levels the order is a convention and carries no meaning.
 */
export function categoricalMechanism(
  family: MechanismFamily,
  classifier: Classifier,
  card: () => MechanismCard,
  toJSON: () => MechanismJson,
): CategoricalMechanism {
  const { levels } = classifier;
  return {
    family,
    levels,
    probabilities: classifier.probabilities,
    quantile(parents, noise) {
      const p = classifier.probabilities(parents, noise.length);
      const out = new Float64Array(noise.length);
      for (let i = 0; i < out.length; i++) {
        let rest = noise[i]!;
        let last = 0; // where rounding leaves a sliver above the cumulative sum
        for (let k = 0; k < levels && !(rest < 0); k++) {
          const share = p[i * levels + k]!;
          rest -= share;
          if (share > 0) last = k;
        }
        out[i] = last;
      }
      return out;
    },
    noise: (parents, values, tieBreak) =>
      categoricalNoise(classifier.probabilities(parents, values.length), levels, values, tieBreak),
    logDensity(parents, values) {
      const p = classifier.probabilities(parents, values.length);
      const out = new Float64Array(values.length);
      for (let i = 0; i < out.length; i++) out[i] = Math.log(Math.max(1e-300, p[i * levels + values[i]!]!));
      return out;
    },
    card,
    toJSON,
  };
}

/** u = F(v-) + tieBreak P(v) for codes v under given level probabilities, row-major (n, levels). */
export function categoricalNoise(
  probabilities: Float64Array,
  levels: number,
  codes: Float64Array,
  tieBreak: Float64Array,
): Float64Array {
  const out = new Float64Array(codes.length);
  for (let i = 0; i < out.length; i++) {
    const code = codes[i]!;
    let below = 0;
    for (let k = 0; k < code; k++) below += probabilities[i * levels + k]!;
    out[i] = insideUnit(below + tieBreak[i]! * probabilities[i * levels + code]!);
  }
  return out;
}

/** Log scores are cut here, as if no level were ever less likely than one in a million. */
export const LEAST_PROBABILITY = 1e-6;

/** A categorical fit from its out-of-fold probabilities. */
export function categoricalFit(
  { values, tieBreak, child }: FitInput,
  mechanism: CategoricalMechanism,
  probabilities: Float64Array,
): CategoricalFit {
  const levels = child.levels!.length;
  return {
    mechanism,
    probabilities,
    scores: values.map((code, i) => Math.log(Math.max(LEAST_PROBABILITY, probabilities[i * levels + code]!))),
    noise: categoricalNoise(probabilities, levels, values, tieBreak),
  };
}

/** Each row's probabilities by the fit without its fold, from those of every fold. */
export function outOfFoldProbabilities(
  fold: Uint8Array,
  levels: number,
  byFold: readonly Float64Array[],
): Float64Array {
  const out = new Float64Array(fold.length * levels);
  for (let i = 0; i < fold.length; i++)
    for (let k = 0; k < levels; k++) out[i * levels + k] = byFold[fold[i]!]![i * levels + k]!;
  return out;
}
