import { crps } from './crps';
import type { NumericFits } from './linearFits';
import { locationScaleLaw, locationScaleMechanism } from './locationScale';
import type { FamilyFit, FitInput, MechanismFamily } from './mechanism';
import { fitResidualDistribution } from './residualDistribution';
import { spreadOf } from './spread';

/** A mechanism with one spread for all rows: an additive mean plus the pooled residuals of rows left out of the fit. */
export function pooledResidualFit(
  { values, weights, fold, child, tieBreak }: FitInput,
  { scale, response, design, coefficients, foldPredictions }: NumericFits,
  family: MechanismFamily,
  label: string,
): FamilyFit {
  const mu = values.map((_, i) => foldPredictions[fold[i]!]![i]!);
  const raw = response.map((y, i) => y - mu[i]!);
  const sigma = spreadOf(raw, weights);
  const residuals = fitResidualDistribution(
    raw.map((r) => r / sigma),
    weights,
  );
  const sigmas = new Float64Array(values.length).fill(sigma);
  const loss = crps(mu, sigmas, residuals, response);
  const unit = spreadOf(response, weights);
  const mechanism = locationScaleMechanism({
    family,
    label,
    child: child.name,
    predictor: { design, coefficients: [coefficients], features: [], rounds: [] },
    sigma,
    residuals,
    ...scale,
  });
  return {
    mechanism,
    scores: loss.map((value) => -value / unit),
    noise: locationScaleLaw({ ...scale, residuals }).noise(mu, sigmas, values, tieBreak),
  };
}
