import { decodeText } from './decodeText';

/** The characters of a file. */
export interface Characters {
  readonly length: number;
  readonly text: string;
  /** The characters as bytes where all of them are ASCII and the bytes are at hand. */
  readonly plainBytes: Uint8Array | null;
}

export const charactersOf = (text: string, plainBytes: Uint8Array | null = null): Characters => ({
  length: text.length,
  text,
  plainBytes,
});

/** The characters of an ASCII file, whose text is only made when asked for: nearly all can be read from the bytes. */
export class PlainCharacters implements Characters {
  readonly plainBytes: Uint8Array;
  #text: string | null = null;

  constructor(bytes: Uint8Array) {
    this.plainBytes = bytes;
  }

  get length(): number {
    return this.plainBytes.length;
  }

  get text(): string {
    this.#text ??= decodeText(this.plainBytes, 'utf-8').text;
    return this.#text;
  }
}
