/** One side of a conditional rule: a numeric comparison, a set of levels, or whether there is a value at all. */
export type Condition =
  | { readonly column: string; readonly op: '<' | '<=' | '>' | '>=' | '=' | '!='; readonly value: number }
  | { readonly column: string; readonly op: 'in' | 'not-in'; readonly levels: readonly string[] }
  | { readonly column: string; readonly op: 'missing' | 'known' };

interface RuleBase {
  /** Unique within the project. */
  readonly id: string;
  /** Why the expert believes it; required before a rule is accepted. */
  readonly reason: string;
  readonly enabled: boolean;
}

/** min <= column <= max; null leaves a side open. With a step the column takes only min + k step (k step without min). */
export interface RangeRule extends RuleBase {
  readonly kind: 'range';
  readonly column: string;
  readonly min: number | null;
  readonly max: number | null;
  readonly step?: number;
}
/** The column takes whole numbers only. */
export interface WholeRule extends RuleBase {
  readonly kind: 'whole';
  readonly column: string;
}
/** The column takes only these values: level texts for categories, numbers written as text for a numeric grid. */
export interface AllowedRule extends RuleBase {
  readonly kind: 'allowed';
  readonly column: string;
  readonly values: readonly string[];
}
/** lower <= upper, row by row; `strict` for <. A gap bounds upper - lower, in days where both are dates. */
export interface OrderRule extends RuleBase {
  readonly kind: 'order';
  readonly lower: string;
  readonly upper: string;
  readonly strict: boolean;
  readonly gap?: { readonly min: number | null; readonly max: number | null };
}
/** |column - formula| <= tolerance, and never asked for more than the decimals the column is recorded with. */
export interface FormulaRule extends RuleBase {
  readonly kind: 'formula';
  readonly column: string;
  /** An expression of the row language that gives a number or a date. */
  readonly formula: string;
  readonly tolerance: number;
}
/** When every condition of `when` holds, `then` must hold. */
export interface ImplicationRule extends RuleBase {
  readonly kind: 'implication';
  readonly when: readonly Condition[];
  readonly then: Condition;
}
/** Not all of the conditions hold at once. */
export interface ForbiddenRule extends RuleBase {
  readonly kind: 'forbidden';
  readonly conditions: readonly Condition[];
}
/** Any statement of the row language. */
export interface ExpressionRule extends RuleBase {
  readonly kind: 'expression';
  readonly text: string;
}
/** The mechanism of `effect` never falls (never rises) as `cause` grows, its other causes being equal. */
export interface MonotoneRule extends RuleBase {
  readonly kind: 'monotone';
  readonly cause: string;
  readonly effect: string;
  readonly direction: 'rises' | 'falls';
}
/** Between any two values of `cause` the centre of `effect` differs by at most `most`, its other causes being equal. */
export interface BoundedEffectRule extends RuleBase {
  readonly kind: 'bounded-effect';
  readonly cause: string;
  readonly effect: string;
  readonly most: number;
}
/** The column of a synthetic row is that of its donor. */
export interface FixedRule extends RuleBase {
  readonly kind: 'fixed';
  readonly column: string;
}
/** Columns by time, earliest first: no arrow of the map goes from a later group to an earlier one. */
export interface TiersRule extends RuleBase {
  readonly kind: 'tiers';
  readonly tiers: readonly (readonly string[])[];
}

/** The support score of each synthetic row is at least `least`: see `supportReference`. */
export interface SupportRule extends RuleBase {
  readonly kind: 'support';
  readonly least: number;
  /** The real rare rows it is read off, by frame column: filled in for a run, never saved. */
  readonly reference?: readonly Float64Array[];
}

export type Rule =
  | RangeRule
  | WholeRule
  | AllowedRule
  | OrderRule
  | FormulaRule
  | ImplicationRule
  | ForbiddenRule
  | ExpressionRule
  | MonotoneRule
  | BoundedEffectRule
  | FixedRule
  | TiersRule
  | SupportRule;
export type RuleKind = Rule['kind'];

/** What a rule says, without its id, its reason and whether it is on. */
export type Said<R extends Rule> = R extends Rule ? Omit<R, 'id' | 'reason' | 'enabled'> : never;
