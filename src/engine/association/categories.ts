import { logGamma } from '../numeric/gamma';
import { chiSquaredSurvival } from '../numeric/specialFunctions';

/** How strongly two categories go together, by a table of counts of shape (rows, columns), row-major. */
export interface CategoryAssociation {
  readonly chiSquared: number;
  readonly degrees: number;
  /** Of independence; 1 where only one level of either occurs. Worked out when asked for. */
  readonly pValue: number;
  readonly cramersV: number;
  /** Less what chance adds. */
  readonly cramersVCorrected: number;
  readonly tschuprowT: number;
  /** sqrt(X² / (X² + n)). */
  readonly contingency: number;
  /** In nats. */
  readonly mutualInformation: number;
  /** Less (r - 1)(c - 1) / 2n, what chance adds to it. */
  readonly mutualInformationCorrected: number;
  /** Over the mean of the two entropies. */
  readonly normalisedInformation: number;
  /** (I - E I) / (mean of the two entropies - E I), E I what tables with these margins have on average; worked out when asked for. */
  readonly adjustedInformation: number;
  /** Share of the entropy of x that y removes, and of y that x removes: Theil's U. */
  readonly uncertaintyOfX: number;
  readonly uncertaintyOfY: number;
}

const entropy = (counts: Float64Array, n: number): number =>
  counts.reduce((sum, count) => (count > 0 ? sum - (count / n) * Math.log(count / n) : sum), 0);

/**
 * Measures of association of two categories; levels that do not occur are left out.
 * @see A bias-correction for Cramér's V and Tschuprow's T, J. Korean Stat. Soc. 42 (2013); On the estimation of relationships
 * involving qualitative variables, Am. J. Sociol. 76 (1970).
 */
export function categoryAssociation(counts: Float64Array, rows: number, columns: number): CategoryAssociation {
  const row = new Float64Array(rows);
  const column = new Float64Array(columns);
  let n = 0;
  for (let i = 0; i < rows; i++)
    for (let j = 0; j < columns; j++) {
      row[i]! += counts[i * columns + j]!;
      column[j]! += counts[i * columns + j]!;
      n += counts[i * columns + j]!;
    }
  let chiSquared = 0;
  let mutualInformation = 0;
  for (let i = 0; i < rows; i++)
    for (let j = 0; j < columns; j++) {
      const expected = (row[i]! * column[j]!) / n;
      if (expected === 0) continue;
      const count = counts[i * columns + j]!;
      chiSquared += (count - expected) ** 2 / expected;
      if (count > 0) mutualInformation += (count / n) * Math.log(count / expected);
    }
  const r = row.filter((count) => count > 0).length;
  const c = column.filter((count) => count > 0).length;
  const degrees = (r - 1) * (c - 1);
  const phi2 = chiSquared / n;
  const correctedPhi2 = Math.max(0, phi2 - degrees / (n - 1));
  const correct = (k: number) => k - (k - 1) ** 2 / (n - 1);
  const ratio = (value: number, scale: number) => (scale > 0 ? value / scale : 0);
  const [entropyX, entropyY] = [entropy(row, n), entropy(column, n)];
  return {
    chiSquared,
    degrees,
    get pValue() {
      return degrees > 0 ? chiSquaredSurvival(chiSquared, degrees) : 1;
    },
    cramersV: Math.sqrt(ratio(phi2, Math.min(r, c) - 1)),
    cramersVCorrected: Math.sqrt(ratio(correctedPhi2, Math.min(correct(r), correct(c)) - 1)),
    tschuprowT: Math.sqrt(ratio(phi2, Math.sqrt(degrees))),
    contingency: Math.sqrt(ratio(chiSquared, chiSquared + n)),
    mutualInformation,
    mutualInformationCorrected: mutualInformation - degrees / (2 * n),
    normalisedInformation: ratio(mutualInformation, (entropyX + entropyY) / 2),
    get adjustedInformation() {
      const byChance = expectedInformation(row, column, n);
      return ratio(mutualInformation - byChance, (entropyX + entropyY) / 2 - byChance);
    },
    uncertaintyOfX: ratio(mutualInformation, entropyX),
    uncertaintyOfY: ratio(mutualInformation, entropyY),
  };
}

/**
 * Mean mutual information in nats over all tables with these margins, whose cells are hypergeometric.
 * @see Information theoretic measures for clusterings comparison, JMLR 11 (2010).
 */
function expectedInformation(row: Float64Array, column: Float64Array, n: number): number {
  const logFactorial = (k: number) => logGamma(k + 1);
  let sum = 0;
  for (const a of row)
    for (const b of column) {
      if (a === 0 || b === 0) continue;
      const fixed = logFactorial(a) + logFactorial(b) + logFactorial(n - a) + logFactorial(n - b) - logFactorial(n);
      for (let k = Math.max(1, a + b - n); k <= Math.min(a, b); k++) {
        const chance = Math.exp(
          fixed - logFactorial(k) - logFactorial(a - k) - logFactorial(b - k) - logFactorial(n - a - b + k),
        );
        sum += chance * (k / n) * Math.log((n * k) / (a * b));
      }
    }
  return sum;
}
