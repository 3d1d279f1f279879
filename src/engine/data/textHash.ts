import type { CharacterCodes } from './textWindow';

const HIGH_SEED = 0x811c9dc5;
const LOW_SEED = 0x9e3779b9;

/**
 * 53 bits of a text: two texts of a table of a million rows share one with probability 6e-5. Two lanes of multiply and rotate over
 * four characters at a time, with the length at the end.
 * @see Appleby, MurmurHash3 (2011), the mixing steps.
 */
export function hashText(text: string): number {
  const codes = new Uint16Array(text.length);
  for (let i = 0; i < codes.length; i++) codes[i] = text.charCodeAt(i);
  return hashCodes(codes, 0, codes.length);
}

/** The hash of the cell codes[from, to) where it is printable ASCII without outer spaces, and so its own trimmed NFC form; else NaN. */
export function hashPlainCodes(codes: CharacterCodes, from: number, to: number): number {
  if (codes[from] === 32 || codes[to - 1] === 32) return Number.NaN;
  for (let i = from; i < to; i++) if ((codes[i]! - 32) >>> 0 > 94) return Number.NaN;
  return hashCodes(codes, from, to);
}

function hashCodes(codes: CharacterCodes, from: number, to: number): number {
  let high = HIGH_SEED ^ (to - from);
  let low = LOW_SEED ^ (to - from);
  for (let i = from; i < to; ) {
    let word = codes[i++]!;
    // Four narrow characters fill a word as one wide one does.
    if (i + 3 <= to) {
      const [b, c, d] = [codes[i]!, codes[i + 1]!, codes[i + 2]!];
      if ((word | b | c | d) < 0x100) {
        word |= (b << 8) | (c << 16) | (d << 24);
        i += 3;
      }
    }
    high = mix(high ^ Math.imul(word, 0xcc9e2d51));
    low = mix(low ^ Math.imul(word ^ (word >>> 15), 0x85ebca6b));
  }
  return (settled(high) >>> 0) * 2 ** 21 + (settled(low) & 0x1fffff);
}

const mix = (lane: number): number => (Math.imul((lane << 13) | (lane >>> 19), 5) + 0x6b64) | 0;

function settled(lane: number): number {
  const once = Math.imul(lane ^ (lane >>> 16), 0x85ebca6b);
  const twice = Math.imul(once ^ (once >>> 13), 0xc2b2ae35);
  return twice ^ (twice >>> 16);
}
