import { expect, it } from 'vitest';
import { bytesText, counted, durationText, percentText, shortNumber } from './numbers';

it.each([
  [0, '0 %'],
  [0.036, '3.6 %'],
  [0.01, '1 %'],
  [0.52, '52 %'],
  [0.0004, '0.04 %'],
  [0.00001, '< 0.01 %'],
  [Number.NaN, '–'],
])('percentText(%d) is %s', (share, text) => expect(percentText(share).replace('\u00a0%', ' %')).toBe(text));

it.each([
  [5578.4, '5,578'],
  [0, '0'],
  [1.23456, '1.23'],
  [0.00001234, '1.2e-5'],
  [-12.3456, '-12.3'],
])('shortNumber(%d) is %s', (value, text) => expect(shortNumber(value)).toBe(text));

it('counts, sizes and durations carry their units', () => {
  expect(counted(1, 'row')).toBe('1 row');
  expect(counted(1234, 'row')).toBe('1,234 rows');
  expect([bytesText(12), bytesText(1234), bytesText(45_600_000)]).toEqual(['12 bytes', '1.2 kB', '46 MB']);
  expect([durationText(120), durationText(2345)]).toEqual(['120 ms', '2.3 s']);
});
