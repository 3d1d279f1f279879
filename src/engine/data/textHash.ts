import { mixed, settled } from './murmur';
import { TextScratch } from './textScratch';
import { firstCodes, isAscii, wordAt } from './textWindow';

const HIGH_SEED = 0x811c9dc5;
const LOW_SEED = 0x9e3779b9;

/**
 * Writes 63 bits of the text in codes[from, to), which has one at least, to out[at] and out[at + 1]; they are never both zero. Two
 * texts of a table of a million rows share all with probability 5e-8. Two lanes of multiply and rotate over four characters at a time.
 * @returns false, with nothing written, where the text is not all ASCII.
 * @see Appleby, MurmurHash3 (2011), the mixing steps.
 */
export function hashCodes(words: Int32Array, from: number, to: number, out: Int32Array, at: number): boolean {
  let high = HIGH_SEED ^ (to - from);
  let low = LOW_SEED ^ (to - from);
  let all = 0;
  for (let i = from; i < to; i += 4) {
    const word = firstCodes(wordAt(words, i), to - i);
    all |= word;
    high = mixed(high ^ Math.imul(word, 0xcc9e2d51));
    low = mixed(low ^ Math.imul(word ^ (word >>> 15), 0x85ebca6b));
  }
  if (!isAscii(all)) return false;
  out[at] = settled(high);
  out[at + 1] = settled(low) | 1;
  return true;
}

const scratch = new TextScratch();

/** The same of any text. */
export function hashText(text: string, out: Int32Array, at: number): void {
  if (scratch.set(text)) {
    hashCodes(scratch.words, 0, text.length, out, at);
    return;
  }
  // Two characters a word; the first lane begins elsewhere, as no text is both all ASCII and not.
  let high = ~HIGH_SEED ^ text.length;
  let low = LOW_SEED ^ text.length;
  for (let i = 0; i < text.length; i += 2) {
    const word = text.charCodeAt(i) | (i + 1 < text.length ? text.charCodeAt(i + 1) << 16 : 0);
    high = mixed(high ^ Math.imul(word, 0xcc9e2d51));
    low = mixed(low ^ Math.imul(word ^ (word >>> 15), 0x85ebca6b));
  }
  out[at] = settled(high);
  out[at + 1] = settled(low) | 1;
}
