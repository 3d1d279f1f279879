import { fitLogit } from '../linearFits';
import { logitFamilyFit } from '../logitFamilyFit';
import { defineClassifier } from '../mechanism';
import { softmaxFromJson } from '../softmaxMechanism';

/**
 * The ridge logit on the logarithms of amounts with a long tail: odds that grow as a power of the amount, not as its exponential,
 * so that the law of the amount among rare rows keeps a tail of the same kind.
 */
export const drawnInLogit = defineClassifier({
  id: 'drawn-in-logit',
  label: 'Ridge logit, tails as logarithms',
  child: 'categorical',
  complexity: 2,
  takesLimits: false,
  appliesTo: (input) => input.parents.length > 0 && fitLogit(input, 'drawn-in') !== null,
  fit: (input) =>
    logitFamilyFit(input, fitLogit(input, 'drawn-in')!, 'drawn-in-logit', 'Ridge logit, tails as logarithms'),
  fromJSON: softmaxFromJson,
});
