import { describe, expect, it } from 'vitest';
import type { Rule } from '../../engine/constraints/rule';
import { conditionOn, draftOf, emptyDraft, type RuleColumn, ruleOf, splitValues } from './ruleDraft';

const columns: readonly RuleColumn[] = [
  { name: 'dose', kind: 'integer', levels: [], decimals: 0 },
  { name: 'treated', kind: 'binary', levels: ['no', 'yes'], decimals: 0 },
  { name: 'admitted', kind: 'datetime', levels: [], decimals: 0 },
];
const base = { id: 'r', reason: 'because', enabled: true };
const rules: readonly Rule[] = [
  { ...base, kind: 'range', column: 'dose', min: 0, max: null },
  { ...base, kind: 'allowed', column: 'dose', values: ['0', '10'] },
  { ...base, kind: 'order', lower: 'dose', upper: 'admitted', strict: true },
  {
    ...base,
    kind: 'implication',
    when: [
      { column: 'treated', op: 'not-in', levels: ['yes'] },
      { column: 'admitted', op: '>=', value: 5 },
    ],
    then: { column: 'dose', op: '=', value: 0 },
  },
  { ...base, kind: 'range', column: 'dose', min: 0, max: 50, step: 10 },
  { ...base, kind: 'whole', column: 'dose' },
  { ...base, kind: 'fixed', column: 'treated' },
  { ...base, kind: 'order', lower: 'dose', upper: 'admitted', strict: false, gap: { min: 1, max: null } },
  { ...base, kind: 'formula', column: 'dose', formula: 'admitted * 2', tolerance: 0.5 },
  {
    ...base,
    kind: 'forbidden',
    conditions: [
      { column: 'treated', op: 'in', levels: ['no'] },
      { column: 'dose', op: 'known' },
    ],
  },
  { ...base, kind: 'monotone', cause: 'dose', effect: 'treated', direction: 'falls' },
  { ...base, kind: 'bounded-effect', cause: 'dose', effect: 'treated', most: 2 },
  { ...base, kind: 'tiers', tiers: [['treated'], ['dose', 'admitted']] },
  { ...base, kind: 'support', least: 0.02 },
  { ...base, kind: 'expression', text: 'dose > 1 or treated = "no"' },
];

it.each(rules)('a $kind rule opened for a change and accepted again is the same rule', (rule) => {
  expect(ruleOf(draftOf(rule), columns)).toEqual({ ok: true, rule });
});

describe('an unfinished draft says what is missing', () => {
  const draft = emptyDraft('r');
  it.each([
    [draft, /column/],
    [{ ...draft, column: 'treated', min: 1 }, /numbers or dates/],
    [{ ...draft, column: 'dose' }, /smallest or a largest/],
    [{ ...draft, column: 'dose', min: 3, max: 1 }, /swap/],
    [{ ...draft, kind: 'allowed' as const, column: 'dose' }, /at least one/],
    [{ ...draft, kind: 'order' as const, lower: 'dose', upper: 'dose' }, /different/],
    [{ ...draft, kind: 'implication' as const }, /after “if”/],
    [{ ...draft, kind: 'implication' as const, when: [conditionOn(columns[1]!)] }, /after “then”/],
  ])('%#', (unfinished, words) => {
    const outcome = ruleOf(unfinished, columns);
    expect(outcome.ok ? '' : outcome.missing).toMatch(words);
  });
});

it('an if-then without conditions always holds', () => {
  const draft = { ...emptyDraft('r'), kind: 'implication' as const, when: [], then: conditionOn(columns[1]!) };
  expect(ruleOf(draft, columns)).toMatchObject({ ok: true, rule: { when: [], then: { levels: ['no'] } } });
});

it('values are split at commas, semicolons and line ends, without doubles', () => {
  expect(splitValues(' 0, 10;20\n10 ,')).toEqual(['0', '10', '20']);
});
