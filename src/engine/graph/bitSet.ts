/** Sets of small integers as bits: rows of 32-bit words inside one array. Every function works on the row at `offset`. */

export const wordsFor = (size: number): number => (size + 31) >>> 5;

export const addBit = (words: Int32Array, item: number, offset = 0): void => {
  words[offset + (item >>> 5)]! |= 1 << (item & 31);
};
export const removeBit = (words: Int32Array, item: number, offset = 0): void => {
  words[offset + (item >>> 5)]! &= ~(1 << (item & 31));
};
export const hasBit = (words: Int32Array, item: number, offset = 0): boolean =>
  ((words[offset + (item >>> 5)]! >>> (item & 31)) & 1) === 1;

/** The members in rising order. */
export function bitsOf(words: Int32Array, offset = 0, count = words.length - offset): number[] {
  const items: number[] = [];
  for (let w = 0; w < count; w++) {
    for (let rest = words[offset + w]!; rest !== 0; rest &= rest - 1) {
      items.push((w << 5) + 31 - Math.clz32(rest & -rest));
    }
  }
  return items;
}
