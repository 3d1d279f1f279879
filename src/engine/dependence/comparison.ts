/** The statements of a map, and what became of them. Types shared by the engine, the interface and the command line. */

/** How a statement is put to the data. */
export type ComparisonKind =
  /** Real rare rows against synthetic rare rows, the target held at its rare level. */
  | 'within-class'
  /** The original table against the augmented one, weighted back to the original prevalence. */
  | 'weighted'
  /** The original table against the augmented one as it is: changes by selection are expected. */
  | 'unweighted';

export type Verdict = 'kept' | 'damaged' | 'cannot-tell' | 'expected-from-balancing';

export interface Statement {
  readonly id: string;
  readonly kind: 'independence' | 'arrow';
  readonly x: string;
  readonly y: string;
  /** Conditioning set; for an arrow the other parents of y. */
  readonly given: readonly string[];
}

export interface Interval {
  readonly low: number;
  readonly high: number;
}

export interface StatementResult {
  readonly statement: Statement;
  readonly comparison: ComparisonKind;
  /** What is being compared, in words: "Inside the rare class, given age". */
  readonly givenUsed: readonly string[];
  /** Effects in [0, 1] on the real rows and on the rows being judged, with 95 % intervals. */
  readonly before: number;
  readonly beforeInterval: Interval;
  readonly after: number;
  readonly afterInterval: Interval;
  /** The same with their sign where both sides have one column, so that a direction has a meaning; else null. */
  readonly signedBefore: number | null;
  readonly signedAfter: number | null;
  /** True where both sides have a direction and it differs. */
  readonly turnedRound: boolean;
  /** after - before on the signed scale where there is one, with a 95 % interval from a bootstrap over donors. */
  readonly difference: number;
  readonly differenceInterval: Interval;
  readonly margin: number;
  readonly verdict: Verdict;
  /** For `cannot-tell`: about how many real rare rows would tell; else null. */
  readonly rowsNeeded: number | null;
  readonly realRows: number;
  readonly syntheticRows: number;
  /** p-value of the statement on the real rows, adjusted over the statements of this comparison; NaN where untestable. */
  readonly pValueBefore: number;
  /** Small: the change is shown to be inside the margin (two one-sided tests on the bootstrap's scale). */
  readonly pValueKept: number;
  /** One plain sentence. */
  readonly sentence: string;
}
