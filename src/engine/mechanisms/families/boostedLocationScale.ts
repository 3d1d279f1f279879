import { locationScaleFromJson, locationScaleMechanism } from '../locationScale';
import { fitLocationScale } from '../locationScaleFit';
import { defineMechanism } from '../mechanism';

/** g(v) = mu(pa) + sigma(pa) e, mean and spread boosted: see `fitLocationScale`. A straight-line truth keeps the straight line. */
export const boostedLocationScale = defineMechanism({
  id: 'boosted-location-scale',
  label: 'Boosted mean and spread',
  child: 'numeric',
  complexity: 4,
  takesLimits: true,
  appliesTo: ({ parents, values }) => parents.length > 0 && values.length >= 60,
  fit(input) {
    const { parts, noise, loss } = fitLocationScale(input);
    const mechanism = locationScaleMechanism({
      ...parts,
      family: 'boosted-location-scale',
      label: 'Boosted mean and spread',
      child: input.child.name,
    });
    return { mechanism, scores: loss.map((value) => -value), noise };
  },
  fromJSON: locationScaleFromJson,
});
