import { crps } from '../crps';
import { fitNumeric } from '../linearFits';
import { locationScaleFromJson, locationScaleMechanism } from '../locationScale';
import { defineMechanism } from '../mechanism';
import { fitResidualDistribution } from '../residualDistribution';
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
    const { values, weights, fold, child } = input;
    const { scale, response, design, coefficients, foldPredictions } = fitNumeric(input);
    const mu = values.map((_, i) => foldPredictions[fold[i]!]![i]!);
    const raw = response.map((y, i) => y - mu[i]!);
    const sigma = spreadOf(raw, weights);
    const residuals = fitResidualDistribution(
      raw.map((r) => r / sigma),
      weights,
    );
    const loss = crps(mu, new Float64Array(values.length).fill(sigma), residuals, response);
    const unit = spreadOf(response, weights);
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
