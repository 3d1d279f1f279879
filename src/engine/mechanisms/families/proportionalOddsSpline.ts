import { newtonStart } from '../linearFits';
import { defineClassifier, type FitInput } from '../mechanism';
import { isOrdered, ordinalFamilyFit, ordinalFromJson } from '../ordinalMechanism';

/** The richest design that is within reach: curves and products, or curves alone. */
const richest = (input: FitInput) =>
  (['crossed', 'bent'] as const).find((shape) => newtonStart(input, shape, 1) !== null);

/** Proportional odds on splines of the numeric parents and products of pairs. */
export const proportionalOddsSpline = defineClassifier({
  id: 'proportional-odds-spline',
  label: 'Proportional odds, curved',
  child: 'categorical',
  complexity: 2,
  takesLimits: true,
  appliesTo: (input) => isOrdered(input) && richest(input) !== undefined,
  fit: (input) => ordinalFamilyFit(input, richest(input)!, 'proportional-odds-spline', 'Proportional odds, curved')!,
  fromJSON: ordinalFromJson,
});
