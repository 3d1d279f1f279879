import betainc from '@stdlib/math-base-special-betainc';
import gammainc from '@stdlib/math-base-special-gammainc';
import { normalCdf, normalLogDensity, normalQuantile } from './normal';

/** A continuous law on the line. `quantile` and `cdf` are inverse to about 1e-8. */
export interface Law {
  quantile(u: number): number;
  cdf(v: number): number;
  /** log density, nats; -Infinity outside the support. */
  logDensity(v: number): number;
}

/**
 * Inverts an increasing cdf on (low, high) by Newton steps kept inside a shrinking bracket, so that it converges from any
 * start, also where the density is tiny.
 */
function invert(law: Omit<Law, 'quantile'>, u: number, low: number, high: number, start: number): number {
  let [a, b, x] = [low, high, start];
  for (let step = 0; step < 100; step++) {
    const error = law.cdf(x) - u;
    if (error > 0) b = x;
    else a = x;
    let next = x - error / Math.exp(law.logDensity(x));
    if (!(next > a && next < b)) next = (a + b) / 2;
    if (Math.abs(next - x) <= 1e-13 * Math.max(1, Math.abs(x))) return next;
    x = next;
  }
  return x;
}

const REACH = 6;
const KNOTS = 600;

/**
 * The quantile function as a cubic Hermite spline in z = Phi^-1(u), knots and slopes dv/dz = phi(z) / density(v) from exact
 * inversion; beyond six standard units it is inverted exactly. Inversion alone costs many evaluations of a series a draw.
 */
function tabled(law: Omit<Law, 'quantile'>, low: number, high: number, start: number): Law {
  const exact = (u: number) => invert(law, u, low, high, start);
  const step = (2 * REACH) / (KNOTS - 1);
  let table: { readonly values: Float64Array; readonly slopes: Float64Array } | null = null;
  const fill = () => {
    const values = new Float64Array(KNOTS);
    const slopes = new Float64Array(KNOTS);
    let latest = start;
    for (let k = 0; k < KNOTS; k++) {
      const z = k * step - REACH;
      latest = invert(law, normalCdf(z), low, high, latest);
      values[k] = latest;
      slopes[k] = Math.exp(normalLogDensity(z) - law.logDensity(latest));
    }
    return { values, slopes };
  };
  return {
    ...law,
    quantile(u) {
      const z = normalQuantile(u);
      if (!(Math.abs(z) < REACH)) return exact(u);
      table ??= fill();
      const { values, slopes } = table;
      const k = Math.min(KNOTS - 2, Math.floor((z + REACH) / step));
      const t = (z + REACH) / step - k;
      const s = 1 - t;
      return (
        values[k]! * (1 + 2 * t) * s * s +
        slopes[k]! * step * t * s * s +
        values[k + 1]! * (3 - 2 * t) * t * t -
        slopes[k + 1]! * step * t * t * s
      );
    },
  };
}

/** Gamma(shape, scale), shape >= 1: density v^(shape - 1) exp(-v / scale) / (Gamma(shape) scale^shape), v > 0. */
export function gammaLaw(shape: number, scale: number): Law {
  const logNorm = logGamma(shape) + shape * Math.log(scale);
  const law = {
    cdf: (v: number) => (v <= 0 ? 0 : gammainc(v / scale, shape)),
    logDensity: (v: number) => (v <= 0 ? -Infinity : (shape - 1) * Math.log(v) - v / scale - logNorm),
  };
  // Chernoff: P(V > m t) <= (t e^(1 - t))^shape, with m the mean; t = 60 leaves nothing that a double could tell from 1.
  return tabled(law, 0, shape * scale * 60, shape * scale);
}

/** Exponential with the given mean. */
export const exponentialLaw = (mean: number): Law => ({
  quantile: (u) => -mean * Math.log1p(-u),
  cdf: (v) => (v <= 0 ? 0 : -Math.expm1(-v / mean)),
  logDensity: (v) => (v < 0 ? -Infinity : -v / mean - Math.log(mean)),
});

/** Beta(a, b) on (0, 1), a and b >= 1. */
export function betaLaw(a: number, b: number): Law {
  const logNorm = logGamma(a) + logGamma(b) - logGamma(a + b);
  const law = {
    cdf: (v: number) => (v <= 0 ? 0 : v >= 1 ? 1 : betainc(v, a, b)),
    logDensity: (v: number) =>
      v <= 0 || v >= 1 ? -Infinity : (a - 1) * Math.log(v) + (b - 1) * Math.log1p(-v) - logNorm,
  };
  return tabled(law, 0, 1, a / (a + b));
}

/**
 * Von Mises law of an hour of the day, cut open at midnight: density exp(kappa cos(angle)) / (24 I0(kappa)) on [0, 24),
 * angle = 2 pi (v - peak) / 24.
 * @see Directional Statistics, Mardia and Jupp, Wiley (2000), section 3.5.4: the series of the distribution function.
 */
export function hourLaw(peak: number, kappa: number): Law {
  const turn = (2 * Math.PI) / 24;
  const i0 = besselI(0, kappa);
  const terms = Array.from({ length: 20 }, (_, k) => besselI(k + 1, kappa) / i0 / (k + 1));
  // Integral of the density over the angle from 0 to x.
  const swept = (x: number) => terms.reduce((sum, term, k) => sum + term * Math.sin((k + 1) * x), x / 2) / Math.PI;
  const start = swept(-peak * turn);
  const law = {
    cdf: (v: number) => (v <= 0 ? 0 : v >= 24 ? 1 : swept((v - peak) * turn) - start),
    logDensity: (v: number) => (v < 0 || v >= 24 ? -Infinity : kappa * Math.cos((v - peak) * turn) - Math.log(24 * i0)),
  };
  return tabled(law, 0, 24, peak);
}

/** The law given that its value lies in [low, high]. */
export function truncatedLaw(law: Law, low: number, high: number): Law {
  const from = law.cdf(low);
  const width = law.cdf(high) - from;
  return {
    quantile: (u) => law.quantile(from + u * width),
    cdf: (v) => Math.min(1, Math.max(0, (law.cdf(v) - from) / width)),
    logDensity: (v) => (v < low || v > high ? -Infinity : law.logDensity(v) - Math.log(width)),
  };
}

/** Modified Bessel function I_order(x) by its power series; x up to a few units. */
function besselI(order: number, x: number): number {
  let term = 1;
  for (let k = 1; k <= order; k++) term *= x / 2 / k;
  let sum = term;
  for (let k = 1; term > sum * 1e-17; k++) {
    term *= (x / 2) ** 2 / (k * (k + order));
    sum += term;
  }
  return sum;
}

/**
 * log Gamma(x), x > 0: recurrence up to x >= 12, then Stirling's series; error below 1e-13.
 * @see Handbook of Mathematical Functions, Abramowitz and Stegun, NBS (1964), 6.1.41.
 */
function logGamma(x: number): number {
  let shift = 0;
  let z = x;
  for (; z < 12; z++) shift -= Math.log(z);
  const r = 1 / (z * z);
  return (
    shift +
    (z - 0.5) * Math.log(z) -
    z +
    0.9189385332046727 +
    (1 / 12 - r * (1 / 360 - r * (1 / 1260 - r * (1 / 1680 - r / 1188)))) / z
  );
}
