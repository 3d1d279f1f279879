import { fitLogit } from '../linearFits';
import { logitFamilyFit } from '../logitFamilyFit';
import { defineMechanism } from '../mechanism';
import { softmaxFromJson } from '../softmaxMechanism';

/** Ridge logit, multinomial for more than two levels, on standardised parents. */
export const multinomialLogit = defineMechanism({
  id: 'multinomial-logit',
  label: 'Ridge logit',
  child: 'categorical',
  complexity: 2,
  appliesTo: ({ parents }) => parents.length > 0,
  fit: (input) => logitFamilyFit(input, fitLogit(input), 'multinomial-logit', 'Ridge logit'),
  fromJSON: softmaxFromJson,
});
