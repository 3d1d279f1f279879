import { EngineError } from '../../errors';
import { chiSquaredSurvival } from '../../numeric/specialFunctions';
import { defineDependenceTest, type Variable } from '../dependenceTest';
import { linearDesign } from '../design';
import { createRegression, linearResidual } from '../residuals';
import { lengthOf, rowsOf, scoresOf } from '../variable';

/** What regressions of a number in every cell of some categories leave. */
interface CellFits {
  /** 2 log likelihood with residual variances SSR / (m - p), constants apart. */
  readonly likelihood: number;
  /** The same with SSR / m. */
  readonly likelihoodOfSquares: number;
  /** Coefficients and a variance of every cell. */
  readonly parameters: number;
}

/**
 * Tests x independent of y given z by the conditional Gaussian law: in every cell of the categories the number is regressed
 * on the other numbers, with and without x among the explanations; statistic = twice the difference of log likelihoods,
 * residual variances by SSR / (m - p), chi-squared with as many degrees of freedom as coefficients and variances more. It may be
 * slightly negative where there is no link. Effect sqrt(1 - exp(-L / n)), L the statistic with variances SSR / m: |r| for
 * two numbers.
 * @throws EngineError `too-few-rows` where a cell has no more rows than coefficients.
 * @see Probabilistic Networks and Expert Systems, Springer 1999, chapter 7.
 */
export const conditionalGaussian = defineDependenceTest({
  id: 'conditional-gaussian',
  label: 'Conditional Gaussian information',
  assumes: 'straight lines with Gaussian errors, of their own in every cell of the categories',
  appliesTo: (x, y) => x.kind === 'numeric' || y.kind === 'numeric',
  run(x, y, given) {
    const [response, other] = y.kind === 'numeric' ? [y, x] : [x, y];
    const rows = lengthOf(response);
    const without = cellFits(response, given);
    const withOther = cellFits(response, [...given, other]);
    const statistic = withOther.likelihood - without.likelihood;
    const degrees = withOther.parameters - without.parameters;
    const gain = withOther.likelihoodOfSquares - without.likelihoodOfSquares;
    const effect = gain > 0 ? Math.sqrt(-Math.expm1(-gain / rows)) : 0;
    const pValue = degrees > 0 && statistic > 0 ? chiSquaredSurvival(statistic, degrees) : 1;
    return { statistic, pValue, effect, signedEffect: null, rows, note: null };
  },
});

function cellFits(response: Variable, explanations: readonly Variable[]): CellFits {
  const numbers = explanations.filter(({ kind }) => kind === 'numeric');
  const cells = cellsOf(
    explanations.filter(({ kind }) => kind !== 'numeric'),
    lengthOf(response),
  );
  const spread = sumOfSquares(scoresOf(response));
  let [likelihood, likelihoodOfSquares, parameters] = [0, 0, 0];
  for (const cell of cells) {
    const own = numbers.map((variable) => rowsOf(variable, cell));
    const design = linearDesign(own);
    const m = cell.length;
    const p = design.width;
    if (m <= p)
      throw new EngineError(
        'too-few-rows',
        `The conditional Gaussian test needs more than ${p} rows in every cell of the categories, and one has ${m}.`,
        { rows: m },
      );
    const regression = createRegression(design.matrix(own, m), new Float64Array(m).fill(1));
    const residual = linearResidual(regression, scoresOf(rowsOf(response, cell)));
    const squares = residual.reduce((sum, value) => sum + value * value, 0);
    parameters += p + 1;
    // Nothing left to explain: what rounding leaves says nothing.
    if (!(squares > 1e-20 * spread)) continue;
    likelihood -= m * Math.log(squares / (m - p)) + (m - p);
    likelihoodOfSquares -= m * Math.log(squares / m);
  }
  return { likelihood, likelihoodOfSquares, parameters };
}

function sumOfSquares(values: Float64Array): number {
  const mean = values.reduce((sum, value) => sum + value / values.length, 0);
  return values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
}

/** Rows of every combination of levels that occurs, in the order in which they are met. */
function cellsOf(categories: readonly Variable[], rows: number): readonly number[][] {
  const cells = new Map<string, number[]>();
  for (let row = 0; row < rows; row++) {
    const key = categories.map((variable) => scoresOf(variable)[row]).join();
    const known = cells.get(key);
    if (known) known.push(row);
    else cells.set(key, [row]);
  }
  return [...cells.values()];
}
