import type { ValueSpec } from '../data/frame';
import type { Formula } from './formulas/formula';

export type MechanismFamily = string;

/** Columns of the parents, in the order the mechanism was fitted with; each of shape (n,), NaN for missing. */
export type ParentColumns = readonly Float64Array[];

/** Plain JSON that `fromJSON` of the family turns back into the same mechanism, bit for bit. */
export interface MechanismJson {
  readonly family: MechanismFamily;
  readonly [key: string]: unknown;
}

/** A mechanism that can also say the probability of every level. */
export interface CategoricalMechanism extends Mechanism {
  readonly levels: number;
  /** Row-major (rows, levels); each row sums to 1. */
  probabilities(parents: ParentColumns, rows: number): Float64Array;
}

/** What a person reads about one fitted mechanism. */
export interface MechanismCard {
  readonly family: MechanismFamily;
  readonly label: string;
  /** One line: the equation or the split summary. */
  readonly equation: string;
  /** Named numbers worth showing: coefficients, trees, levels. */
  readonly terms: readonly { readonly name: string; readonly value: number }[];
}

/**
 * P(v | parents) as a noise transform: a map from parents and one uniform noise to a value, monotone in the noise.
 * All functions work on whole columns and never change their arguments.
 */
export interface Mechanism {
  readonly family: MechanismFamily;
  /** v = Q(u | parents), u in (0, 1); shapes (n,). NaN in the result is a generated missing cell. */
  quantile(parents: ParentColumns, noise: Float64Array): Float64Array;
  /**
   * The inverse: u with Q(u | parents) = v. At an atom u is lo + tieBreak (hi - lo) in the atom's interval
   * [F(v-), F(v)], tieBreak in (0, 1).
   */
  noise(parents: ParentColumns, values: Float64Array, tieBreak: Float64Array): Float64Array;
  /** log p(v | parents): a density for continuous parts, a probability at atoms; shape (n,), nats. */
  logDensity(parents: ParentColumns, values: Float64Array): Float64Array;
  card(): MechanismCard;
  toJSON(): MechanismJson;
}

/** A demand of the expert on the effect of one parent, ready for fitting. */
export interface ParentLimit {
  readonly parent: number;
  /** Sign of the average effect; 0 for any. */
  readonly sign: -1 | 0 | 1;
  /** Direction in which the effect never turns round; 0 for no such demand. */
  readonly direction: -1 | 0 | 1;
  /** Largest difference between two values of the parent, see `EffectLimit`; Infinity for none. */
  readonly most: number;
}

/** Everything a family may look at when it is fitted. Rows with a missing child are already left out. */
export interface FitInput {
  readonly child: ValueSpec;
  readonly parents: readonly ValueSpec[];
  /** Shape (n,): numbers, or codes 0 to levels - 1. */
  readonly values: Float64Array;
  readonly parentColumns: ParentColumns;
  /** Row weights of shape (n,), mean 1. */
  readonly weights: Float64Array;
  /** Fold of each row, 0 to folds - 1: every family is scored on rows it was not fitted on. */
  readonly fold: Uint8Array;
  readonly folds: number;
  /** Where in its atom's interval each row's noise is put, shape (n,), in (0, 1). */
  readonly tieBreak: Float64Array;
  /** Which parent is the target, -1 if none: its effects are partially pooled between the classes. */
  readonly targetParent: number;
  readonly limits: readonly ParentLimit[];
  /** The formula that gives the child in every row; null where none was found. */
  readonly formula: Formula | null;
  /** The whole number that level 0 stands for, where the levels are consecutive whole numbers from 0 or more; else null. */
  readonly firstCount: number | null;
}

export interface FamilyFit {
  readonly mechanism: Mechanism;
  /**
   * Out-of-fold score of each row, higher is better: log score in nats for categories; for numbers minus the
   * continuous ranked probability score, in units of the child's standard deviation on the scale of the fit.
   */
  readonly scores: Float64Array;
  /** Out-of-fold noise u of each row: uniform given the parents where the mechanism has the right shape. */
  readonly noise: Float64Array;
}

/** The same for a categorical child: what gates of mixed laws are made of. */
export interface CategoricalFit extends FamilyFit {
  readonly mechanism: CategoricalMechanism;
  /** Out-of-fold probabilities, row-major (n, levels). */
  readonly probabilities: Float64Array;
}

interface DefinitionBase {
  readonly id: MechanismFamily;
  readonly label: string;
  /** Rank of simplicity, 0 the simplest: within one standard error of the best score the lowest rank wins. */
  readonly complexity: number;
  /** True when the fit obeys `limits`; families that cannot are not offered where there are any. */
  readonly takesLimits: boolean;
  appliesTo(input: FitInput): boolean;
}

export interface NumericDefinition extends DefinitionBase {
  readonly child: 'numeric';
  fit(input: FitInput): FamilyFit;
  fromJSON(json: MechanismJson): Mechanism;
}

export interface CategoricalDefinition extends DefinitionBase {
  readonly child: 'categorical';
  fit(input: FitInput): CategoricalFit;
  fromJSON(json: MechanismJson): CategoricalMechanism;
}

/** A member of the catalogue. */
export type MechanismDefinition = NumericDefinition | CategoricalDefinition;

export const defineMechanism = (definition: NumericDefinition): NumericDefinition => definition;
export const defineClassifier = (definition: CategoricalDefinition): CategoricalDefinition => definition;
