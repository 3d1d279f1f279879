import { expect, it } from 'vitest';
import type { NodeFit } from '../../engine/scm/fittedModel';
import type { RunSummary } from '../../worker/api';
import { brokenRules, runMeasures, skillOf } from './runMeasures';

const run = (generator: string, patch: Partial<RunSummary> = {}) =>
  ({
    generator,
    rows: 5578,
    perLevel: [{ level: 'yes', realRows: 211, syntheticRows: 5578, weight: 0.0703 }],
    copies: 0,
    unmovedRows: 0,
    rowsPerDonor: { mean: 26.4, max: 27 },
    acceptance: 0.37,
    refusedByRules: 89,
    ruleViolations: [],
    milliseconds: 900,
    ...patch,
  }) as unknown as RunSummary;

it('puts runs side by side, with a dash for what one has not', () => {
  const measures = runMeasures([run('twins'), run('smote', { acceptance: null })]);
  expect(measures.find(({ label }) => label === 'Moves accepted')?.values).toEqual(['37\u00a0%', '–']);
  expect(measures[0]?.values).toEqual(['211 + 5,578', '211 + 5,578']);
});

it('says which rule is broken by how many rows', () => {
  const rules = [
    {
      id: 'r',
      kind: 'implication' as const,
      when: [{ column: 'treated', op: 'in' as const, levels: ['no'] }],
      then: { column: 'dose', op: '=' as const, value: 0 },
      reason: '',
      enabled: true,
    },
  ];
  const smote = run('smote', {
    ruleViolations: [
      { ruleId: 'r', count: 312 },
      { ruleId: 'gone', count: 1 },
      { ruleId: 'x', count: 0 },
    ],
  });
  expect(brokenRules(smote, 'SMOTE', rules)).toEqual([
    '312 of 5,578 SMOTE rows break “dose is 0 whenever treated is no”.',
    '1 of 5,578 SMOTE rows breaks a rule that has been deleted since.',
  ]);
});

it('skill is the share of the error that the parents take away', () => {
  const learned = (parents: readonly string[], score: number, baselineScore: number) =>
    ({ parents, score, baselineScore }) as unknown as NodeFit;
  expect(skillOf(learned(['a'], -0.3, -0.4))).toBeCloseTo(0.25, 12);
  expect(skillOf(learned([], -0.3, -0.4))).toBeNull();
});
