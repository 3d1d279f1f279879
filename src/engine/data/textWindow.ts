import type { Characters } from './characters';
import { OTHER, Utf8Codes } from './utf8Codes';

const NOT_ASCII = 0x80808080;
const MOST_ARGUMENTS = 4096;

/**
 * A stretch of a text as one byte a character: codes[i] is text.charCodeAt(base + i) where that is ASCII, else 255. What decides
 * how a table is read (delimiters, quotes, line ends, digits) is ASCII in nearly every file, and bytes are read several times
 * faster than characters of a string; a cell with any other character is read from the text.
 */
export class TextWindow {
  /** Offset in the text of the first code. */
  base = 0;
  /** Offset in the text behind the last code; what follows in `codes` means nothing. */
  end = 0;
  codes = new Uint8Array(0);
  /** The codes four at a time, the first in the lowest byte, as every host of today has them. */
  words = new Int32Array(0);
  readonly #characters: Characters;
  readonly #utf8: Utf8Codes | null;

  constructor(characters: Characters) {
    this.#characters = characters;
    this.#utf8 = characters.utf8 && new Utf8Codes(characters.utf8);
  }

  /** The text of codes[from, to). */
  textOf(from: number, to: number): string {
    const { base, codes } = this;
    // Where there is no text yet, none is made for a few cells.
    if (this.#characters.plainBytes && to - from <= MOST_ARGUMENTS)
      return String.fromCharCode.apply(null, codes.subarray(from, to) as unknown as number[]);
    return this.#characters.text.slice(base + from, base + to);
  }

  /** Shows text[from, to). */
  moveTo(from: number, to: number): void {
    const length = to - from;
    this.base = from;
    this.end = to;
    if (this.codes.length < length + 8) {
      this.words = new Int32Array(((length + length / 4) >> 2) + 4);
      this.codes = new Uint8Array(this.words.buffer);
    }
    const { codes } = this;
    const { plainBytes } = this.#characters;
    if (plainBytes) {
      codes.set(plainBytes.subarray(from, to));
      return;
    }
    if (this.#utf8) {
      this.#utf8.read(from, to, codes);
      return;
    }
    const { text } = this.#characters;
    for (let i = 0; i < length; i++) {
      const code = text.charCodeAt(from + i);
      codes[i] = code < 0x80 ? code : OTHER;
    }
  }
}

/** The four codes from `at` on, the first in the lowest byte. */
export function wordAt(words: Int32Array, at: number): number {
  const shift = (at & 3) << 3;
  const first = at >> 2;
  // Two shifts, because one by 32 would be one by 0.
  return (words[first]! >>> shift) | ((words[first + 1]! << 1) << (31 - shift));
}

export const codeAt = (words: Int32Array, at: number): number => (words[at >> 2]! >>> ((at & 3) << 3)) & 0xff;

/** The first `count` codes of a word, one at least; the others are zero. */
export const firstCodes = (word: number, count: number): number => (count < 4 ? word & ~(-1 << (count << 3)) : word);

/** @param all Words of a text, or what is set in any of them. */
export const isAscii = (all: number): boolean => (all & NOT_ASCII) === 0;
