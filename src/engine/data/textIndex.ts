import type { CharacterCodes, TextWindow } from './textWindow';

const EMPTY = -1;
const RECENT_MASK = 255;

/**
 * Numbers distinct texts in the order of their first appearance. A cell is looked up where it stands, so that one that
 * was seen before costs no string: an open-addressed table of 32-bit hashes (FNV-1a), compared character by character.
 */
export class TextIndex {
  /** By code. */
  readonly texts: string[] = [];
  readonly #hashes: number[] = [];
  readonly #offsets: number[] = [0];
  /** The characters of all texts, one after the other. */
  #characters = new Uint16Array(1024);
  #slots = new Int32Array(256).fill(EMPTY);
  readonly #recent = new Int32Array(RECENT_MASK + 1).fill(EMPTY);

  /** The code of the cell window.codes[from, to). */
  takeCell(window: TextWindow, from: number, to: number): number {
    const { codes } = window;
    // Most cells are among the few latest ones that end alike: those are compared before anything is hashed.
    const recent =
      to - from > 1
        ? (codes[to - 1]! + 13 * codes[to - 2]! + 7 * (to - from)) & RECENT_MASK
        : codes[from]! & RECENT_MASK;
    const latest = this.#recent[recent]!;
    if (latest !== EMPTY && this.#isSame(latest, codes, from, to)) return latest;
    let hash = 0x811c9dc5;
    for (let i = from; i < to; i++) hash = Math.imul(hash ^ codes[i]!, 0x01000193);
    hash ^= hash >>> 15;
    const known = this.#find(codes, from, to, hash);
    const code =
      known === EMPTY
        ? this.#add(window.text.slice(window.base + from, window.base + to), codes, from, to, hash)
        : known;
    this.#recent[recent] = code;
    return code;
  }

  /** The code of text.slice(from, to), the next free one where it was not known. */
  codeOf(text: string, from: number, to: number): number {
    let hash = 0x811c9dc5;
    for (let i = from; i < to; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
    hash ^= hash >>> 15;
    const cell = text.slice(from, to);
    const mask = this.#slots.length - 1;
    for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
      const code = this.#slots[slot]!;
      if (code === EMPTY) break;
      if (this.#hashes[code] === hash && this.texts[code] === cell) return code;
    }
    const codes = Uint16Array.from({ length: cell.length }, (_, i) => cell.charCodeAt(i));
    return this.#add(cell, codes, 0, cell.length, hash);
  }

  #find(codes: CharacterCodes, from: number, to: number, hash: number): number {
    const slots = this.#slots;
    const mask = slots.length - 1;
    for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
      const code = slots[slot]!;
      if (code === EMPTY || (this.#hashes[code] === hash && this.#isSame(code, codes, from, to))) return code;
    }
  }

  #isSame(code: number, codes: CharacterCodes, from: number, to: number): boolean {
    const characters = this.#characters;
    const offset = this.#offsets[code]!;
    if (this.#offsets[code + 1]! - offset !== to - from) return false;
    for (let i = from, k = offset; i < to; i++, k++) if (codes[i] !== characters[k]) return false;
    return true;
  }

  #add(text: string, codes: CharacterCodes, from: number, to: number, hash: number): number {
    const code = this.texts.length;
    const offset = this.#offsets[code]!;
    const end = offset + to - from;
    if (end > this.#characters.length) {
      const characters = new Uint16Array(2 * end);
      characters.set(this.#characters);
      this.#characters = characters;
    }
    for (let i = from, k = offset; i < to; i++, k++) this.#characters[k] = codes[i]!;
    this.#offsets.push(end);
    this.texts.push(text);
    this.#hashes.push(hash);
    if (2 * this.texts.length > this.#slots.length) this.#slots = new Int32Array(4 * this.#slots.length).fill(EMPTY);
    else return this.#place(code);
    for (let known = 0; known < this.texts.length; known++) this.#place(known);
    return code;
  }

  #place(code: number): number {
    const mask = this.#slots.length - 1;
    let slot = this.#hashes[code]! & mask;
    while (this.#slots[slot] !== EMPTY) slot = (slot + 1) & mask;
    this.#slots[slot] = code;
    return code;
  }
}
