/** Stands for every character that is not ASCII. */
export const OTHER = 0xff;

/** The characters of a text, one code each, from its UTF-8 bytes: faster than from the text, and without it. */
export class Utf8Codes {
  readonly #bytes: Uint8Array;
  /** Two places at which a character begins, as its number and that of its byte: where the latest stretch begins, and where it ends. */
  #start = { character: 0, byte: 0 };
  #end = { character: 0, byte: 0 };

  /** @param bytes Valid UTF-8 without a byte order mark. */
  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  /** Writes the codes of characters [from, to) to the first places of `codes`; both are at bounds of characters. */
  read(from: number, to: number, codes: Uint8Array): void {
    const bytes = this.#bytes;
    const { character, byte } =
      from >= this.#end.character ? this.#end : from >= this.#start.character ? this.#start : { character: 0, byte: 0 };
    let at = byte;
    for (let i = character; i < from; i++) {
      const first = bytes[at]!;
      at += lengthOf(first);
      // Of four bytes are the characters that take two places in a text.
      if (first >= 0xf0) i++;
    }
    this.#start = { character: from, byte: at };
    const length = to - from;
    for (let i = 0; i < length; i++) {
      const first = bytes[at]!;
      if (first < 0x80) {
        codes[i] = first;
        at++;
        continue;
      }
      codes[i] = OTHER;
      at += lengthOf(first);
      if (first >= 0xf0) codes[++i] = OTHER;
    }
    this.#end = { character: to, byte: at };
  }
}

/** Bytes of a character by its first. */
const lengthOf = (first: number): number => (first < 0x80 ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4);
