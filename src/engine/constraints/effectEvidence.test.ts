import { expect, it } from 'vitest';
import type { Frame } from '../data/frame';
import { createRng } from '../rng';
import { categoricalSpec, numericSpec } from '../testing/generatorInput';
import { effectEvidence } from './effectEvidence';
import type { Rule } from './rule';

const rng = createRng(2, 'effect-evidence');
const rows = 3000;
const dose = Float64Array.from({ length: rows }, (_, i) => (i % 50 === 0 ? Number.NaN : rng.normal()));
const answer = dose.map((x) => 2 * x + rng.normal());
const ill = dose.map((x) => Number(rng.uniform() < 1 / (1 + Math.exp(-x))));
const frame: Frame = {
  rows,
  specs: [numericSpec('dose', 2), numericSpec('answer', 2), categoricalSpec('ill', ['no', 'yes'])],
  columns: [dose, answer, ill],
};
const rule = (effect: string, direction: 'rises' | 'falls'): Rule => ({
  id: 'r',
  kind: 'monotone',
  cause: 'dose',
  effect,
  direction,
  reason: '',
  enabled: true,
});

it('counts pairs and steps that go against a direction', () => {
  const rises = effectEvidence(rule('answer', 'rises'), frame)!;
  const falls = effectEvidence(rule('answer', 'falls'), frame)!;
  expect(rises).toMatchObject({ groups: 10, stepsAgainst: 0 });
  expect(falls).toMatchObject({ groups: 10, stepsAgainst: 9 });
  // Kendall's tau of a correlation of 2 / sqrt(5) is 0.7: 15 % of the pairs go against it.
  expect(rises.pairs!.against / rises.pairs!.all).toBeCloseTo(0.148, 1);
  expect(rises.pairs!.against + falls.pairs!.against).toBe(rises.pairs!.all);
  expect(effectEvidence(rule('ill', 'rises'), frame)).toMatchObject({ groups: 10, largest: null });
});

it('gives the largest difference between groups for a bound', () => {
  const bound: Rule = {
    id: 'b',
    kind: 'bounded-effect',
    cause: 'dose',
    effect: 'answer',
    most: 1,
    reason: '',
    enabled: true,
  };
  const found = effectEvidence(bound, frame)!;
  expect(found.pairs).toBeNull();
  // Means of the outer tenths of a normal are 3.51 apart.
  expect(found.largest).toBeGreaterThan(6.5);
  expect(found.largest).toBeLessThan(7.6);
});

it('says nothing of rules about rows, nor of a cause with one value', () => {
  expect(effectEvidence({ id: 'w', kind: 'whole', column: 'dose', reason: '', enabled: true }, frame)).toBeNull();
  const still = { ...frame, columns: [new Float64Array(rows), answer, ill] };
  expect(effectEvidence(rule('answer', 'rises'), still)).toBeNull();
});
