import type { RowUnits } from '../data/rowUnits';
import type { Interval } from './comparison';

/** One variable of a test: a numeric column, or level codes 0 to levels - 1, with or without an order. No missing values. */
export type Variable =
  | {
      readonly kind: 'numeric';
      readonly values: Float64Array;
      /** Whole numbers from 0 that count something: regressed by a Poisson law where a law is needed. */
      readonly isCount?: boolean;
    }
  | { readonly kind: 'categorical' | 'ordinal'; readonly codes: Float64Array; readonly levels: number };

export interface DependenceResult {
  readonly statistic: number;
  readonly pValue: number;
  /** Strength of dependence in [0, 1]; means the same for every pair of types. */
  readonly effect: number;
  /** Signed where the sign has a meaning (two one-column variables); else null. */
  readonly signedEffect: number | null;
  /** 95 % interval of the signed effect, where the test's own assumptions give one. */
  readonly interval?: Interval;
  /** Rows looked at: fewer than given where the test is put to a subsample. */
  readonly rows: number;
  /** How the p-value was found where that depends on the data, as one sentence; else null. */
  readonly note: string | null;
}

/** A test of x independent of y given z; independence is the null hypothesis. */
export interface DependenceTestDefinition {
  readonly id: string;
  readonly label: string;
  readonly assumes: string;
  /** True where units, not rows, are the evidence when they are given, and no unit is on both sides of a fold. */
  readonly respectsUnits?: boolean;
  /** Whether these kinds of columns can be put to the test. */
  appliesTo(x: Variable, y: Variable, given: readonly Variable[]): boolean;
  /** @param units Unit of each row, where rows of one unit are not independent; only asked by tests that respect units. */
  run(x: Variable, y: Variable, given: readonly Variable[], units?: RowUnits | null): DependenceResult;
}

export const defineDependenceTest = (definition: DependenceTestDefinition): DependenceTestDefinition => definition;
