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
      a = mix(a, word, 0xcc9e2d51);
      b = mix(b, word, 0x9e3779b1);
    }
    for (let i = whole; i < bytes.length; i++) {
      a = mix(a, bytes[i]!, 0xcc9e2d51);
      b = mix(b, bytes[i]!, 0x9e3779b1);
    }
    [this.#a, this.#b] = [a, b];
    return this;
  }

  digest(): string {
    return [this.#a, this.#b].map((lane) => (finish(lane) >>> 0).toString(16).padStart(8, '0')).join('');
  }
}

function mix(lane: number, word: number, factor: number): number {
  const mixed = lane ^ Math.imul(word, factor);
  return (Math.imul((mixed << 13) | (mixed >>> 19), 5) + 0x6b64) | 0;
}

function finish(lane: number): number {
  const once = Math.imul(lane ^ (lane >>> 16), 0x85ebca6b);
  const twice = Math.imul(once ^ (once >>> 13), 0xc2b2ae35);
  return twice ^ (twice >>> 16);
}
