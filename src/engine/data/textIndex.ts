import { hashCodes } from './textHash';
import { TextScratch } from './textScratch';
import { codeAt, firstCodes, isAscii, type TextWindow, wordAt } from './textWindow';

const EMPTY = -1;
/** Longer texts are kept as they are: they are few, and some too long to be put together from their characters. */
const LONGEST = 1024;

/**
 * Numbers distinct texts in the order of their first appearance. A cell is looked up where it stands, so that it costs no string,
 * not even a new one: an open-addressed table of 32-bit hashes, compared four characters at a time. Texts that are not all ASCII,
 * and very long ones, are looked up as strings.
 */
export class TextIndex {
  /** How many there are. */
  size = 0;
  /** Four numbers a code: the hash, the length, where its words begin, and the first of them. */
  #entries = new Int32Array(256);
  /** The characters of all texts, each from a new word on. */
  #words = new Int32Array(256);
  #end = 0;
  #slots = new Int32Array(256).fill(EMPTY);
  readonly #codeOfText = new Map<string, number>();
  readonly #textOfCode = new Map<number, string>();
  readonly #scratch = new TextScratch();

  /** The code of the cell window.codes[from, to), the next free one where it was not known. */
  takeCell(window: TextWindow, from: number, to: number): number {
    const code = this.#take(window.words, from, to, true);
    return code === EMPTY ? this.#takeText(window.textOf(from, to)) : code;
  }

  /** The code of the cell window.codes[from, to) where it is known and ASCII, else -1. */
  find(window: TextWindow, from: number, to: number): number {
    return this.#take(window.words, from, to, false);
  }

  /** The code of a text, the next free one where it was not known. */
  codeOf(text: string): number {
    return text.length <= LONGEST && this.#scratch.set(text)
      ? this.#take(this.#scratch.words, 0, text.length, true)
      : this.#takeText(text);
  }

  textOf(code: number): string {
    const kept = this.#textOfCode.get(code);
    if (kept !== undefined) return kept;
    const characters = new Uint8Array(this.#words.buffer, this.#fromOf(code), this.lengthOf(code));
    // Spreading would go through an iterator, character by character.
    return String.fromCharCode.apply(null, characters as unknown as number[]);
  }

  /** As `hashCodes`, of a text without outer spaces. @returns false, with nothing written, for any other. */
  hashInto(code: number, out: Int32Array, at: number): boolean {
    if (this.#textOfCode.has(code)) return false;
    const from = this.#fromOf(code);
    const to = from + this.lengthOf(code);
    return (
      codeAt(this.#words, from) > 32 && codeAt(this.#words, to - 1) > 32 && hashCodes(this.#words, from, to, out, at)
    );
  }

  lengthOf(code: number): number {
    return this.#textOfCode.get(code)?.length ?? this.#entries[4 * code + 1]!;
  }

  /** The first character of a text, 0 where it has none. */
  firstCodeOf(code: number): number {
    const kept = this.#textOfCode.get(code);
    if (kept !== undefined) return kept.charCodeAt(0);
    return this.lengthOf(code) === 0 ? 0 : codeAt(this.#words, this.#fromOf(code));
  }

  /** Where the characters of a text begin. */
  #fromOf(code: number): number {
    return 4 * this.#entries[4 * code + 2]!;
  }

  /** @returns EMPTY for a text that is not all ASCII or very long, and for one that is not known unless `isAdding`. */
  #take(words: Int32Array, from: number, to: number, isAdding: boolean): number {
    const length = to - from;
    if (length > LONGEST) return EMPTY;
    const first = length === 0 ? 0 : firstCodes(wordAt(words, from), length);
    let hash = mix(length ^ first);
    let all = first;
    for (let i = from + 4; i < to; i += 4) {
      const word = firstCodes(wordAt(words, i), to - i);
      all |= word;
      hash = mix(hash ^ word);
    }
    if (!isAscii(all)) return EMPTY;
    const slots = this.#slots;
    const entries = this.#entries;
    const mask = slots.length - 1;
    let slot = hash & mask;
    for (; ; slot = (slot + 1) & mask) {
      const code = slots[slot]!;
      if (code === EMPTY) break;
      const entry = 4 * code;
      if (
        entries[entry] === hash &&
        entries[entry + 1] === length &&
        entries[entry + 3] === first &&
        (length <= 4 || this.#isSame(entries[entry + 2]!, words, from, length))
      )
        return code;
    }
    return isAdding ? this.#add(words, from, length, hash, slot) : EMPTY;
  }

  /** Whether all but the first word are those from `at` on. */
  #isSame(at: number, words: Int32Array, from: number, length: number): boolean {
    const own = this.#words;
    for (let done = 4, k = at + 1; done < length; done += 4, k++)
      if (own[k] !== firstCodes(wordAt(words, from + done), length - done)) return false;
    return true;
  }

  #add(words: Int32Array, from: number, length: number, hash: number, slot: number): number {
    const code = this.#next();
    const end = this.#end + ((length + 3) >> 2);
    if (end > this.#words.length) this.#words = grown(this.#words, 2 * end);
    const begin = this.#end;
    for (let done = 0; done < length; done += 4)
      this.#words[this.#end++] = firstCodes(wordAt(words, from + done), length - done);
    this.#entries.set([hash, length, begin, length === 0 ? 0 : this.#words[begin]!], 4 * code);
    this.#slots[slot] = code;
    if (2 * this.size > this.#slots.length) this.#spread();
    return code;
  }

  #takeText(text: string): number {
    const known = this.#codeOfText.get(text);
    if (known !== undefined) return known;
    const code = this.#next();
    this.#codeOfText.set(text, code);
    this.#textOfCode.set(code, text);
    return code;
  }

  #next(): number {
    if (4 * this.size === this.#entries.length) this.#entries = grown(this.#entries, 8 * this.size);
    return this.size++;
  }

  /** Makes the table larger. */
  #spread(): void {
    this.#slots = new Int32Array(4 * this.#slots.length).fill(EMPTY);
    const mask = this.#slots.length - 1;
    for (let code = 0; code < this.size; code++) {
      if (this.#textOfCode.has(code)) continue;
      let slot = this.#entries[4 * code]! & mask;
      while (this.#slots[slot] !== EMPTY) slot = (slot + 1) & mask;
      this.#slots[slot] = code;
    }
  }
}

function mix(hash: number): number {
  const mixed = Math.imul(hash, 0x9e3779b1);
  return mixed ^ (mixed >>> 15);
}

function grown(from: Int32Array, length: number): Int32Array<ArrayBuffer> {
  const to = new Int32Array(length);
  to.set(from);
  return to;
}
