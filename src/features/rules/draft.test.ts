import { expect, it } from 'vitest';
import { emptyDraft, ruleOf } from './draft';

const draft = { ...emptyDraft([]), column: 'dose', other: 'limit', reason: ' known ' };

it('builds each kind of rule', () => {
  expect(ruleOf({ ...draft, kind: 'range', min: '0', max: '' }, 'r')).toEqual({
    id: 'r',
    reason: 'known',
    enabled: true,
    kind: 'range',
    column: 'dose',
    min: 0,
    max: null,
  });
  expect(ruleOf({ ...draft, kind: 'allowed', values: '0, 10 ,20,' }, 'r')).toMatchObject({ values: ['0', '10', '20'] });
  expect(ruleOf({ ...draft, kind: 'order' }, 'r')).toMatchObject({ lower: 'dose', upper: 'limit', strict: false });
  expect(
    ruleOf(
      {
        ...draft,
        kind: 'implication',
        when: [{ column: 'treated', op: 'in', text: 'no' }],
        then: { column: 'dose', op: '=', text: '0' },
      },
      'r',
    ),
  ).toMatchObject({
    when: [{ column: 'treated', op: 'in', levels: ['no'] }],
    then: { column: 'dose', op: '=', value: 0 },
  });
});

it.each([
  [{ kind: 'range', min: 'abc' }, /not a number/],
  [{ kind: 'range' }, /at least one bound/],
  [{ kind: 'allowed' }, /List the allowed/],
  [{ kind: 'order', other: 'dose' }, /two different/],
  [{ kind: 'implication', when: [{ column: 'a', op: '<', text: '' }] }, /Compare "a" with a number/],
] as const)('says what is missing: %j', (changes, sentence) => {
  expect(ruleOf({ ...draft, ...changes }, 'r')).toMatch(sentence);
});
