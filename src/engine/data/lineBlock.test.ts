import fc from 'fast-check';
import { expect, it } from 'vitest';
import { charactersOf } from './characters';
import { LineBlock } from './lineBlock';
import { TextWindow } from './textWindow';
import { cellsOfRecord } from './tokenize';

const dialect = { delimiter: ',', newline: '\n', quote: '"' } as const;
const pieces = ['a', '7', 'word', ',', ',', ',', '"', '"', '""', '\n', '\n', '\r\n', ' ', '\u00e9', ',"a, ""b""",'];

it('splits the lines it takes as the tokenizer does, and leaves no ordinary line', () => {
  let [taken, left] = [0, 0];
  const texts = fc.array(fc.constantFrom(...pieces), { maxLength: 80, size: 'max' });
  fc.assert(
    fc.property(texts, fc.integer({ min: 1, max: 3 }), (parts, width) => {
      const text = `${parts.join('')}\n`;
      const window = new TextWindow(charactersOf(text));
      window.moveTo(0, text.length);
      const block = new LineBlock(width, 44, 10, '"');
      for (let start = 0; start < text.length; ) {
        start = block.fill(window, start, text.length);
        for (let row = 0; row < block.rows; row++) {
          const cells = Array.from({ length: width }, (_, c) => {
            const at = row * block.stride + 2 * c;
            const from = block.bounds[at]!;
            return from < 0 ? block.textOf(from) : text.slice(from, block.bounds[at + 1]);
          });
          const record = text.slice(block.places[2 * row], block.places[2 * row + 1]);
          expect(cells).toEqual(cellsOfRecord(record, dialect));
          taken++;
        }
        if (block.rows > 0) continue;
        const end = text.indexOf('\n', start);
        const line = text.slice(start, end).replace(/\r$/, '');
        // Large files would be slow if one of these was.
        expect(/^[a-z7][^"]*$/.test(line) && line.split(',').length === width).toBe(false);
        left++;
        start = end + 1;
      }
    }),
    { numRuns: 2000, seed: 20261126 },
  );
  expect(taken).toBeGreaterThan(500);
  expect(left).toBeGreaterThan(1000);
});
