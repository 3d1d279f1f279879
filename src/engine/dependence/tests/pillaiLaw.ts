import { defineDependenceTest } from '../dependenceTest';
import { runPillai } from '../pillaiTest';

/**
 * Tests x independent of y given z by Pillai's trace of residuals from a law of each kind: logistic for the levels of a
 * category, proportional odds on the probability scale for an order, linear for numbers.
 * @throws EngineError `too-few-rows` where no degrees of freedom are left.
 * @see A simple unified approach to testing high-dimensional conditional independences for categorical and ordinal data,
 * AAAI 2023, section 3; A new residual for ordinal outcomes, Biometrika 99 (2012).
 */
export const pillaiLaw = defineDependenceTest({
  id: 'pillai-law',
  label: 'Residual association, by kind (Pillai)',
  assumes: 'straight-line effects of the conditions on log odds and means',
  appliesTo: () => true,
  run: (x, y, given) => runPillai(x, y, given, 'logistic'),
});
