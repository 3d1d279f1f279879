/** Below this the asymptotic series would lose digits: arguments are shifted up to it by the recurrence. */
const SERIES_FROM = 10;

/** log Gamma(x), x > 0; about 1e-13 relative. @see Handbook of Mathematical Functions, 1964, 6.1.41. */
export function logGamma(x: number): number {
  let shift = 0;
  let z = x;
  while (z < SERIES_FROM) shift -= Math.log(z++);
  const s = 1 / (z * z);
  const series = (1 / 12 - s * (1 / 360 - s * (1 / 1260 - s * (1 / 1680 - s * (1 / 1188))))) / z;
  return shift + (z - 0.5) * Math.log(z) - z + 0.9189385332046727 + series;
}

/** The first derivative of log Gamma. @see the same, 6.3.18. */
export function digamma(x: number): number {
  let shift = 0;
  let z = x;
  while (z < SERIES_FROM) shift -= 1 / z++;
  const s = 1 / (z * z);
  return shift + Math.log(z) - 1 / (2 * z) - s * (1 / 12 - s * (1 / 120 - s * (1 / 252 - s * (1 / 240 - s / 132))));
}

/** The second derivative of log Gamma. @see the same, 6.4.12. */
export function trigamma(x: number): number {
  let shift = 0;
  let z = x;
  while (z < SERIES_FROM) shift += 1 / (z * z++);
  const s = 1 / (z * z);
  return shift + 1 / z + s / 2 + (s / z) * (1 / 6 - s * (1 / 30 - s * (1 / 42 - s / 30)));
}
