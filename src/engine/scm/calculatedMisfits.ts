import { symmetricInverse } from '../numeric/linearAlgebra';

/** One noise is all but calculated from others, though the map joins them by no arrow that says so. */
export interface CalculatedMisfit {
  readonly kind: 'calculated';
  /** The node that is left open least, then those that it goes with. */
  readonly nodes: readonly number[];
  /** Share of the first one's variance that the others explain. */
  readonly size: number;
}

/** From this share on even the smallest step loosens what is left by more than a twentieth: (1 - 0.96 R²) / (1 - R²) > 1.06. */
const LEAST_EXPLAINED = 0.6;
/** A partial correlation from which on a noise is part of the calculation. */
const LEAST_PART = 0.3;
/** Fewer independent rows for each noise make a chance fit look like a calculation. */
const ROWS_PER_NODE = 20;
/** Keeps noises that are copies of each other invertible. */
const RIDGE = 1e-6;

/**
 * Noises that are all but calculated from the others: of right maps and mechanisms they are independent, R² = 0. With C the
 * correlations of all of them, the others explain R²_j = 1 - 1 / (C^-1)_jj of noise j, and -(C^-1)_jk / sqrt((C^-1)_jj (C^-1)_kk) is
 * its partial correlation with noise k. An arrow left out of a column that is calculated (a sum, a balance before and after) shows
 * here even where no single pair of noises tells it.
 * @param standardised Noises with mean 0 and variance 1 by node, each of shape (n,).
 * @param counts How much each node counts, in (0, 1]: what its causes on the map all but decide, counts little.
 * @param isJudged False for the target, and for nodes whose noises the map lets go together.
 * @param independent Units that the rows are of.
 */
export function calculatedMisfits(
  standardised: readonly Float64Array[],
  counts: readonly number[],
  isJudged: (node: number) => boolean,
  independent: number,
): CalculatedMisfit[] {
  const nodes = [...standardised.keys()].filter((node) => isJudged(node) && standardised[node]!.some((v) => v !== 0));
  const d = nodes.length;
  const rows = standardised[0]?.length ?? 0;
  if (d < 2 || independent < ROWS_PER_NODE * d) return [];
  const correlation = new Float64Array(d * d);
  for (let a = 0; a < d; a++)
    for (let b = 0; b <= a; b++) {
      const [x, y] = [standardised[nodes[a]!]!, standardised[nodes[b]!]!];
      let sum = 0;
      for (let i = 0; i < rows; i++) sum += x[i]! * y[i]!;
      correlation[a * d + b] = sum / rows + (a === b ? RIDGE : 0);
      correlation[b * d + a] = correlation[a * d + b]!;
    }
  const inverse = symmetricInverse(correlation, d);
  return nodes.flatMap((node, a): CalculatedMisfit[] => {
    const size = (1 - 1 / inverse[a * d + a]!) * counts[node]! ** 2;
    if (size < LEAST_EXPLAINED) return [];
    const partial = (b: number) => -inverse[a * d + b]! / Math.sqrt(inverse[a * d + a]! * inverse[b * d + b]!);
    const parts = nodes.filter((other, b) => b !== a && Math.abs(partial(b)) * counts[other]! >= LEAST_PART);
    return parts.length > 0 ? [{ kind: 'calculated', nodes: [node, ...parts], size }] : [];
  });
}
