import type { Mechanism, MechanismCard, MechanismFamily, MechanismJson, ParentColumns } from './mechanism';
import { type Predictor, type PredictorJson, predict, predictorFromJson, predictorToJson } from './predictor';
import { type ResidualDistribution, residualCdf, residualLogDensity, residualQuantile } from './residualDistribution';
import { backward, forward, forwardBound, logJacobian, type Transform } from './transform';

/** Noises are kept this far from 0 and 1: beyond it the Gaussianised noise would be infinite. */
const NOISE_EDGE = 1e-12;
export const insideUnit = (u: number): number => Math.min(1 - NOISE_EDGE, Math.max(NOISE_EDGE, u));

/**
 * v = g^-1(mu(pa) + sigma(pa) e), e from a pooled law of standardised residuals, truncated to [lower, upper] and,
 * where `grid` > 0, rounded to multiples of it.
 */
export interface LocationScale {
  readonly family: MechanismFamily;
  readonly label: string;
  readonly child: string;
  readonly transform: Transform;
  /** Output 0 is mu; output 1, where there is one, log sigma. */
  readonly predictor: Predictor;
  readonly sigma: number;
  readonly residuals: ResidualDistribution;
  /** Range seen in the data: the noise law is cut there, so no value is ever clipped to a bound. */
  readonly lower: number;
  readonly upper: number;
  readonly grid: number;
}

type Law = Pick<LocationScale, 'transform' | 'residuals' | 'lower' | 'upper' | 'grid'>;

/**
 * The law of g^-1(mu + sigma e) for given mu and sigma of each row, shape (n,). On a grid an atom's interval of noises is that of
 * its rounding cell.
 */
export function locationScaleLaw(law: Law) {
  const { residuals, transform, grid, lower, upper } = law;
  // Rounding to the grid reaches half a step beyond the bounds, except where the transform ends; a bounded one needs no cut.
  const isBounded = typeof transform === 'object';
  const low = isBounded ? -Infinity : forwardBound(transform, lower - grid / 2);
  const high = isBounded ? Infinity : forwardBound(transform, upper + grid / 2);
  const cut = (mu: number, sigma: number) => {
    const from = low === -Infinity ? 0 : residualCdf(residuals, (low - mu) / sigma);
    const to = high === Infinity ? 1 : residualCdf(residuals, (high - mu) / sigma);
    return to - from > 1e-9 ? { from, width: to - from } : { from: 0, width: 1 };
  };
  const cdf = (v: number, mu: number, sigma: number, from: number, width: number) => {
    const t = forwardBound(transform, v);
    if (Math.abs(t) === Infinity) return t > 0 ? 1 : 0;
    return (residualCdf(residuals, (t - mu) / sigma) - from) / width;
  };
  const toGrid = (v: number) => Math.min(upper, Math.max(lower, Math.round((v - lower) / grid) * grid + lower));
  return {
    quantile: (mu: Float64Array, sigma: Float64Array, noise: Float64Array): Float64Array =>
      noise.map((u, i) => {
        const { from, width } = cut(mu[i]!, sigma[i]!);
        const e = residualQuantile(residuals, insideUnit(from + u * width));
        const v = backward(transform, mu[i]! + sigma[i]! * e);
        if (grid > 0) return toGrid(v);
        return isBounded ? v : Math.min(upper, Math.max(lower, v));
      }),
    noise: (mu: Float64Array, sigma: Float64Array, values: Float64Array, tieBreak: Float64Array): Float64Array =>
      values.map((v, i) => {
        const s = sigma[i]!;
        const { from, width } = cut(mu[i]!, s);
        if (grid === 0) return insideUnit(cdf(v, mu[i]!, s, from, width));
        const a = v <= lower ? 0 : insideUnit(cdf(v - grid / 2, mu[i]!, s, from, width));
        const b = v >= upper ? 1 : insideUnit(cdf(v + grid / 2, mu[i]!, s, from, width));
        return insideUnit(a + tieBreak[i]! * (b - a));
      }),
    logDensity: (mu: Float64Array, sigma: Float64Array, values: Float64Array): Float64Array =>
      values.map((v, i) => {
        const s = sigma[i]!;
        const { from, width } = cut(mu[i]!, s);
        if (isBounded ? v <= transform.low || v >= transform.high : v < lower || v > upper) return -Infinity;
        if (grid > 0) {
          const a = v <= lower ? 0 : cdf(v - grid / 2, mu[i]!, s, from, width);
          const b = v >= upper ? 1 : cdf(v + grid / 2, mu[i]!, s, from, width);
          return Math.log(Math.max(1e-300, b - a));
        }
        const e = (forward(transform, v) - mu[i]!) / s;
        return residualLogDensity(residuals, e) - Math.log(s * width) + logJacobian(transform, v);
      }),
  };
}

/** The mechanism with these parts. */
export function locationScaleMechanism(parts: LocationScale): Mechanism {
  const { predictor } = parts;
  const law = locationScaleLaw(parts);
  const prepare = (parents: ParentColumns, rows: number): [Float64Array, Float64Array] => {
    const [mu, logSigma] = predict(predictor, parents, rows);
    const sigma = logSigma?.map((value) => parts.sigma * Math.exp(value)) ?? new Float64Array(rows).fill(parts.sigma);
    return [mu!, sigma];
  };
  return {
    family: parts.family,
    quantile: (parents, noise) => law.quantile(...prepare(parents, noise.length), noise),
    noise: (parents, values, tieBreak) => law.noise(...prepare(parents, values.length), values, tieBreak),
    logDensity: (parents, values) => law.logDensity(...prepare(parents, values.length), values),
    card: () => cardOf(parts),
    toJSON: () => ({
      family: parts.family,
      parts: {
        ...parts,
        predictor: predictorToJson(predictor),
        residuals: { ...parts.residuals, knots: Array.from(parts.residuals.knots) },
      },
    }),
  };
}

function cardOf({ family, label, child, transform, predictor, sigma, lower, upper }: LocationScale): MechanismCard {
  const { design, coefficients, rounds } = predictor;
  const name =
    transform === 'identity' ? child : transform === 'log' ? `log ${child}` : `logit of ${child} in its range`;
  const terms = design.names.map((term, j) => ({ name: term, value: coefficients[0]![j]! }));
  const trees = rounds.length > 0 ? ` + ${rounds.length} trees` : '';
  const spread = coefficients.length > 1 ? 'spread(parents)' : sigma.toPrecision(3);
  return {
    family,
    label,
    equation: `${name} = ${linearText(terms)}${trees} + ${spread} x noise, kept in [${lower}, ${upper}]`,
    terms,
  };
}

/** "1.2 + 0.5 age - 0.3 sex=male", with numbers on the standardised scale of the design. */
export function linearText(terms: readonly { readonly name: string; readonly value: number }[]): string {
  return terms
    .map(({ name, value }, j) => {
      const size = Math.abs(value).toPrecision(3);
      const text = j === 0 ? size : `${size} ${name}`;
      return j === 0 ? (value < 0 ? `-${text}` : text) : `${value < 0 ? '-' : '+'} ${text}`;
    })
    .join(' ');
}

export function locationScaleFromJson(json: MechanismJson): Mechanism {
  const parts = json.parts as Omit<LocationScale, 'predictor' | 'residuals'> & {
    predictor: PredictorJson;
    residuals: { knots: number[]; lowerScale: number; upperScale: number };
  };
  return locationScaleMechanism({
    ...parts,
    predictor: predictorFromJson(parts.predictor),
    residuals: { ...parts.residuals, knots: Float64Array.from(parts.residuals.knots) },
  });
}
