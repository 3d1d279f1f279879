import { designColumns, fitDesign } from '../design';
import { defineMechanism } from '../mechanism';
import { softmaxFromJson, softmaxMechanism } from '../softmaxMechanism';
import { linearPredictors, softmax, softmaxRegression } from '../softmaxRegression';

/** Ridge logit, multinomial for more than two levels, on standardised parents. */
export const multinomialLogit = defineMechanism({
  id: 'multinomial-logit',
  label: 'Ridge logit',
  child: 'categorical',
  complexity: 2,
  appliesTo: ({ parents }) => parents.length > 0,
  fit({ values, weights, fold, folds, child, parents, parentColumns, targetParent }) {
    const levels = child.levels!.length;
    const n = values.length;
    const design = fitDesign(parents, parentColumns, weights, targetParent);
    const columns = designColumns(design, parentColumns, n);
    const scores = new Float64Array(n);
    for (let f = 0; f < folds; f++) {
      const train = weights.map((w, i) => (fold[i] === f ? 0 : w));
      const betas = softmaxRegression(columns, values, levels, train, design.penalties);
      const p = softmax(linearPredictors(columns, betas, n), n);
      for (let i = 0; i < n; i++) if (fold[i] === f) scores[i] = Math.log(Math.max(1e-6, p[i * levels + values[i]!]!));
    }
    const coefficients = softmaxRegression(columns, values, levels, weights, design.penalties);
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
