// biome-ignore-all lint/suspicious/noThenProperty: `then` is a field of saved rules, holds data and is never awaited.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Frame, ValueSpec } from '../data/frame';
import { categoricalSpec, numericSpec } from '../testing/generatorInput';
import { describeRule } from './catalogue';
import { compileRules } from './compileRules';
import type { Condition, Rule } from './rule';

const specs: readonly ValueSpec[] = [
  numericSpec('dose', 0, 'integer'),
  numericSpec('age', 1),
  categoricalSpec('treat', ['no', 'yes']),
  categoricalSpec('stage', ['I', 'II', 'III'], 'ordinal'),
  categoricalSpec('grade', ['I', 'II', 'III'], 'ordinal'),
  { name: 'born', kind: 'datetime', levels: null, decimals: 0, datePattern: 'YYYY-MM-DD' },
];
const base = { id: 'r', reason: 'known', enabled: true } as const;
const frameOf = (rows: readonly (readonly number[])[]): Frame => ({
  rows: rows.length,
  specs,
  columns: specs.map((_, c) => Float64Array.from(rows, (row) => row[c]!)),
});
const no = Number.NaN;
const dose: Condition = { column: 'dose', op: '=', value: 0 };
const untreated: Condition = { column: 'treat', op: 'in', levels: ['no'] };

describe('rules are checked row by row', () => {
  const rules: Rule[] = [
    { ...base, id: 'range', kind: 'range', column: 'age', min: 18, max: null },
    { ...base, id: 'allowed', kind: 'allowed', column: 'dose', values: ['0', '5', '10.0'] },
    { ...base, id: 'order', kind: 'order', lower: 'stage', upper: 'grade', strict: true },
    { ...base, id: 'if', kind: 'implication', when: [untreated], then: dose },
  ];
  const frame = frameOf([
    [0, 20, 0, 0, 1, 0], // keeps all
    [5, 17.9, 1, 0, 1, 0], // range
    [7, 30, 1, 0, 1, 0], // allowed
    [5, 30, 1, 1, 1, 0], // order, as strict
    [5, 30, 0, 0, 1, 0], // if
    [no, no, no, no, no, no], // unknown is not broken
    [5, 30, no, 0, 1, 0], // unknown condition
    [7, 17, 0, 2, 0, 0], // all: the first is told
  ]);

  it('telling the first broken rule', () => {
    const { check } = compileRules(rules, specs);
    expect(Array.from(check(frame.columns, 0, 8))).toEqual([-1, 0, 1, 2, 3, -1, -1, 0]);
    expect(Array.from(check(frame.columns, 3, 5))).toEqual([2, 3]);
  });

  it('counting offenders and unknowns a rule', () => {
    const counts = compileRules(rules, specs).countViolations(frame, 1);
    expect(counts.map(({ ruleId, count, unknown, rows }) => [ruleId, count, unknown, rows])).toEqual([
      ['range', 2, 1, [1]],
      ['allowed', 2, 1, [2]],
      ['order', 2, 1, [3]],
      ['if', 2, 2, [4]],
    ]);
  });

  it('leaving out what is switched off', () => {
    const off = rules.map((rule) => ({ ...rule, enabled: false }));
    expect(compileRules(off, specs).rules).toEqual([]);
  });
});

describe('rules in words', () => {
  it.each<[Rule, string]>([
    [{ ...base, kind: 'implication', when: [untreated], then: dose }, 'dose is 0 whenever treat is no'],
    [{ ...base, kind: 'implication', when: [], then: dose }, 'dose is 0, always'],
    [
      {
        ...base,
        kind: 'implication',
        when: [
          { column: 'age', op: '<', value: 18 },
          { column: 'stage', op: 'not-in', levels: ['I', 'II'] },
        ],
        then: { column: 'dose', op: '<=', value: 5 },
      },
      'dose is at most 5 whenever age is below 18 and stage is not I or II',
    ],
    [{ ...base, kind: 'range', column: 'age', min: 18, max: null }, 'age is at least 18'],
    [{ ...base, kind: 'range', column: 'age', min: null, max: 99 }, 'age is at most 99'],
    [{ ...base, kind: 'range', column: 'born', min: 0, max: 86_400_000 }, 'born is between 1970-01-01 and 1970-01-02'],
    [{ ...base, kind: 'allowed', column: 'stage', values: ['I', 'II'] }, 'stage is one of I, II'],
    [{ ...base, kind: 'order', lower: 'stage', upper: 'grade', strict: false }, 'stage is at most grade'],
    [{ ...base, kind: 'order', lower: 'stage', upper: 'grade', strict: true }, 'stage is below grade'],
  ])('%j', (rule, words) => {
    expect(describeRule(rule, specs)).toBe(words);
  });
});

describe('rules that cannot be applied are refused in a sentence', () => {
  it.each<[Rule, RegExp]>([
    [{ ...base, kind: 'range', column: 'agee', min: 0, max: 1 }, /no column "agee"/],
    [{ ...base, kind: 'range', column: 'stage', min: 0, max: 1 }, /"stage" holds categories/],
    [{ ...base, kind: 'range', column: 'age', min: 3, max: 1 }, /smallest value 3 is above the largest 1/],
    [{ ...base, kind: 'range', column: 'age', min: null, max: null }, /neither/],
    [{ ...base, kind: 'range', column: 'age', min: Number.NaN, max: 1 }, /not a number/],
    [{ ...base, kind: 'allowed', column: 'stage', values: ['IV'] }, /no level "IV" \(it has I, II, III\)/],
    [{ ...base, kind: 'allowed', column: 'age', values: ['old'] }, /"old" is not a number/],
    [{ ...base, kind: 'allowed', column: 'age', values: [] }, /allows no value/],
    [{ ...base, kind: 'order', lower: 'age', upper: 'age', strict: false }, /with itself/],
    [{ ...base, kind: 'order', lower: 'age', upper: 'born', strict: false }, /different kinds/],
    [{ ...base, kind: 'order', lower: 'stage', upper: 'treat', strict: false }, /not ordered categories/],
    [
      { ...base, kind: 'implication', when: [untreated], then: { column: 'dose', op: 'in', levels: ['0'] } },
      /holds numbers/,
    ],
    [{ ...base, kind: 'implication', when: [], then: { column: 'treat', op: 'in', levels: [] } }, /lists no level/],
  ])('%j', (rule, message) => {
    expect(() => compileRules([rule], specs)).toThrowError(
      expect.objectContaining({ code: 'bad-rule', message: expect.stringMatching(message) }),
    );
  });
});

describe('rules that cannot hold together are refused by name', () => {
  const adult: Rule = { ...base, id: 'adult', kind: 'range', column: 'age', min: 18, max: null };
  const child: Rule = { ...base, id: 'child', kind: 'range', column: 'age', min: null, max: 12 };
  const early: Rule = { ...base, id: 'early', kind: 'allowed', column: 'stage', values: ['I'] };
  const late: Rule = { ...base, id: 'late', kind: 'allowed', column: 'stage', values: ['II', 'III'] };
  const lateGrade: Rule = { ...base, id: 'first-grade', kind: 'allowed', column: 'grade', values: ['I'] };
  const up: Rule = { ...base, id: 'up', kind: 'order', lower: 'stage', upper: 'grade', strict: true };
  const down: Rule = { ...base, id: 'down', kind: 'order', lower: 'grade', upper: 'stage', strict: false };
  it.each<[string, Rule[], string[]]>([
    ['ranges apart', [adult, child], ['adult', 'child']],
    ['no common level', [early, late], ['early', 'late']],
    ['both ways round', [up, down], ['up', 'down']],
    ['values in the wrong order', [late, lateGrade, up], ['first-grade', 'up']],
    [
      'no listed number in the range',
      [adult, { ...base, id: 'list', kind: 'allowed', column: 'age', values: ['10', '17'] }],
      ['adult', 'list'],
    ],
  ])('%s', (_, rules, ids) => {
    expect(() => compileRules(rules, specs)).toThrowError(
      expect.objectContaining({ code: 'rule-conflict', detail: { rules: ids } }),
    );
  });

  it('but not while one is switched off', () => {
    expect(compileRules([adult, { ...child, enabled: false }], specs).rules).toHaveLength(1);
  });
});

describe('laws of rules', () => {
  const cell = fc.oneof(
    { weight: 5, arbitrary: fc.integer({ min: 0, max: 2 }) },
    { weight: 1, arbitrary: fc.constant(no) },
  );
  const table = fc.array(fc.tuple(cell, cell, cell, cell, cell, cell), { minLength: 1, maxLength: 30 });

  it('a row without missing cells breaks exactly one of a condition and its negation', () => {
    fc.assert(
      fc.property(table, fc.integer({ min: 0, max: 2 }), (rows, value) => {
        const frame = frameOf(rows);
        const pairs: [Condition, Condition][] = [
          [
            { column: 'dose', op: '<', value },
            { column: 'dose', op: '>=', value },
          ],
          [
            { column: 'dose', op: '=', value },
            { column: 'dose', op: '!=', value },
          ],
          [
            { column: 'stage', op: 'in', levels: ['I', 'III'] },
            { column: 'stage', op: 'not-in', levels: ['I', 'III'] },
          ],
        ];
        for (const [yes, not] of pairs) {
          const [a, b] = [yes, not].map(
            (then) =>
              compileRules([{ ...base, kind: 'implication', when: [], then }], specs).countViolations(frame)[0]!,
          );
          expect(a!.count + b!.count + a!.unknown).toBe(rows.length);
          expect(a!.unknown).toBe(b!.unknown);
        }
      }),
    );
  });

  it('"never A and B" is the same as "if A then not B" and "if B then not A"', () => {
    fc.assert(
      fc.property(table, (rows) => {
        const frame = frameOf(rows);
        const high: Condition = { column: 'dose', op: '>', value: 1 };
        const forward: Rule = {
          ...base,
          kind: 'implication',
          when: [untreated],
          then: { column: 'dose', op: '<=', value: 1 },
        };
        const backward: Rule = {
          ...base,
          kind: 'implication',
          when: [high],
          then: { column: 'treat', op: 'not-in', levels: ['no'] },
        };
        const [a, b] = [forward, backward].map(
          (rule) => compileRules([rule], specs).countViolations(frame, 99)[0]!.rows,
        );
        expect(a).toEqual(b);
      }),
    );
  });
});
