export type CharacterCodes = Uint8Array | Uint16Array;

/**
 * A stretch of a text as character codes: text.charCodeAt(base + i) is codes[i]. Reading codes from an array takes half
 * the time of reading them from a string, and each is read more than once.
 */
export class TextWindow {
  readonly text: string;
  /** Offset in the text of the first code. */
  base = 0;
  codes: CharacterCodes;
  /** Offset in the text behind the last code. */
  end = 0;
  #wide = new Uint16Array(0);
  readonly #plain: Uint8Array | null;

  /** @param plain The text's characters as bytes, where all of them are ASCII and their bytes are at hand. */
  constructor(text: string, plain: Uint8Array | null) {
    this.text = text;
    this.#plain = plain;
    this.codes = plain ?? this.#wide;
  }

  /** Shows text[from, to), or more. */
  moveTo(from: number, to: number): void {
    this.end = to;
    if (this.#plain) return;
    const { text } = this;
    const length = to - from;
    if (this.#wide.length < length) this.#wide = new Uint16Array(Math.max(length, 2 * this.#wide.length));
    const codes = this.#wide;
    for (let i = 0; i < length; i++) codes[i] = text.charCodeAt(from + i);
    this.codes = codes;
    this.base = from;
  }
}
