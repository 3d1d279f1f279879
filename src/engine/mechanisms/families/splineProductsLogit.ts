import { fitLogit } from '../linearFits';
import { logitFamilyFit } from '../logitFamilyFit';
import { defineClassifier } from '../mechanism';
import { softmaxFromJson } from '../softmaxMechanism';
import { canBeLimited } from './multinomialLogit';

/** The spline logit with the product of every pair of parents. */
export const splineProductsLogit = defineClassifier({
  id: 'spline-products-logit',
  label: 'Logit of splines and products',
  child: 'categorical',
  complexity: 4,
  takesLimits: true,
  appliesTo: (input) => input.parents.length > 1 && canBeLimited(input) && fitLogit(input, 'crossed') !== null,
  fit: (input) =>
    logitFamilyFit(input, fitLogit(input, 'crossed')!, 'spline-products-logit', 'Logit of splines and products'),
  fromJSON: softmaxFromJson,
});
