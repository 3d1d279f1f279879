import type { Mechanism, MechanismCard, MechanismFamily, MechanismJson, ParentColumns } from './mechanism';
import { type Predictor, type PredictorJson, predict, predictorFromJson, predictorToJson } from './predictor';
import { type ResidualDistribution, residualCdf, residualLogDensity, residualQuantile } from './residualDistribution';
import { backward, forward, logJacobian, type Transform } from './transform';

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

/** The mechanism with these parts. On a grid an atom's interval of noises is that of its rounding cell. */
export function locationScaleMechanism(parts: LocationScale): Mechanism {
  const { predictor, residuals, transform, grid } = parts;
  // Rounding to the grid reaches half a step beyond the bounds, except where the transform ends.
  const low = boundOf(parts.lower - grid / 2, transform);
  const high = boundOf(parts.upper + grid / 2, transform);

  const prepare = (parents: ParentColumns, rows: number) => {
    const [mu, logSigma] = predict(predictor, parents, rows);
    return { mu: mu!, sigma: (i: number) => (logSigma ? parts.sigma * Math.exp(logSigma[i]!) : parts.sigma) };
  };
  const cut = (mu: number, sigma: number) => {
    const from = low === -Infinity ? 0 : residualCdf(residuals, (low - mu) / sigma);
    const to = high === Infinity ? 1 : residualCdf(residuals, (high - mu) / sigma);
    return to - from > 1e-9 ? { from, width: to - from } : { from: 0, width: 1 };
  };
  const cdf = (v: number, mu: number, sigma: number, from: number, width: number) => {
    if (transform === 'log' && v <= 0) return 0;
    return (residualCdf(residuals, (forward(transform, v) - mu) / sigma) - from) / width;
  };
  const toGrid = (v: number) => {
    const rounded = Math.round((v - parts.lower) / grid) * grid + parts.lower;
    return Math.min(parts.upper, Math.max(parts.lower, rounded));
  };

  return {
    family: parts.family,
    quantile(parents, noise) {
      const { mu, sigma } = prepare(parents, noise.length);
      return noise.map((u, i) => {
        const s = sigma(i);
        const { from, width } = cut(mu[i]!, s);
        const e = residualQuantile(residuals, insideUnit(from + u * width));
        const v = backward(transform, mu[i]! + s * e);
        return grid > 0 ? toGrid(v) : Math.min(parts.upper, Math.max(parts.lower, v));
      });
    },
    noise(parents, values, tieBreak) {
      const { mu, sigma } = prepare(parents, values.length);
      return values.map((v, i) => {
        const s = sigma(i);
        const { from, width } = cut(mu[i]!, s);
        if (grid === 0) return insideUnit(cdf(v, mu[i]!, s, from, width));
        const a = v <= parts.lower ? 0 : insideUnit(cdf(v - grid / 2, mu[i]!, s, from, width));
        const b = v >= parts.upper ? 1 : insideUnit(cdf(v + grid / 2, mu[i]!, s, from, width));
        return insideUnit(a + tieBreak[i]! * (b - a));
      });
    },
    logDensity(parents, values) {
      const { mu, sigma } = prepare(parents, values.length);
      return values.map((v, i) => {
        const s = sigma(i);
        const { from, width } = cut(mu[i]!, s);
        if (v < parts.lower || v > parts.upper) return -Infinity;
        if (grid > 0) {
          const a = v <= parts.lower ? 0 : cdf(v - grid / 2, mu[i]!, s, from, width);
          const b = v >= parts.upper ? 1 : cdf(v + grid / 2, mu[i]!, s, from, width);
          return Math.log(Math.max(1e-300, b - a));
        }
        const e = (forward(transform, v) - mu[i]!) / s;
        return residualLogDensity(residuals, e) - Math.log(s * width) + logJacobian(transform, v);
      });
    },
    card: () => cardOf(parts),
    toJSON: () => ({
      family: parts.family,
      parts: {
        ...parts,
        predictor: predictorToJson(predictor),
        residuals: { ...residuals, knots: Array.from(residuals.knots) },
      },
    }),
  };
}

const boundOf = (v: number, transform: Transform): number =>
  transform === 'log' ? (v > 0 ? Math.log(v) : -Infinity) : v;

function cardOf({ family, label, child, transform, predictor, sigma, lower, upper }: LocationScale): MechanismCard {
  const { design, coefficients, rounds } = predictor;
  const name = transform === 'log' ? `log ${child}` : child;
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
