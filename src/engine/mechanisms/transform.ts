/**
 * The scale on which a numeric child is modelled: g(v) = v; g(v) = log v for positive skewed values; or
 * g(v) = log((v - low) / (high - v)), whose inverse never leaves (low, high) and rises with its argument, so that an effect held to
 * a direction keeps it up to the ends of the range.
 */
export type Transform = 'identity' | 'log' | { readonly low: number; readonly high: number };

export function forward(transform: Transform, v: number): number {
  if (transform === 'identity') return v;
  if (transform === 'log') return Math.log(v);
  return Math.log((v - transform.low) / (transform.high - v));
}

/** g^-1 of every value. */
export function backwardInPlace(transform: Transform, values: Float64Array): void {
  if (transform === 'identity') return;
  if (transform === 'log') {
    for (let i = 0; i < values.length; i++) values[i] = Math.exp(values[i]!);
    return;
  }
  const { low, high } = transform;
  for (let i = 0; i < values.length; i++) values[i] = low + (high - low) / (1 + Math.exp(-values[i]!));
}

/** log |g'(v)|: added to a log density on the transformed scale to get the one of v. */
export function logJacobian(transform: Transform, v: number): number {
  if (transform === 'identity') return 0;
  if (transform === 'log') return -Math.log(v);
  const { low, high } = transform;
  return Math.log((high - low) / ((v - low) * (high - v)));
}

/** g of the ends of a range: infinite where the transform ends before them. */
export function forwardBound(transform: Transform, v: number): number {
  if (transform === 'identity') return v;
  if (transform === 'log') return v > 0 ? Math.log(v) : -Infinity;
  if (v <= transform.low) return -Infinity;
  return v >= transform.high ? Infinity : forward(transform, v);
}

/** The whole column on the transformed scale. */
export const transformColumn = (transform: Transform, values: Float64Array): Float64Array =>
  transform === 'identity' ? values : values.map((v) => forward(transform, v));
