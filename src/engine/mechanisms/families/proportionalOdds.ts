import { defineClassifier } from '../mechanism';
import { isOrdered, ordinalFamilyFit, ordinalFromJson } from '../ordinalMechanism';

/** logit P(v <= level) = threshold - b' x(pa) for ordered levels: one effect a parent, whatever the number of levels. */
export const proportionalOdds = defineClassifier({
  id: 'proportional-odds',
  label: 'Proportional odds',
  child: 'categorical',
  complexity: 1,
  takesLimits: true,
  appliesTo: isOrdered,
  fit: (input) => ordinalFamilyFit(input, 'straight', 'proportional-odds', 'Proportional odds')!,
  fromJSON: ordinalFromJson,
});
