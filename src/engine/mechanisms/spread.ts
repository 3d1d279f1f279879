/** Weighted standard deviation, 1 where it is 0: the unit in which scores are told. */
export function spreadOf(values: Float64Array, weights: Float64Array): number {
  let total = 0;
  let mean = 0;
  for (let i = 0; i < values.length; i++) {
    total += weights[i]!;
    mean += weights[i]! * values[i]!;
  }
  mean /= total;
  let squares = 0;
  for (let i = 0; i < values.length; i++) squares += weights[i]! * (values[i]! - mean) ** 2;
  return Math.sqrt(squares / total) || 1;
}
