import type { TextWindow } from './textWindow';

const fourTimes = (code: number): number => Math.imul(code, 0x01010101);

/**
 * Writes the places in a window at which one of three characters stands to `marks`, rising. They are looked for four characters at a
 * time: a byte of word ^ (code, code, code, code) is zero where the character stands, and only then is the high bit of
 * ((byte & 0x7f) + 0x7f) | byte not set.
 * @param marks Room for one place for each code of the window, and four more.
 * @returns How many there are.
 * @see Warren, Hacker's Delight (2012), section 6-1.
 */
export function findMarks(
  { words, base, end }: TextWindow,
  codes: readonly [number, number, number],
  marks: Int32Array,
) {
  const [x, y, z] = [fourTimes(codes[0]), fourTimes(codes[1]), fourTimes(codes[2])];
  const limit = end - base;
  const last = (limit + 3) >> 2;
  let count = 0;
  for (let at = 0; at < last; at++) {
    const word = words[at]!;
    const a = word ^ x;
    const b = word ^ y;
    const c = word ^ z;
    // Written out, as the same by name takes a quarter longer.
    let found =
      ~(
        (((a & 0x7f7f7f7f) + 0x7f7f7f7f) | a) &
        (((b & 0x7f7f7f7f) + 0x7f7f7f7f) | b) &
        (((c & 0x7f7f7f7f) + 0x7f7f7f7f) | c)
      ) & 0x80808080;
    while (found !== 0) {
      const lowest = found & -found;
      marks[count++] = (at << 2) + ((31 - Math.clz32(lowest)) >> 3);
      found ^= lowest;
    }
  }
  // The last word may hold more than the window shows.
  while (count > 0 && marks[count - 1]! >= limit) count--;
  return count;
}
