import { crps } from '../crps';
import { addLinear, designColumns, fitDesign } from '../design';
import { locationScaleFromJson, locationScaleMechanism } from '../locationScale';
import { defineMechanism } from '../mechanism';
import { chooseScale } from '../numericScale';
import { fitResidualDistribution } from '../residualDistribution';
import { ridgeRegression } from '../ridge';
import { transformColumn } from '../transform';
import { spreadOf } from './empirical';

/**
 * g(v) = b0 + b' x(pa) + sigma e: ridge regression on standardised parents, e from the pooled residuals of rows left
 * out of the fit (residuals of fitted rows are too small).
 */
export const linear = defineMechanism({
  id: 'linear',
  label: 'Ridge linear',
  child: 'numeric',
  complexity: 1,
  appliesTo: ({ parents }) => parents.length > 0,
  fit(input) {
    const { values, weights, fold, folds, child, parents, parentColumns, targetParent } = input;
    const scale = chooseScale(input);
    const response = transformColumn(scale.transform, values);
    const design = fitDesign(parents, parentColumns, weights, targetParent);
    const columns = designColumns(design, parentColumns, values.length);
    const mu = new Float64Array(values.length);
    for (let f = 0; f < folds; f++) {
      const train = weights.map((w, i) => (fold[i] === f ? 0 : w));
      const beta = ridgeRegression(columns, response, train, design.penalties);
      const fitted = addLinear(columns, beta, new Float64Array(values.length));
      for (let i = 0; i < values.length; i++) if (fold[i] === f) mu[i] = fitted[i]!;
    }
    const raw = response.map((y, i) => y - mu[i]!);
    const sigma = spreadOf(raw, weights);
    const residuals = fitResidualDistribution(
      raw.map((r) => r / sigma),
      weights,
    );
    const loss = crps(mu, new Float64Array(values.length).fill(sigma), residuals, response);
    const unit = spreadOf(response, weights);
    const coefficients = ridgeRegression(columns, response, weights, design.penalties);
    const mechanism = locationScaleMechanism({
      family: 'linear',
      label: 'Ridge linear',
      child: child.name,
      predictor: { design, coefficients: [coefficients], features: [], rounds: [] },
      sigma,
      residuals,
      ...scale,
    });
    return { mechanism, scores: loss.map((value) => -value / unit) };
  },
  fromJSON: locationScaleFromJson,
});
