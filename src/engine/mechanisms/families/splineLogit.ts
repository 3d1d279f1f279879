import { fitLogitSplines } from '../linearFits';
import { logitFamilyFit } from '../logitFamilyFit';
import { defineMechanism } from '../mechanism';
import { softmaxFromJson } from '../softmaxMechanism';

/** Ridge logit on restricted cubic splines of the numeric parents, for two or three levels. */
export const splineLogit = defineMechanism({
  id: 'spline-logit',
  label: 'Spline logit',
  child: 'categorical',
  complexity: 3,
  appliesTo: (input) => input.parents.length > 0 && fitLogitSplines(input) !== null,
  fit: (input) => logitFamilyFit(input, fitLogitSplines(input)!, 'spline-logit', 'Spline logit'),
  fromJSON: softmaxFromJson,
});
