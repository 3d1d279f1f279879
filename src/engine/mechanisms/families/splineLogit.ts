import { fitLogit } from '../linearFits';
import { logitFamilyFit } from '../logitFamilyFit';
import { defineClassifier } from '../mechanism';
import { softmaxFromJson } from '../softmaxMechanism';
import { canBeLimited } from './multinomialLogit';

/** Ridge logit on restricted cubic splines of the numeric parents. */
export const splineLogit = defineClassifier({
  id: 'spline-logit',
  label: 'Spline logit',
  child: 'categorical',
  complexity: 3,
  takesLimits: true,
  appliesTo: (input) => input.parents.length > 0 && canBeLimited(input) && fitLogit(input, 'bent') !== null,
  fit: (input) => logitFamilyFit(input, fitLogit(input, 'bent')!, 'spline-logit', 'Spline logit'),
  fromJSON: softmaxFromJson,
});
