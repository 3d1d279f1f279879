import { fitNumeric } from '../linearFits';
import { locationScaleFromJson } from '../locationScale';
import { defineMechanism } from '../mechanism';
import { pooledResidualFit } from '../pooledResidualFit';

/** g(v) = b0 + sum_j f_j(pa_j) + sigma e, each f_j a restricted cubic spline; residuals as for the ridge linear family. */
export const additiveSpline = defineMechanism({
  id: 'additive-spline',
  label: 'Additive spline',
  child: 'numeric',
  complexity: 2,
  takesLimits: true,
  appliesTo: (input) => input.parents.length > 0 && fitNumeric(input, 'bent') !== null,
  fit: (input) => pooledResidualFit(input, fitNumeric(input, 'bent')!, 'additive-spline', 'Additive spline'),
  fromJSON: locationScaleFromJson,
});
