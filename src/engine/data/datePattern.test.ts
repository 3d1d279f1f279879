import fc from 'fast-check';
import { expect, it } from 'vitest';
import { compileDatePattern } from './datePattern';
import { guessDate } from './guessDate';

const guess = (...texts: string[]) => guessDate(texts.map((text) => ({ text, count: 1 })));

it.each([
  [['2020-01-31', '2021-12-01'], 'yyyy-MM-dd'],
  [['2020/1/31', '2021/12/1'], 'yyyy/M/d'],
  [['31.01.2020', '01.12.2021'], 'dd.MM.yyyy'],
  [['1.2.20', '31.12.21'], 'd.M.yy'],
  [['01/31/2020', '12/01/2021'], 'MM/dd/yyyy'],
  [['31-01-2020', '01-12-2021'], 'dd-MM-yyyy'],
  [['31 Jan 2020', '01 dec 2021'], 'dd MMM yyyy'],
  [['1-Jan-20', '12-Feb-21'], 'd-MMM-yy'],
  [['January 31, 2020', 'March 1, 2021'], 'MMMM d, yyyy'],
  [['2020-01-31 09:05', '2020-02-01 10:00'], 'yyyy-MM-dd HH:mm'],
  [['2020-01-31T09:05:07Z'], 'yyyy-MM-ddTHH:mm:ssZ'],
  [['2020-01-31T09:05:07.250+02:00'], 'yyyy-MM-ddTHH:mm:ss.SSS+02:00'],
  [['01/31/2020 9:05 PM', '01/30/2020 12:00 AM'], 'MM/dd/yyyy h:mm a'],
])('%j is written %s, and is written back the same', (texts, pattern) => {
  const found = guess(...texts);
  expect(found).toMatchObject({ pattern, share: 1, rival: null });
  const compiled = compileDatePattern(pattern);
  for (const text of texts) expect(compiled.format(compiled.parse(text)).toLowerCase()).toBe(text.toLowerCase());
});

it('cannot tell day from month when both read every cell', () => {
  expect(guess('01/02/2020', '03/04/2020')).toMatchObject({ pattern: 'dd/MM/yyyy', rival: 'MM/dd/yyyy' });
  expect(guess('01/02/2020', '03/14/2020')).toMatchObject({ pattern: 'MM/dd/yyyy', rival: null });
});

it('is not misled by other texts', () => {
  expect(guess('north', 'south', '2020-01-01')).toBeNull();
  expect(guess('+49 30 410827', '12.5', '20200101')).toBeNull();
});

it.each([
  ['yyyy-MM-dd', '2021-02-29'],
  ['yyyy-MM-dd', '2021-02-30'],
  ['yyyy-MM-dd', '2021-13-01'],
  ['yyyy-MM-dd', '0021-01-01'],
  ['dd.MM.yyyy', '31.11.2021'],
  ['dd MMM yyyy', '30 Foo 2021'],
  ['yyyy-MM-dd HH:mm', '2020-01-01 24:00'],
  ['yyyy-MM-dd h:mm a', '2020-01-01 13:00 PM'],
])('%s has no %s', (pattern, text) => {
  expect(compileDatePattern(pattern).parse(text)).toBeNaN();
});

it('knows leap years and offsets', () => {
  expect(compileDatePattern('yyyy-MM-dd').parse('2000-02-29')).toBe(Date.UTC(2000, 1, 29));
  expect(compileDatePattern('yyyy-MM-dd').parse('1900-02-29')).toBeNaN();
  expect(compileDatePattern('yyyy-MM-ddTHH:mm:ssZ').parse('2020-01-01T00:30:00-0130')).toBe(Date.UTC(2020, 0, 1, 2));
  expect(compileDatePattern('epoch-seconds').parse('1577836800')).toBe(Date.UTC(2020, 0, 1));
});

it('parses what it formats', () => {
  const patterns = [
    'yyyy-MM-ddTHH:mm:ss.SSS+05:30',
    'd/M/yyyy H:mm:ss',
    'MMMM d, yyyy',
    'epoch-milliseconds',
    'dd-MMM-yyyy h:mm a',
  ];
  fc.assert(
    fc.property(
      fc.constantFrom(...patterns),
      fc.date({ min: new Date(0), max: new Date('2200-01-01'), noInvalidDate: true }),
      (pattern, date) => {
        const compiled = compileDatePattern(pattern);
        const text = compiled.format(date.getTime());
        expect(compiled.format(compiled.parse(text))).toBe(text);
      },
    ),
  );
});
