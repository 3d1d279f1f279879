import fc from 'fast-check';
import { expect, it } from 'vitest';
import { LEADING_ZERO, NOT_A_NUMBER, NOT_FINITE, NumberReader, PLAIN } from './numberReader';

const reader = new NumberReader('.');

it('gives the very double that Number() gives', () => {
  fc.assert(
    fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.nat(12), (value, decimals) => {
      for (const text of [
        String(value),
        Math.abs(value) < 1e20 ? value.toFixed(decimals) : String(value),
        ` ${value} `,
      ]) {
        expect(Object.is(reader.read(text), Number(text))).toBe(true);
        expect(reader.status).toBe(PLAIN);
      }
    }),
    { numRuns: 2000 },
  );
});

it.each([
  ['12.50', 12.5, 2],
  ['1e3', 1000, 0],
  ['1.25e-2', 0.0125, 4],
  ['+5', 5, 0],
  ['.5', 0.5, 1],
  ['5.', 5, 0],
  ['-0', -0, 0],
])('reads %s', (text, value, decimals) => {
  expect(Object.is(reader.read(text), value)).toBe(true);
  expect(reader.decimals).toBe(decimals);
});

it.each([
  ['007', LEADING_ZERO],
  ['-012', LEADING_ZERO],
  ['1e309', NOT_FINITE],
  ['-Infinity', NOT_FINITE],
  ['inf', NOT_FINITE],
  ['0x1F', NOT_A_NUMBER],
  ['1_000', NOT_A_NUMBER],
  ['1,234', NOT_A_NUMBER],
  ['1 000', NOT_A_NUMBER],
  ['37%', NOT_A_NUMBER],
  ['-', NOT_A_NUMBER],
  ['', NOT_A_NUMBER],
  ['1e', NOT_A_NUMBER],
  ['1.2.3', NOT_A_NUMBER],
])('does not take %s for a plain number', (text, status) => {
  expect(reader.read(text)).toBeNaN();
  expect(reader.status).toBe(status);
});

it('reads decimal commas when told, and then no points', () => {
  const comma = new NumberReader(',');
  expect(comma.read('-1234,5')).toBe(-1234.5);
  expect(comma.read('1234567890123456,5')).toBe(1234567890123456.5);
  expect(comma.read('1.5')).toBeNaN();
});

it('notices integers that a double cannot hold', () => {
  reader.read('9007199254740993');
  expect(reader.isUnsafe).toBe(true);
  reader.read('9007199254740991');
  expect(reader.isUnsafe).toBe(false);
});
