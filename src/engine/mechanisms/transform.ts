/** The scale on which a numeric child is modelled: g(v) = v, or g(v) = log(v) for positive skewed values. */
export type Transform = 'identity' | 'log';

export const forward = (transform: Transform, v: number): number => (transform === 'log' ? Math.log(v) : v);
export const backward = (transform: Transform, t: number): number => (transform === 'log' ? Math.exp(t) : t);
/** log |g'(v)|: added to a log density on the transformed scale to get the one of v. */
export const logJacobian = (transform: Transform, v: number): number => (transform === 'log' ? -Math.log(v) : 0);

/** The whole column on the transformed scale. */
export function transformColumn(transform: Transform, values: Float64Array): Float64Array {
  return transform === 'identity' ? values : values.map((v) => Math.log(v));
}
