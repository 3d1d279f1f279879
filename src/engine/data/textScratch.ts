/** Room for one text at a time as a window holds it: for the few cells that are no part of the file as it stands. */
export class TextScratch {
  words = new Int32Array(64);
  #codes = new Uint8Array(this.words.buffer);

  /** Takes the text in. @returns false where it is not all ASCII. */
  set(text: string): boolean {
    const { length } = text;
    if (this.#codes.length < length + 8) {
      this.words = new Int32Array((length >> 1) + 4);
      this.#codes = new Uint8Array(this.words.buffer);
    }
    const codes = this.#codes;
    for (let i = 0; i < length; i++) {
      const code = text.charCodeAt(i);
      if (code >= 0x80) return false;
      codes[i] = code;
    }
    return true;
  }
}
