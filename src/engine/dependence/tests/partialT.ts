import { defineDependenceTest } from '../dependenceTest';
import { linearPartial, partialResultByT } from '../linearPartial';
import { isOneColumn } from '../variable';

/**
 * Tests x independent of y given z: t = r sqrt(d / (1 - r²)) with d = n - 2 - k degrees of freedom, exact for Gaussian
 * columns at any n; r and k as in the Fisher z test.
 * @throws EngineError `too-few-rows` unless n > k + 3, `unsupported-column` for a category with more than two levels.
 * @see The distribution of the partial correlation coefficient, Metron 3 (1924).
 */
export const partialT = defineDependenceTest({
  id: 'partial-t',
  label: 'Partial correlation (t)',
  assumes: 'straight lines with Gaussian errors',
  appliesTo: (x, y) => isOneColumn(x) && isOneColumn(y),
  run: (x, y, given) => partialResultByT(linearPartial(x, y, given, 4)),
});
