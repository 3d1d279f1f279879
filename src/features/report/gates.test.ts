import { expect, it } from 'vitest';
import type { RunSummary, TestReport } from '../../worker/api';
import { gatesFor } from './gates';

const run = (patch: Partial<RunSummary> = {}) =>
  ({ ruleViolations: [{ ruleId: 'r', count: 0 }], copies: 0, ...patch }) as unknown as RunSummary;
const report = (damaged: number) =>
  ({ counts: { kept: 9, damaged, 'cannot-tell': 2, 'expected-from-balancing': 1 } }) as unknown as TestReport;
const states = (gates: ReturnType<typeof gatesFor>) => gates.map(({ state }) => state).join(' ');

it('is content with a current, tested run without faults', () => {
  expect(states(gatesFor(run(), [], report(0), false))).toBe('good good good good');
});
it.each([
  ['changed inputs', gatesFor(run(), ['map', 'rules'], report(0), false), /the map and the rules changed/],
  [
    'broken rules',
    gatesFor(run({ ruleViolations: [{ ruleId: 'r', count: 312 }] }), [], report(0), false),
    /broken 312 times/,
  ],
  [
    'rules broken by the second reading only',
    gatesFor(
      run({ independent: { rows: 9, counts: [{ ruleId: 'r', broken: 2, firstRow: 0 }] } }),
      [],
      report(0),
      false,
    ),
    /broken 2 times/,
  ],
  ['copies', gatesFor(run({ copies: 1 }), [], report(0), false), /1 synthetic row is a copy/],
  ['damage', gatesFor(run(), [], report(3), false), /3 damaged links/],
  ['old tests', gatesFor(run(), [], report(0), true), /out of date/],
])('warns of %s', (_, gates, words) => {
  expect(gates.filter(({ state }) => state === 'warning').map(({ text }) => text)).toEqual([
    expect.stringMatching(words),
  ]);
});
it('leaves open what was never looked at', () => {
  expect(states(gatesFor(run({ ruleViolations: [] }), [], null, false))).toBe('good open good open');
});
