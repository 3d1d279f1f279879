import { createRng, shuffleInPlace } from '../rng';

/**
 * Rows for a look that need not see all, ascending: the rare ones as far as they fill half of the room, and as many common
 * ones as there is room for, drawn at random where there are more.
 * @param purpose Names the stream of random numbers.
 */
export function rowsByClass(isRare: Uint8Array, most: number, purpose: string): Int32Array {
  const all = Int32Array.from(isRare.keys());
  if (all.length <= most) return all;
  const rng = createRng(0, purpose);
  const drawn = (rare: 0 | 1, room: number) => {
    const own = all.filter((row) => isRare[row] === rare);
    return own.length <= room ? own : shuffleInPlace(own, rng).subarray(0, room);
  };
  const rare = drawn(1, most >> 1);
  return Int32Array.from([...rare, ...drawn(0, most - rare.length)]).sort();
}
