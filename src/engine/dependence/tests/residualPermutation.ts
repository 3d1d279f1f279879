import { gather } from '../../numeric/gather';
import { createRng } from '../../rng';
import { canonicalMatrix, pillaiTrace, rmsCanonical, totalMoments } from '../canonical';
import { defineDependenceTest } from '../dependenceTest';
import { splineDesign } from '../design';
import { refuseFewRows } from '../fewRows';
import { permutationShare } from '../permutation';
import { createRegression, residualColumns } from '../residuals';
import { drawnSample } from '../subsample';

const MOST_ROWS = 2000;
const DRAWS = 999;

/**
 * Tests x independent of y given z by Pillai's trace of spline residuals with its law from 999 random orders of the
 * residuals of y: no normal law is needed, so that it serves small samples. At most 2,000 rows, drawn at random.
 * @throws EngineError `too-few-rows` with fewer than 4 rows more than design columns.
 * @see Permutation inference for the general linear model, NeuroImage 92 (2014), Freedman-Lane procedure.
 */
export const residualPermutation = defineDependenceTest({
  id: 'residual-permutation',
  label: 'Residual association (permutation)',
  assumes: 'smooth effects of the conditions that add up; errors alike in all rows',
  appliesTo: () => true,
  run(x, y, given) {
    const { variables, rows, note } = drawnSample([x, y, ...given], MOST_ROWS);
    const [a, b, ...conditions] = variables;
    const design = splineDesign(conditions, rows);
    refuseFewRows('A residual test', rows, design.width + 4);
    const weights = new Float64Array(rows).fill(1);
    const regression = createRegression(design.matrix(conditions, rows), weights);
    const residualX = residualColumns(regression, a!, 'logistic');
    const residualY = residualColumns(regression, b!, 'logistic');
    const canonicalFor = (columns: readonly Float64Array[]) =>
      canonicalMatrix(totalMoments([...residualX, ...columns], weights), residualX.length, residualY.length);
    const canonical = canonicalFor(residualY);
    const traceFor = (order: Int32Array) => pillaiTrace(canonicalFor(residualY.map((column) => gather(column, order))));
    const isDefined = Math.min(canonical.rankX, canonical.rankY) > 0;
    return {
      statistic: pillaiTrace(canonical),
      pValue: isDefined ? permutationShare(rows, DRAWS, createRng(0, 'residual-permutation'), traceFor) : 1,
      effect: rmsCanonical(canonical),
      signedEffect: residualX.length === 1 && residualY.length === 1 ? canonical.matrix[0]! : null,
      rows,
      note: [note, `p from ${DRAWS} random orders.`].filter((part) => part !== null).join(' '),
    };
  },
});
