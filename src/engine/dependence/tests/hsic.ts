import { defineDependenceTest } from '../dependenceTest';
import { refuseFewRows } from '../fewRows';
import { medianTheta, pointsOf } from '../kernels/gaussianKernel';
import { hsic as hsicOf } from '../kernels/hsic';
import { drawnSample } from '../subsample';
import { gcm } from './gcm';

const MOST_ROWS = 1000;

/**
 * Tests x independent of y by the Hilbert-Schmidt criterion with Gaussian kernels of the median width: sees links of any
 * shape. At most 1,000 rows, drawn at random; the effect is the correlation, as a kernel
 * statistic has no scale of its own.
 * @throws EngineError `too-few-rows` with fewer than 10 rows.
 * @see A kernel statistical test of independence, NIPS 20 (2008), section 3.
 */
export const hsic = defineDependenceTest({
  id: 'hsic',
  label: 'Kernel independence (HSIC)',
  assumes: 'nothing about the shape; no conditions',
  appliesTo: (_x, _y, given) => given.length === 0,
  run(x, y) {
    const { variables, rows, note } = drawnSample([x, y], MOST_ROWS);
    refuseFewRows('A kernel test', rows, 10);
    const [a, b] = variables.map((variable) => pointsOf([variable]));
    const { statistic, pValue } = hsicOf(a!, b!, medianTheta(a!), medianTheta(b!));
    const { effect, signedEffect } = gcm.run(variables[0]!, variables[1]!, []);
    return { statistic, pValue, effect, signedEffect, rows, note };
  },
});
