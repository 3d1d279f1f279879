/**
 * The steps of a hash that are told apart by what is put in: each is a bijection of 32 bits.
 * @see Appleby, MurmurHash3 (2011).
 */
export const mixed = (lane: number): number => (Math.imul((lane << 13) | (lane >>> 19), 5) + 0x6b64) | 0;

/** Spreads what the last words left in a lane over all of its bits. */
export function settled(lane: number): number {
  const once = Math.imul(lane ^ (lane >>> 16), 0x85ebca6b);
  const twice = Math.imul(once ^ (once >>> 13), 0xc2b2ae35);
  return twice ^ (twice >>> 16);
}
