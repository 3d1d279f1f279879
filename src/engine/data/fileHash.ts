import { mixed, settled } from './murmur';

/**
 * Tells whether the same file is back: 64 bits over the bytes, four at a time, as 16 hex digits. Two lanes of
 * multiply-and-rotate; the length counts, so that zeros at the end do.
 * @see Appleby, MurmurHash3 (2011), the mixing steps.
 */
export class FileHash {
  #a: number;
  #b: number;

  /** @param length Bytes of the whole file. */
  constructor(length: number) {
    this.#a = length | 0;
    this.#b = ~this.#a;
  }

  /** Takes the next part of the file in. Only the last may have a length that is no multiple of 4. */
  add(bytes: Uint8Array): this {
    const whole = bytes.length & ~3;
    // A view of words needs an aligned start.
    const aligned = bytes.byteOffset % 4 === 0 ? bytes : bytes.slice();
    const words = new Int32Array(aligned.buffer, aligned.byteOffset, whole >> 2);
    let [a, b] = [this.#a, this.#b];
    for (let i = 0; i < words.length; i++) {
      const word = words[i]!;
      a = mixed(a ^ Math.imul(word, 0xcc9e2d51));
      b = mixed(b ^ Math.imul(word, 0x9e3779b1));
    }
    for (let i = whole; i < bytes.length; i++) {
      a = mixed(a ^ Math.imul(bytes[i]!, 0xcc9e2d51));
      b = mixed(b ^ Math.imul(bytes[i]!, 0x9e3779b1));
    }
    [this.#a, this.#b] = [a, b];
    return this;
  }

  digest(): string {
    return [this.#a, this.#b].map((lane) => (settled(lane) >>> 0).toString(16).padStart(8, '0')).join('');
  }
}
