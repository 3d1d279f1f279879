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
  /** By code: the hash, the length, and where its words begin. */
  #hashes = new Int32Array(64);
  #lengths = new Int32Array(64);
  #offsets = new Int32Array(64);
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
    const characters = new Uint8Array(this.#words.buffer, 4 * this.#offsets[code]!, this.#lengths[code]!);
    // Spreading would go through an iterator, character by character.
    return String.fromCharCode.apply(null, characters as unknown as number[]);
  }

  /** As `hashCodes`, of a text without outer spaces. @returns false, with nothing written, for any other. */
  hashInto(code: number, out: Int32Array, at: number): boolean {
    if (this.#textOfCode.has(code)) return false;
    const from = 4 * this.#offsets[code]!;
    const to = from + this.#lengths[code]!;
    return (
      codeAt(this.#words, from) > 32 && codeAt(this.#words, to - 1) > 32 && hashCodes(this.#words, from, to, out, at)
    );
  }

  lengthOf(code: number): number {
    return this.#textOfCode.get(code)?.length ?? this.#lengths[code]!;
  }

  /** The first character of a text, 0 where it has none. */
  firstCodeOf(code: number): number {
    const kept = this.#textOfCode.get(code);
    if (kept !== undefined) return kept.charCodeAt(0);
    return this.#lengths[code]! === 0 ? 0 : codeAt(this.#words, 4 * this.#offsets[code]!);
  }

  /** @returns EMPTY for a text that is not all ASCII or very long, and for one that is not known unless `isAdding`. */
  #take(words: Int32Array, from: number, to: number, isAdding: boolean): number {
    const length = to - from;
    if (length > LONGEST) return EMPTY;
    let hash = length;
    let all = 0;
    for (let i = from; i < to; i += 4) {
      const word = firstCodes(wordAt(words, i), to - i);
      all |= word;
      hash = Math.imul(hash ^ word, 0x9e3779b1);
      hash ^= hash >>> 15;
    }
    if (!isAscii(all)) return EMPTY;
    const slots = this.#slots;
    const mask = slots.length - 1;
    let slot = hash & mask;
    for (; ; slot = (slot + 1) & mask) {
      const code = slots[slot]!;
      if (code === EMPTY) break;
      if (this.#hashes[code] === hash && this.#isSame(code, words, from, length)) return code;
    }
    return isAdding ? this.#add(words, from, length, hash, slot) : EMPTY;
  }

  #isSame(code: number, words: Int32Array, from: number, length: number): boolean {
    if (this.#lengths[code] !== length) return false;
    const own = this.#words;
    for (let done = 0, at = this.#offsets[code]!; done < length; done += 4, at++)
      if (own[at] !== firstCodes(wordAt(words, from + done), length - done)) return false;
    return true;
  }

  #add(words: Int32Array, from: number, length: number, hash: number, slot: number): number {
    const code = this.#next();
    const end = this.#end + ((length + 3) >> 2);
    if (end > this.#words.length) this.#words = grown(this.#words, 2 * end);
    this.#hashes[code] = hash;
    this.#lengths[code] = length;
    this.#offsets[code] = this.#end;
    for (let done = 0; done < length; done += 4)
      this.#words[this.#end++] = firstCodes(wordAt(words, from + done), length - done);
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
    if (this.size === this.#hashes.length) {
      this.#hashes = grown(this.#hashes, 2 * this.size);
      this.#lengths = grown(this.#lengths, 2 * this.size);
      this.#offsets = grown(this.#offsets, 2 * this.size);
    }
    return this.size++;
  }

  /** Makes the table larger. */
  #spread(): void {
    this.#slots = new Int32Array(4 * this.#slots.length).fill(EMPTY);
    const mask = this.#slots.length - 1;
    for (let code = 0; code < this.size; code++) {
      if (this.#textOfCode.has(code)) continue;
      let slot = this.#hashes[code]! & mask;
      while (this.#slots[slot] !== EMPTY) slot = (slot + 1) & mask;
      this.#slots[slot] = code;
    }
  }
}

function grown(from: Int32Array, length: number): Int32Array<ArrayBuffer> {
  const to = new Int32Array(length);
  to.set(from);
  return to;
}
