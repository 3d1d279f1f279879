import { fitNumeric } from '../linearFits';
import { locationScaleFromJson } from '../locationScale';
import { defineMechanism } from '../mechanism';
import { pooledResidualFit } from '../pooledResidualFit';

/**
 * g(v) = b0 + b' x(pa) + sigma e: ridge regression on standardised parents, e from the pooled residuals of rows left
 * out of the fit (residuals of fitted rows are too small).
 */
export const linear = defineMechanism({
  id: 'linear',
  label: 'Ridge linear',
  child: 'numeric',
  complexity: 1,
  takesLimits: true,
  appliesTo: ({ parents }) => parents.length > 0,
  fit: (input) => pooledResidualFit(input, fitNumeric(input, 'straight')!, 'linear', 'Ridge linear'),
  fromJSON: locationScaleFromJson,
});
