import { expect, it } from 'vitest';
import { adviceFor } from './adviceFor';

const facts = { rareRows: 215, knownRows: 6000, causes: 6, refuted: 0, isOnMap: true };

it('says when the numbers are fine', () => {
  expect(adviceFor(facts)).toEqual([
    { level: 'info', text: '215 rare rows of 6000, about 36 for each of 6 causes: enough to learn from.' },
  ]);
});

it.each([
  [{ isOnMap: false }, /not on the map/],
  [{ rareRows: 3 }, /Only 3 rare rows/],
  [{ rareRows: 40 }, /under 10 each/],
  [{ refuted: 2 }, /refute 2/],
])('warns: %j', (changes, sentence) => {
  expect(
    adviceFor({ ...facts, ...changes }).some(({ level, text }) => level === 'warning' && sentence.test(text)),
  ).toBe(true);
});
