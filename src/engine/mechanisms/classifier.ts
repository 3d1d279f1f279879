import { insideUnit } from './locationScale';
import type { Mechanism, MechanismCard, MechanismFamily, MechanismJson, ParentColumns } from './mechanism';

/** Level probabilities given parents: the part in which the categorical families differ. */
export interface Classifier {
  readonly levels: number;
  /** Row-major (rows, levels); each row sums to 1. */
  probabilities(parents: ParentColumns, rows: number): Float64Array;
}

/** A mechanism that can also say the probability of every level: what gates of mixed laws are made of. */
export interface CategoricalMechanism extends Mechanism {
  readonly levels: number;
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
      return noise.map((u, i) => {
        let rest = u;
        let last = 0;
        for (let k = 0; k < levels; k++) {
          const share = p[i * levels + k]!;
          if (share > 0) last = k;
          rest -= share;
          if (rest < 0) return k;
        }
        return last; // rounding left a sliver above the cumulative sum
      });
    },
    noise(parents, values, tieBreak) {
      const p = classifier.probabilities(parents, values.length);
      return values.map((code, i) => {
        let below = 0;
        for (let k = 0; k < code; k++) below += p[i * levels + k]!;
        return insideUnit(below + tieBreak[i]! * p[i * levels + code]!);
      });
    },
    logDensity(parents, values) {
      const p = classifier.probabilities(parents, values.length);
      return values.map((code, i) => Math.log(Math.max(1e-300, p[i * levels + code]!)));
    },
    card,
    toJSON,
  };
}
