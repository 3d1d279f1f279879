import type { ValueSpec } from '../data/frame';

export type MechanismFamily = string;

/** Columns of the parents, in the order the mechanism was fitted with; each of shape (n,), NaN for missing. */
export type ParentColumns = readonly Float64Array[];

/** Plain JSON that `fromJSON` of the family turns back into the same mechanism, bit for bit. */
export interface MechanismJson {
  readonly family: MechanismFamily;
  readonly [key: string]: unknown;
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
  /** Which parent is the target, -1 if none: its effects are partially pooled between the classes. */
  readonly targetParent: number;
}

export interface FamilyFit {
  readonly mechanism: Mechanism;
  /**
   * Out-of-fold score of each row, higher is better: log score in nats for categories; for numbers minus the
   * continuous ranked probability score, in units of the child's standard deviation on the scale of the fit.
   */
  readonly scores: Float64Array;
}

/** A member of the catalogue. */
export interface MechanismDefinition {
  readonly id: MechanismFamily;
  readonly label: string;
  readonly child: 'numeric' | 'categorical';
  /** Rank of simplicity, 0 the simplest: within one standard error of the best score the lowest rank wins. */
  readonly complexity: number;
  appliesTo(input: FitInput): boolean;
  fit(input: FitInput): FamilyFit;
  fromJSON(json: MechanismJson): Mechanism;
}

export const defineMechanism = (definition: MechanismDefinition): MechanismDefinition => definition;
