import { defineDependenceTest } from '../dependenceTest';
import { runPillai } from '../pillaiTest';

/**
 * Tests x independent of y given z by Pillai's trace of linear residuals (indicators for categories, scores for orders),
 * with the degrees of freedom of a partial MANOVA.
 * @throws EngineError `too-few-rows` where no degrees of freedom are left.
 * @see A simple unified approach to testing high-dimensional conditional independences for categorical and ordinal data,
 * AAAI 2023, section 3.
 */
export const pillai = defineDependenceTest({
  id: 'pillai',
  label: 'Residual association (Pillai)',
  assumes: 'straight-line effects of the conditions',
  appliesTo: () => true,
  run: (x, y, given) => runPillai(x, y, given, 'linear'),
});
