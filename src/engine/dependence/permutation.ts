import { type Rng, shuffleInPlace } from '../rng';

/**
 * (1 + #) / (1 + draws): the share of random orders with a statistic at least that of the order given.
 * @param statistic Of an order of the rows; larger speaks against independence.
 */
export function permutationShare(
  rows: number,
  draws: number,
  rng: Rng,
  statistic: (order: Int32Array) => number,
): number {
  const order = Int32Array.from({ length: rows }, (_, row) => row);
  const found = statistic(order);
  let asLarge = 0;
  // Equal statistics may differ in the last bits.
  for (let draw = 0; draw < draws; draw++)
    if (statistic(shuffleInPlace(order, rng)) >= found - 1e-12 * Math.abs(found)) asLarge++;
  return (1 + asLarge) / (1 + draws);
}
