import { categoricalFit, categoricalMechanism } from '../classifier';
import { type CountParts, countCard, countLaw, fitCounts } from '../countMechanism';
import { type CategoricalMechanism, defineClassifier } from '../mechanism';

/** A count with few values, learned as a choice among them: Poisson or negative binomial, cut at the highest one seen. */
export const countLevels = defineClassifier({
  id: 'count-levels',
  label: 'Count',
  child: 'categorical',
  complexity: 1,
  takesLimits: true,
  appliesTo: ({ firstCount, parents }) => firstCount !== null && parents.length > 0,
  fit(input) {
    const { parts, probabilities } = fitCounts(input, input.values, input.child.levels!.length - 1);
    const mechanism = levelsMechanism({
      ...parts,
      family: 'count-levels',
      child: input.child.name,
      first: input.firstCount!,
    });
    return categoricalFit(input, mechanism, probabilities);
  },
  fromJSON: (json) => levelsMechanism(json.parts as CountParts),
});

const levelsMechanism = (parts: CountParts): CategoricalMechanism =>
  categoricalMechanism(
    'count-levels',
    countLaw(parts),
    () => countCard(parts),
    () => ({ family: 'count-levels', parts }),
  );
