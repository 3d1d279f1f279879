/** What real rows lead one to expect of rows drawn afresh, where cells are few rows wide. */
export interface Unseen {
  /** Share of synthetic rows in cells without a real rare row. */
  readonly share: number;
  /** The same share to be expected of fresh real rows: cells with one real row, over all real rows. */
  readonly expected: number;
  /** Standard error of the expectation. */
  readonly error: number;
}

/**
 * With n real rows some cells are empty by chance: the share of fresh real rows to be expected there is n1 / n, n1 the cells with
 * exactly one real row, with variance (n1 (1 - n1 / n) + 2 n2) / n^2.
 * @param rare Real rare rows by cell, @param made synthetic ones.
 * @see The Population Frequencies of Species and the Estimation of Population Parameters, Biometrika 40 (1953).
 */
export function unseenOf(rare: ArrayLike<number>, made: ArrayLike<number>): Unseen {
  let [n, n1, n2, rows, empty] = [0, 0, 0, 0, 0];
  for (let cell = 0; cell < rare.length; cell++) {
    const here = rare[cell]!;
    n += here;
    if (here === 1) n1++;
    if (here === 2) n2++;
    rows += made[cell]!;
    if (here === 0) empty += made[cell]!;
  }
  return {
    share: rows > 0 ? empty / rows : 0,
    expected: n > 0 ? n1 / n : 1,
    error: n > 0 ? Math.sqrt(n1 * (1 - n1 / n) + 2 * n2) / n : 1,
  };
}
