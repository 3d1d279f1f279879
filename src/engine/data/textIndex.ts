const EMPTY = -1;

/** FNV-1a, 32 bits, over UTF-16 units of text.slice(from, to). */
function hashOf(text: string, from: number, to: number): number {
  let hash = 0x811c9dc5;
  for (let i = from; i < to; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash ^ (hash >>> 15);
}

/**
 * Numbers distinct texts in the order of their first appearance. Texts are looked up where they stand in a larger one,
 * so that a cell that was seen before costs no string: an open-addressed table of hashes, compared character by
 * character.
 */
export class TextIndex {
  /** By code. */
  readonly texts: string[] = [];
  readonly #hashes: number[] = [];
  #slots = new Int32Array(256).fill(EMPTY);

  /** Where the cell that `takeCell` has read ends. */
  end = 0;

  /**
   * The code of the cell that begins at `from` and ends before `delimiter` or the end of the line; its end is in `end`.
   * @returns -1 where it is not known, unless `adds`.
   */
  takeCell(text: string, from: number, lineEnd: number, delimiter: number, adds: boolean): number {
    let hash = 0x811c9dc5;
    let i = from;
    for (; i < lineEnd; i++) {
      const code = text.charCodeAt(i);
      if (code === delimiter) break;
      hash = Math.imul(hash ^ code, 0x01000193);
    }
    this.end = i;
    hash ^= hash >>> 15;
    const code = this.#slots[this.#slotOf(text, from, i, hash)]!;
    return code === EMPTY && adds ? this.#add(text, from, i, hash) : code;
  }

  /** The code of text.slice(from, to), or -1. */
  find(text: string, from: number, to: number): number {
    return this.#slots[this.#slotOf(text, from, to, hashOf(text, from, to))]!;
  }

  /** The same, given the next free code where it was not known. */
  codeOf(text: string, from: number, to: number): number {
    const hash = hashOf(text, from, to);
    const known = this.#slots[this.#slotOf(text, from, to, hash)]!;
    return known === EMPTY ? this.#add(text, from, to, hash) : known;
  }

  #add(text: string, from: number, to: number, hash: number): number {
    const code = this.texts.length;
    this.#slots[this.#slotOf(text, from, to, hash)] = code;
    this.texts.push(text.slice(from, to));
    this.#hashes.push(hash);
    if (2 * this.texts.length > this.#slots.length) this.#grow();
    return code;
  }

  #slotOf(text: string, from: number, to: number, hash: number): number {
    const slots = this.#slots;
    const mask = slots.length - 1;
    for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
      const code = slots[slot]!;
      if (code === EMPTY || (this.#hashes[code] === hash && isSame(this.texts[code]!, text, from, to))) return slot;
    }
  }

  #grow(): void {
    const slots = new Int32Array(this.#slots.length * 4).fill(EMPTY);
    const mask = slots.length - 1;
    for (let code = 0; code < this.texts.length; code++) {
      let slot = this.#hashes[code]! & mask;
      while (slots[slot] !== EMPTY) slot = (slot + 1) & mask;
      slots[slot] = code;
    }
    this.#slots = slots;
  }
}

function isSame(known: string, text: string, from: number, to: number): boolean {
  if (known.length !== to - from) return false;
  for (let i = 0; i < known.length; i++) if (known.charCodeAt(i) !== text.charCodeAt(from + i)) return false;
  return true;
}
