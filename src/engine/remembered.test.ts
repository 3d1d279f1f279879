import { expect, it } from 'vitest';
import { remembered } from './remembered';

it('makes a result once for an object and a key, keeps the latest, and forgets what failed', async () => {
  const remember = remembered<object, number>(2);
  let made = 0;
  const ask = (owner: object, key: string) => remember(owner, key, async () => ++made);
  const [a, b] = [{}, {}];
  expect([await ask(a, 'x'), await ask(a, 'x'), await ask(b, 'x')]).toEqual([1, 1, 2]);
  // The third key of an object drives out the one that was asked for longest ago.
  expect([await ask(a, 'y'), await ask(a, 'x'), await ask(a, 'z')]).toEqual([3, 1, 4]);
  expect([await ask(a, 'x'), await ask(a, 'y')]).toEqual([1, 5]);
  await expect(remember(a, 'w', () => Promise.reject(new Error('stopped')))).rejects.toThrow('stopped');
  expect(await ask(a, 'w')).toBe(6);
});
