import { fitLogit } from '../linearFits';
import { defineMechanism } from '../mechanism';
import { softmaxFromJson, softmaxMechanism } from '../softmaxMechanism';
import { softmax } from '../softmaxRegression';

/** Ridge logit, multinomial for more than two levels, on standardised parents. */
export const multinomialLogit = defineMechanism({
  id: 'multinomial-logit',
  label: 'Ridge logit',
  child: 'categorical',
  complexity: 2,
  appliesTo: ({ parents }) => parents.length > 0,
  fit(input) {
    const { values, fold, child } = input;
    const levels = child.levels!.length;
    const { design, coefficients, foldPredictors } = fitLogit(input);
    const scores = new Float64Array(values.length);
    foldPredictors.forEach((predictors, f) => {
      const p = softmax(predictors, values.length);
      for (let i = 0; i < values.length; i++)
        if (fold[i] === f) scores[i] = Math.log(Math.max(1e-6, p[i * levels + values[i]!]!));
    });
    const mechanism = softmaxMechanism({
      family: 'multinomial-logit',
      label: 'Ridge logit',
      child: child.name,
      levels: child.levels!,
      predictor: { design, coefficients, features: [], rounds: [] },
    });
    return { mechanism, scores };
  },
  fromJSON: softmaxFromJson,
});
