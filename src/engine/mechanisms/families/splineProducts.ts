import { fitNumeric } from '../linearFits';
import { locationScaleFromJson } from '../locationScale';
import { defineMechanism } from '../mechanism';
import { pooledResidualFit } from '../pooledResidualFit';

/** The additive spline with the product of every pair of parents: one effect may depend on the value of another parent. */
export const splineProducts = defineMechanism({
  id: 'spline-products',
  label: 'Splines and products',
  child: 'numeric',
  complexity: 3,
  takesLimits: true,
  appliesTo: (input) => input.parents.length > 1 && fitNumeric(input, 'crossed') !== null,
  fit: (input) => pooledResidualFit(input, fitNumeric(input, 'crossed')!, 'spline-products', 'Splines and products'),
  fromJSON: locationScaleFromJson,
});
