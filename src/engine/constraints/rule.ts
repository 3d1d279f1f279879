/** One side of a conditional rule: a numeric comparison or a set of levels. */
export type Condition =
  | { readonly column: string; readonly op: '<' | '<=' | '>' | '>=' | '=' | '!='; readonly value: number }
  | { readonly column: string; readonly op: 'in' | 'not-in'; readonly levels: readonly string[] };

interface RuleBase {
  /** Unique within the project. */
  readonly id: string;
  /** Why the expert believes it; required before a rule is accepted. */
  readonly reason: string;
  readonly enabled: boolean;
}

/** min <= column <= max; null leaves a side open. */
export interface RangeRule extends RuleBase {
  readonly kind: 'range';
  readonly column: string;
  readonly min: number | null;
  readonly max: number | null;
}
/** The column takes only these values: level texts for categories, numbers written as text for a numeric grid. */
export interface AllowedRule extends RuleBase {
  readonly kind: 'allowed';
  readonly column: string;
  readonly values: readonly string[];
}
/** lower <= upper, row by row; `strict` for <. */
export interface OrderRule extends RuleBase {
  readonly kind: 'order';
  readonly lower: string;
  readonly upper: string;
  readonly strict: boolean;
}
/** When every condition of `when` holds, `then` must hold. A forbidden combination is an implication of a negation. */
export interface ImplicationRule extends RuleBase {
  readonly kind: 'implication';
  readonly when: readonly Condition[];
  readonly then: Condition;
}

export type Rule = RangeRule | AllowedRule | OrderRule | ImplicationRule;
export type RuleKind = Rule['kind'];
