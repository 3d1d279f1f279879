import { crps } from '../crps';
import { locationScaleFromJson, locationScaleLaw, locationScaleMechanism } from '../locationScale';
import { defineMechanism } from '../mechanism';
import { rangeOf } from '../numericScale';
import { fitResidualDistribution } from '../residualDistribution';
import { spreadOf } from '../spread';

/**
 * Smoothed empirical law: v = Q(u) with Q the weighted quantile function of the column itself,
 * inside the range seen and on the grid seen. The law of a numeric root, and the yardstick
 * of every other family. Never offered to a node with parents: an arrow the expert drew is not dropped because it is weak.
 */
export const empirical = defineMechanism({
  id: 'empirical',
  label: 'Smoothed empirical law',
  child: 'numeric',
  complexity: 0,
  takesLimits: true,
  appliesTo: ({ parents }) => parents.length === 0,
  fit(input) {
    const { values, weights, fold, folds, child, tieBreak } = input;
    const { lower, upper, grid } = rangeOf(values, child.decimals);
    const scores = new Float64Array(values.length);
    const ones = new Float64Array(values.length).fill(1);
    const zeros = new Float64Array(values.length);
    const noise = tieBreak.slice();
    const scale = spreadOf(values, weights);
    for (let f = 0; f < folds; f++) {
      const train = values.filter((_, i) => fold[i] !== f);
      if (train.length === 0) continue;
      const law = fitResidualDistribution(
        train,
        weights.filter((_, i) => fold[i] !== f),
      );
      const loss = crps(zeros, ones, law, values);
      const u = locationScaleLaw({ transform: 'identity', lower, upper, grid, residuals: law }).noise(
        zeros,
        ones,
        values,
        tieBreak,
      );
      for (let i = 0; i < values.length; i++)
        if (fold[i] === f) {
          scores[i] = -loss[i]! / scale;
          noise[i] = u[i]!;
        }
    }
    const mechanism = locationScaleMechanism({
      family: 'empirical',
      label: 'Smoothed empirical law',
      child: child.name,
      transform: 'identity',
      predictor: {
        design: { terms: [], penalties: [0], names: ['(intercept)'] },
        coefficients: [new Float64Array(1)],
        features: [],
        rounds: [],
      },
      sigma: 1,
      residuals: fitResidualDistribution(values, weights),
      lower,
      upper,
      grid,
    });
    return { mechanism, scores, noise };
  },
  fromJSON: locationScaleFromJson,
});
