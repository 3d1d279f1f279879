/** One variable of a test: a numeric column, or level codes 0 to levels - 1. No missing values. */
export type Variable =
  | { readonly kind: 'numeric'; readonly values: Float64Array }
  | { readonly kind: 'categorical'; readonly codes: Float64Array; readonly levels: number };

export interface DependenceResult {
  readonly statistic: number;
  readonly pValue: number;
  /** Strength of dependence in [0, 1]; means the same for every pair of types. */
  readonly effect: number;
  /** Signed where the sign has a meaning (two one-column variables); else null. */
  readonly signedEffect: number | null;
  readonly rows: number;
}

/** A test of x independent of y given z; independence is the null hypothesis. */
export interface DependenceTestDefinition {
  readonly id: string;
  readonly label: string;
  readonly assumes: string;
  run(x: Variable, y: Variable, given: readonly Variable[], weights?: Float64Array): DependenceResult;
}

export const defineDependenceTest = (definition: DependenceTestDefinition): DependenceTestDefinition => definition;
