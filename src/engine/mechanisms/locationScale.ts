import type { Mechanism, MechanismCard, MechanismFamily, MechanismJson, ParentColumns } from './mechanism';
import { type Predictor, type PredictorJson, predict, predictorFromJson, predictorToJson } from './predictor';
import {
  type ResidualDistribution,
  residualCdf,
  residualCdfInPlace,
  residualLogDensity,
  residualQuantileInPlace,
} from './residualDistribution';
import { backwardInPlace, forward, forwardBound, logJacobian, type Transform } from './transform';

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

/** A cut that leaves less of the noise law is no cut. */
const LEAST_WIDTH = 1e-9;

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
  /** Start and width of the part of the noise law that is left, of the row asked for last: rows without parents share it. */
  const left = { mu: Number.NaN, sigma: Number.NaN, from: 0, width: 1 };
  const cut = (mu: number, sigma: number) => {
    if (mu === left.mu && sigma === left.sigma) return;
    left.mu = mu;
    left.sigma = sigma;
    const from = low === -Infinity ? 0 : residualCdf(residuals, (low - mu) / sigma);
    const to = high === Infinity ? 1 : residualCdf(residuals, (high - mu) / sigma);
    const isWide = to - from > LEAST_WIDTH;
    left.from = isWide ? from : 0;
    left.width = isWide ? to - from : 1;
  };
  /** Distribution function after the cut, of the row `cut` was asked for last. */
  const cdf = (v: number) => {
    const t = forwardBound(transform, v);
    if (Math.abs(t) === Infinity) return t > 0 ? 1 : 0;
    return (residualCdf(residuals, (t - left.mu) / left.sigma) - left.from) / left.width;
  };
  /** Share of every row's noises below a bound; `none` where the bound is infinite. */
  const below = (bound: number, mu: Float64Array, sigma: Float64Array, none: number): Float64Array => {
    const out = new Float64Array(mu.length);
    if (Math.abs(bound) === Infinity) return out.fill(none);
    for (let i = 0; i < out.length; i++) out[i] = (bound - mu[i]!) / sigma[i]!;
    residualCdfInPlace(residuals, out);
    return out;
  };
  const toGrid = (v: number) => Math.min(upper, Math.max(lower, Math.round((v - lower) / grid) * grid + lower));
  return {
    quantile(mu: Float64Array, sigma: Float64Array, noise: Float64Array): Float64Array {
      const out = new Float64Array(noise.length);
      const from = below(low, mu, sigma, 0);
      const to = below(high, mu, sigma, 1);
      for (let i = 0; i < out.length; i++) {
        const width = to[i]! - from[i]!;
        const isWide = width > LEAST_WIDTH;
        out[i] = insideUnit(isWide ? from[i]! + noise[i]! * width : noise[i]!);
      }
      residualQuantileInPlace(residuals, out);
      for (let i = 0; i < out.length; i++) out[i] = mu[i]! + sigma[i]! * out[i]!;
      backwardInPlace(transform, out);
      if (grid > 0) for (let i = 0; i < out.length; i++) out[i] = toGrid(out[i]!);
      else if (!isBounded) for (let i = 0; i < out.length; i++) out[i] = Math.min(upper, Math.max(lower, out[i]!));
      return out;
    },
    noise(mu: Float64Array, sigma: Float64Array, values: Float64Array, tieBreak: Float64Array): Float64Array {
      const out = new Float64Array(values.length);
      for (let i = 0; i < out.length; i++) {
        const v = values[i]!;
        cut(mu[i]!, sigma[i]!);
        if (grid === 0) {
          out[i] = insideUnit(cdf(v));
          continue;
        }
        const a = v <= lower ? 0 : insideUnit(cdf(v - grid / 2));
        const b = v >= upper ? 1 : insideUnit(cdf(v + grid / 2));
        out[i] = insideUnit(a + tieBreak[i]! * (b - a));
      }
      return out;
    },
    logDensity(mu: Float64Array, sigma: Float64Array, values: Float64Array): Float64Array {
      const out = new Float64Array(values.length);
      for (let i = 0; i < out.length; i++) {
        const v = values[i]!;
        if (isBounded ? v <= transform.low || v >= transform.high : v < lower || v > upper) {
          out[i] = -Infinity;
          continue;
        }
        cut(mu[i]!, sigma[i]!);
        if (grid > 0) {
          const a = v <= lower ? 0 : cdf(v - grid / 2);
          const b = v >= upper ? 1 : cdf(v + grid / 2);
          out[i] = Math.log(Math.max(1e-300, b - a));
        } else {
          const e = (forward(transform, v) - mu[i]!) / sigma[i]!;
          out[i] = residualLogDensity(residuals, e) - Math.log(sigma[i]! * left.width) + logJacobian(transform, v);
        }
      }
      return out;
    },
  };
}

/** The mechanism with these parts. */
export function locationScaleMechanism(parts: LocationScale): Mechanism {
  const { predictor } = parts;
  const law = locationScaleLaw(parts);
  const prepare = (parents: ParentColumns, rows: number): [Float64Array, Float64Array] => {
    const [mu, logSigma] = predict(predictor, parents, rows);
    const sigma = logSigma ?? new Float64Array(rows).fill(parts.sigma);
    if (logSigma) for (let i = 0; i < rows; i++) sigma[i] = parts.sigma * Math.exp(sigma[i]!);
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
