/**
 * Total variation distance of two histograms, 1/2 sum |p - q|: the share of one that would have to move to make the other.
 * Bins are shares within each; 0 for equal ones, 1 for ones without overlap.
 */
export function columnDistance(before: readonly number[], after: readonly number[]): number {
  let sum = 0;
  for (let bin = 0; bin < Math.max(before.length, after.length); bin++)
    sum += Math.abs((before[bin] ?? 0) - (after[bin] ?? 0));
  return sum / 2;
}
