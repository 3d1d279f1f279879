import { defineDependenceTest } from '../dependenceTest';
import { refuseFewRows } from '../fewRows';
import { pointsOf } from '../kernels/gaussianKernel';
import { kci as kciOf, kciTheta } from '../kernels/kci';
import { drawnSample } from '../subsample';
import { gcm } from './gcm';

const MOST_ROWS = 1000;

/**
 * Tests x independent of y given z by kernels: residuals of kernel ridge regressions on z, compared in the space of all
 * their functions, so that links of any shape show. At most 1,000 rows, drawn at random; the effect is that of the spline
 * residuals, as a kernel statistic has no scale of its own.
 * @throws EngineError `too-few-rows` with fewer than 20 rows.
 * @see Kernel-based conditional independence test and application in causal discovery, UAI 2011, section 3.
 */
export const kci = defineDependenceTest({
  id: 'kci',
  label: 'Kernel conditional independence (KCI)',
  assumes: 'nothing about the shape; conditions that act smoothly',
  appliesTo: (_x, _y, given) => given.length > 0,
  run(x, y, given) {
    const { variables, rows, note } = drawnSample([x, y, ...given], MOST_ROWS);
    refuseFewRows('A kernel test', rows, 20);
    const [a, b, ...conditions] = variables;
    const { effect, signedEffect } = gcm.run(a!, b!, conditions);
    const z = pointsOf(conditions);
    const theta = kciTheta(z);
    const { statistic, pValue } = kciOf(pointsOf([a!]), pointsOf([b!]), z, { x: theta, y: theta, z: theta });
    return { statistic, pValue, effect, signedEffect, rows, note };
  },
});
