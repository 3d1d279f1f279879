import { expect, it } from 'vitest';
import { decodeText } from './decodeText';

const bytes = (...values: number[]) => Uint8Array.from(values);
const utf16 = (text: string, littleEndian: boolean) =>
  Uint8Array.from(
    [...text].flatMap((letter) => {
      const code = letter.charCodeAt(0);
      return littleEndian ? [code & 255, code >> 8] : [code >> 8, code & 255];
    }),
  );

it.each([
  ['UTF-8 with mark', bytes(0xef, 0xbb, 0xbf, 0x61, 0xc3, 0xa9), 'aé', 'utf-8'],
  ['UTF-16LE by mark', bytes(0xff, 0xfe, ...utf16('aé,1\n', true)), 'aé,1\n', 'utf-16le'],
  ['UTF-16BE by mark', bytes(0xfe, 0xff, ...utf16('aé,1\n', false)), 'aé,1\n', 'utf-16be'],
  ['UTF-16LE without mark', utf16('name,score\nanna,1\n', true), 'name,score\nanna,1\n', 'utf-16le'],
  ['windows-1252', bytes(0x80, 0x93, 0xe9, 0x81, 0xff), '€“é\u0081ÿ', 'windows-1252'],
  ['a UTF-8 mark before windows-1252', bytes(0xef, 0xbb, 0xbf, 0xe9, 0x61), 'éa', 'windows-1252'],
] as const)('reads %s', (_, input, text, encoding) => {
  expect(decodeText(input)).toMatchObject({ text, encoding });
});

it('tells a fallback, removed NUL characters and letters lost earlier', () => {
  expect(decodeText(bytes(0x61, 0xe9)).notices[0]!.text).toContain('windows-1252');
  const cleaned = decodeText(bytes(0x61, 10, 0, 0x62, 0));
  expect(cleaned.text).toBe('a\nb');
  expect(cleaned.notices[0]!.text).toContain(
    '2 NUL characters were removed; check the cells around them, the first is on line 2',
  );
  expect(decodeText(bytes(0xef, 0xbf, 0xbd)).notices[0]!.text).toContain('replacement');
  expect(decodeText(bytes(0x61)).notices).toEqual([]);
});

it('refuses bytes that are not in the chosen encoding, and files beyond the limit', () => {
  expect(() => decodeText(bytes(0x61, 0xe9), 'utf-8')).toThrow(expect.objectContaining({ code: 'unreadable-file' }));
  expect(() => decodeText(bytes(0xff, 0xfe, 0x61))).toThrow(expect.objectContaining({ code: 'unreadable-file' }));
  const huge = Object.create(Uint8Array.prototype, { length: { value: 600e6 } }) as Uint8Array;
  expect(() => decodeText(huge)).toThrow(expect.objectContaining({ code: 'too-large' }));
});
