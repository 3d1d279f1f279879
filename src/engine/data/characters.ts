import { decodeText } from './decodeText';

/** The characters of a file. */
export interface Characters {
  readonly length: number;
  readonly text: string;
  /** The characters as bytes where all of them are ASCII and the bytes are at hand. */
  readonly plainBytes: Uint8Array | null;
  /** The text in UTF-8 where such bytes are at hand. */
  readonly utf8: Uint8Array | null;
}

/** @param utf8 The text in UTF-8, where such bytes are at hand: they are read faster. */
export const charactersOf = (text: string, utf8: Uint8Array | null = null): Characters => ({
  length: text.length,
  text,
  // Every other character has more bytes than places in the text.
  plainBytes: utf8?.length === text.length ? utf8 : null,
  utf8,
});

/** The characters of an ASCII file, whose text is only made when asked for: nearly all can be read from the bytes. */
export class PlainCharacters implements Characters {
  readonly plainBytes: Uint8Array;
  #text: string | null = null;

  constructor(bytes: Uint8Array) {
    this.plainBytes = bytes;
  }

  get utf8(): Uint8Array {
    return this.plainBytes;
  }

  get length(): number {
    return this.plainBytes.length;
  }

  get text(): string {
    this.#text ??= decodeText(this.plainBytes, 'utf-8').text;
    return this.#text;
  }
}
