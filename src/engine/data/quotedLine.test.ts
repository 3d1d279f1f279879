import fc from 'fast-check';
import Papa from 'papaparse';
import { expect, it } from 'vitest';
import { cellsOfQuotedLine } from './quotedLine';

const piece = fc.constantFrom('"', '"', '""', ',', ';', 'a', ' ', 'b c', "'", '1');
const lines = fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join(''));

it.each([
  [',', '"'],
  [';', '"'],
  [',', "'"],
])('reads a line as PapaParse does or leaves it to it: %s %s', (delimiter, quote) => {
  let read = 0;
  fc.assert(
    fc.property(lines, lines, (line, next) => {
      const cells = cellsOfQuotedLine(`${line}\n${next}`, 0, line.length, delimiter, quote);
      if (cells === null) return;
      read++;
      const { data, errors } = Papa.parse<string[]>(`${line}\nrest`, {
        delimiter,
        newline: '\n',
        quoteChar: quote,
        fastMode: false,
      });
      expect(errors).toEqual([]);
      expect([cells, ['rest']]).toEqual(data);
    }),
    { numRuns: 2000 },
  );
  expect(read).toBeGreaterThan(500);
});

it.each(['"a" ,b', '"a', 'x,"a"b', '"a\n"', '"a""'])('leaves %j to it', (line) => {
  expect(cellsOfQuotedLine(line, 0, line.indexOf('\n') < 0 ? line.length : line.indexOf('\n'), ',', '"')).toBeNull();
});
