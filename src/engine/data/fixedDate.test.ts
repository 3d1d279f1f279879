import fc from 'fast-check';
import { expect, it } from 'vitest';
import { compileDatePattern } from './datePattern';
import { FixedDateReader } from './fixedDate';

const codesOf = (text: string) => Uint8Array.from(text, (character) => character.charCodeAt(0));
const patterns = ['yyyy-MM-dd', 'dd.MM.yyyy', 'MM/dd/yyyy HH:mm', 'yyyy-MM-ddTHH:mm:ss', 'yyyy-MM-ddTHH:mm:ssZ'];
const digit = fc.constantFrom(...'0123456789'.split(''));

it.each(patterns)('reads what the pattern %s reads, to the same millisecond', (pattern) => {
  const reader = FixedDateReader.of(pattern)!;
  const compiled = compileDatePattern(pattern);
  const written = fc
    .integer({ min: Date.UTC(101, 0, 1), max: Date.UTC(9999, 11, 31) })
    .map((ms) => compiled.format(ms));
  const scrambled = fc
    .tuple(written, fc.array(fc.tuple(fc.nat({ max: 30 }), digit), { maxLength: 2 }))
    .map(([text, changes]) =>
      changes.reduce(
        (now, [at, by]) => (/\d/.test(now[at] ?? '') ? now.slice(0, at) + by + now.slice(at + 1) : now),
        text,
      ),
    );
  fc.assert(
    fc.property(scrambled, fc.constantFrom('', ',next'), (text, rest) => {
      const codes = codesOf(text + rest);
      const isTaken = reader.take(codes, 0, text.length);
      const expected = compiled.parse(text);
      expect(isTaken).toBe(!Number.isNaN(expected));
      if (isTaken) expect(reader.value).toBe(expected);
    }),
  );
});

it.each(['2020-02-30', '2020-2-3', '2020-01-01x', ' 2020-01-01', '2020-01-0', ''])(
  'leaves %j to the pattern',
  (text) => {
    const codes = codesOf(text);
    expect(FixedDateReader.of('yyyy-MM-dd')!.take(codes, 0, codes.length)).toBe(false);
  },
);

it.each(['d/M/yyyy', 'dd MMM yyyy', 'yyyy-MM-ddTHH:mm:ss+02:00', 'epoch-seconds', 'yyyy-MM'])(
  'has no reader for %s',
  (pattern) => {
    expect(FixedDateReader.of(pattern)).toBeNull();
  },
);
