import { expect, it } from 'vitest';
import { balanceClasses, interceptShift } from '../generation/balance';
import { sampleWeights } from './sampleWeights';

const sample = { rows: 100_000, kept: 10_900, rareKept: 1000, column: 'fraud', rareLevels: ['yes'], seed: 1 };
const data = { origin: { files: ['a.csv'], format: 'text' as const, sample, notes: [] } };

it('says what each kept row stands for', () => {
  expect([...sampleWeights(['no', 'yes'], 'fraud', data)!]).toEqual([10, 1]);
  expect(sampleWeights(['no', 'yes'], 'other', data)).toBeNull();
  expect(sampleWeights(['no', 'yes'], 'fraud', null)).toBeNull();
});

it('gives an augmented sample the prevalence of the whole file back', () => {
  const standsFor = sampleWeights(['no', 'yes'], 'fraud', data);
  const classes = balanceClasses(['no', 'yes'], [9900, 1000], [1], { kind: 'parity' }, standsFor);
  const weighted = classes.map(({ realRows, syntheticRows, weight }) => (realRows + syntheticRows) * weight);
  expect(weighted[1]! / (weighted[0]! + weighted[1]!)).toBeCloseTo(0.01, 12);
  expect(weighted[0]! + weighted[1]!).toBeCloseTo(2 * 9900, 9);
  // From half of the rows back to 1 in 100.
  expect(interceptShift(classes)).toBeCloseTo(Math.log(1 / 99), 12);
});
