import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Utf8Codes } from './utf8Codes';

it('gives a code for each place in the text, whatever stretches are asked for', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 40 }), fc.array(fc.nat(40), { maxLength: 8 }), (text, cuts) => {
      const codes = new Utf8Codes(new TextEncoder().encode(text));
      const expected = Array.from({ length: text.length }, (_, i) => Math.min(text.charCodeAt(i), 0xff));
      // A stretch begins and ends where a character does.
      const bound = (cut: number) => {
        const at = Math.min(cut, text.length);
        return /[\udc00-\udfff]/.test(text[at] ?? '') ? at + 1 : at;
      };
      for (const cut of cuts) {
        const [from, to] = [bound(cut), bound(cut + 7)];
        const out = new Uint8Array(to - from);
        codes.read(from, to, out);
        expect(Array.from(out, (code) => (code < 0x80 ? code : 0xff))).toEqual(
          expected.slice(from, to).map((code) => (code < 0x80 ? code : 0xff)),
        );
      }
    }),
    { numRuns: 1000, seed: 20261126 },
  );
});
