import erfc from '@stdlib/math-base-special-erfc';

/** Beyond this |z| the rational functions below lose digits. */
const CENTRE = 5.65;

/** Through here go single values to the functions for many. */
const single = new Float64Array(1);

/**
 * Phi(z) = P(N(0, 1) <= z). Relative error below 1e-13 in both tails, of the order of 1e-15 for |z| up to 5.65.
 * @see Rational Chebyshev Approximations for the Error Function, Mathematics of Computation 23 (1969).
 */
export function normalCdf(z: number): number {
  single[0] = z;
  normalCdfInPlace(single);
  return single[0];
}

/** Phi of every value. Calls that give back one number each would box it: a third of the time. */
export function normalCdfInPlace(values: Float64Array): void {
  for (let i = 0; i < values.length; i++) {
    const z = values[i]!;
    const y = Math.abs(z);
    // Written so that NaN takes this way too.
    if (!(y <= CENTRE)) {
      values[i] = 0.5 * erfc(-z / Math.SQRT2);
    } else if (y <= 0.67448975) {
      const s = y * y;
      const above =
        (((0.06568233791820745 * s + 2.2352520354606837) * s + 161.02823106855587) * s + 1067.6894854603709) * s +
        18154.98125334356;
      const below =
        (((s + 47.202581904688245) * s + 976.0985517377767) * s + 10260.932208618979) * s + 45507.78933502673;
      values[i] = 0.5 + z * (above / below);
    } else {
      const above =
        (((((((1.0765576773720192e-8 * y + 0.39894151208813466) * y + 8.883149794388377) * y + 93.50665613217785) * y +
          597.2702763948002) *
          y +
          2494.5375852903726) *
          y +
          6848.190450536283) *
          y +
          11602.65143764735) *
          y +
        9842.714838383978;
      const below =
        (((((((y + 22.266688044328117) * y + 235.387901782625) * y + 1519.3775994075547) * y + 6485.558298266761) * y +
          18615.571640885097) *
          y +
          34900.95272114598) *
          y +
          38912.00328609327) *
          y +
        19685.429676859992;
      const tail = Math.exp(-0.5 * y * y) * (above / below);
      values[i] = z > 0 ? 1 - tail : tail;
    }
  }
}

/** P(N(0, 1) > z), computed from the upper tail so that it does not vanish for large z. */
export const normalSurvival = (z: number): number => normalCdf(-z);

/** log of the standard normal density. */
export const normalLogDensity = (z: number): number => -0.5 * z * z - 0.9189385332046727;

/**
 * Phi^-1(p), the standard normal quantile; relative error about 1e-15.
 * Returns -Infinity at 0, Infinity at 1 and NaN outside [0, 1].
 * @see Algorithm AS 241: The Percentage Points of the Normal Distribution, Applied Statistics 37 (1988), PPND16.
 */
export function normalQuantile(p: number): number {
  single[0] = p;
  normalQuantileInPlace(single);
  return single[0];
}

/** Phi^-1 of every value. */
export function normalQuantileInPlace(values: Float64Array): void {
  for (let i = 0; i < values.length; i++) {
    const p = values[i]!;
    const q = p - 0.5;
    if (Math.abs(q) <= 0.425) {
      const r = 0.180625 - q * q;
      values[i] =
        (q *
          (((((((2509.0809287301227 * r + 33430.57558358813) * r + 67265.7709270087) * r + 45921.95393154987) * r +
            13731.69376550946) *
            r +
            1971.5909503065513) *
            r +
            133.14166789178438) *
            r +
            3.3871328727963665)) /
        (((((((5226.495278852546 * r + 28729.085735721943) * r + 39307.89580009271) * r + 21213.794301586597) * r +
          5394.196021424751) *
          r +
          687.1870074920579) *
          r +
          42.31333070160091) *
          r +
          1);
      continue;
    }
    if (!(p >= 0 && p <= 1)) {
      values[i] = Number.NaN;
      continue;
    }
    const tail = q < 0 ? p : 1 - p;
    if (tail === 0) {
      values[i] = q < 0 ? -Infinity : Infinity;
      continue;
    }
    let r = Math.sqrt(-Math.log(tail));
    let value: number;
    if (r <= 5) {
      r -= 1.6;
      value =
        (((((((0.0007745450142783414 * r + 0.022723844989269184) * r + 0.2417807251774506) * r + 1.2704582524523684) *
          r +
          3.6478483247632045) *
          r +
          5.769497221460691) *
          r +
          4.630337846156546) *
          r +
          1.4234371107496835) /
        (((((((1.0507500716444169e-9 * r + 0.0005475938084995345) * r + 0.015198666563616457) * r +
          0.14810397642748008) *
          r +
          0.6897673349851) *
          r +
          1.6763848301838038) *
          r +
          2.053191626637759) *
          r +
          1);
    } else {
      r -= 5;
      value =
        (((((((2.0103343992922881e-7 * r + 2.7115555687434876e-5) * r + 0.0012426609473880784) * r +
          0.026532189526576124) *
          r +
          0.29656057182850487) *
          r +
          1.7848265399172913) *
          r +
          5.463784911164114) *
          r +
          6.657904643501103) /
        (((((((2.0442631033899397e-15 * r + 1.421511758316446e-7) * r + 1.8463183175100548e-5) * r +
          0.0007868691311456133) *
          r +
          0.014875361290850915) *
          r +
          0.1369298809227358) *
          r +
          0.599832206555888) *
          r +
          1);
    }
    values[i] = q < 0 ? -value : value;
  }
}
