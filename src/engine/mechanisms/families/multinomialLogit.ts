import { fitLogit } from '../linearFits';
import { logitFamilyFit } from '../logitFamilyFit';
import { defineClassifier, type FitInput } from '../mechanism';
import { softmaxFromJson } from '../softmaxMechanism';

/** Limits order the levels, which only two levels have by themselves. */
export const canBeLimited = ({ child, limits }: FitInput): boolean => limits.length === 0 || child.levels!.length === 2;

/** Ridge logit, multinomial for more than two levels, on standardised parents. */
export const multinomialLogit = defineClassifier({
  id: 'multinomial-logit',
  label: 'Ridge logit',
  child: 'categorical',
  complexity: 2,
  takesLimits: true,
  appliesTo: (input) => input.parents.length > 0 && canBeLimited(input),
  fit: (input) => logitFamilyFit(input, fitLogit(input, 'straight')!, 'multinomial-logit', 'Ridge logit'),
  fromJSON: softmaxFromJson,
});
