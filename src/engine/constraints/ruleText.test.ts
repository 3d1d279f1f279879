// biome-ignore-all lint/suspicious/noThenProperty: `then` is a field of saved rules, holds data and is never awaited.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Frame, ValueSpec } from '../data/frame';
import { categoricalSpec, numericSpec } from '../testing/generatorInput';
import { describeRule } from './catalogue';
import { independentCheck } from './checker/independentCheck';
import { compileRule, violationsOf } from './compileRules';
import { parseExpression } from './language/parseExpression';
import { printExpression } from './language/printExpression';
import type { Condition, Rule } from './rule';
import { printRule, readRule, readRules } from './ruleText';

const dateSpec = (name: string): ValueSpec => ({ ...numericSpec(name, 0), kind: 'datetime' });
const specs: readonly ValueSpec[] = [
  numericSpec('dose', 0, 'integer'),
  numericSpec('price (net)', 2),
  numericSpec('step', 1),
  categoricalSpec('sex', ['female', 'male']),
  categoricalSpec('stage', ['I', 'II', 'III'], 'ordinal'),
  categoricalSpec('grade', ['I', 'II', 'III'], 'ordinal'),
  categoricalSpec('flag', ['0', '1']),
  dateSpec('admitted'),
  dateSpec('left'),
];

describe('a line of text as a rule', () => {
  it.each<[string, string, string]>([
    ['dose in 0 .. 50 step 10', 'range', 'dose is between 0 and 50 in steps of 10'],
    ['dose >= 0', 'range', 'dose is at least 0'],
    ['50 >= dose', 'range', 'dose is at most 50'],
    ['dose step 5', 'range', 'dose is a multiple of 5'],
    ['left <= date("2020-01-31")', 'range', 'left is at most 2020-01-31'],
    ['whole `step`', 'whole', 'step is a whole number'],
    ['sex in ("female")', 'allowed', 'sex is female'],
    ['flag = 1', 'allowed', 'flag is 1'],
    ['dose in (0, 10)', 'allowed', 'dose is one of 0, 10'],
    ['admitted <= left gap 0 .. 30', 'order', 'admitted is not after left, 0 to 30 days apart'],
    ['stage > grade', 'order', 'grade is below stage'],
    ['`price (net)` = dose * 2 within 0.01', 'formula', 'price (net) is dose * 2, give or take 0.01'],
    [
      'if sex = "male" and missing(dose) then flag != 1',
      'implication',
      'flag is not 1 whenever sex is male and dose is missing',
    ],
    ['never sex = "male" and dose > 5', 'forbidden', 'never sex is male and dose is above 5'],
    ['dose rises with stage', 'monotone', 'dose never falls as stage rises, other causes being equal'],
    [
      'effect of dose on `price (net)` at most 2.5',
      'bounded-effect',
      'the effect of dose on price (net) is at most 2.5',
    ],
    ['fixed sex', 'fixed', 'sex stays what it is in the real row'],
    ['time sex, flag | stage | left', 'tiers', 'in time: sex, flag, then stage, then left'],
    ['support at least 0.02', 'support', 'no row lies farther out than 98 % of the real rare rows'],
    ['if dose > 5 or flag = 1 then stage > "I"', 'expression', 'if dose > 5 or flag = "1" then stage > "I"'],
  ])('%s', (line, kind, words) => {
    const rule = readRule(`${line} # known`, specs, 'r');
    expect(rule).toMatchObject({ kind, reason: 'known', enabled: true, id: 'r' });
    // The free form keeps numbers as they were written.
    expect(describeRule(rule, specs).replace('flag = 1', 'flag = "1"')).toBe(words);
    expect(readRule(printRule(rule, specs), specs, 'r')).toEqual(rule);
  });

  it('reads a file of them and tells what is wrong with which line', () => {
    const { rules, problems } = readRules(
      '# doses\ndose >= 0  # no negative dose\n\noff whole dose\ndosis > 1\ndose in 0 .. 50 step x\n',
      specs,
      (line) => `line ${line}`,
    );
    expect(rules.map(({ id, enabled, reason }) => [id, enabled, reason])).toEqual([
      ['line 2', true, 'no negative dose'],
      ['line 4', false, ''],
    ]);
    expect(problems).toEqual([
      { line: 5, message: 'At character 1: there is no column "dosis".', span: { from: 0, to: 5 } },
      { line: 6, message: expect.stringMatching(/a number above 0, found "x"/), span: { from: 21, to: 22 } },
    ]);
  });
});

const levelsOf = { sex: ['female', 'male'], stage: ['I', 'II', 'III'] } as const;
const number = fc.integer({ min: -3, max: 9 });
const gapNumber = fc.integer({ min: 0, max: 4 });
const condition: fc.Arbitrary<Condition> = fc.oneof(
  fc.record({
    column: fc.constantFrom('dose', 'price (net)'),
    op: fc.constantFrom('<', '<=', '>', '>=', '=', '!='),
    value: number,
  }),
  fc.constantFrom('sex', 'stage').chain((column) =>
    fc.record({
      column: fc.constant(column),
      op: fc.constantFrom('in', 'not-in'),
      levels: fc.subarray([...levelsOf[column as 'sex']], { minLength: 1 }),
    }),
  ),
  fc.record({ column: fc.constantFrom('dose', 'sex'), op: fc.constantFrom('missing', 'known') }),
);
const base = { id: fc.constant('r'), reason: fc.constant('known'), enabled: fc.boolean() };
const rule: fc.Arbitrary<Rule> = fc.oneof(
  fc
    .record({
      ...base,
      kind: fc.constant('range' as const),
      column: fc.constantFrom('dose', 'step'),
      min: number,
      max: number,
    })
    .filter(({ min, max }) => min <= max),
  fc.record({
    ...base,
    kind: fc.constant('range' as const),
    column: fc.constant('dose'),
    min: fc.option(number),
    max: fc.constant(9),
    step: fc.constantFrom(2, 0.5),
  }),
  fc.record({ ...base, kind: fc.constant('whole' as const), column: fc.constant('price (net)') }),
  fc.record({
    ...base,
    kind: fc.constant('allowed' as const),
    column: fc.constant('stage'),
    values: fc.subarray(['I', 'III'], { minLength: 1 }),
  }),
  fc.record({
    ...base,
    kind: fc.constant('allowed' as const),
    column: fc.constant('dose'),
    values: fc.subarray(['0', '2', '5'], { minLength: 1 }),
  }),
  fc.record({
    ...base,
    kind: fc.constant('order' as const),
    lower: fc.constant('stage'),
    upper: fc.constant('grade'),
    strict: fc.boolean(),
  }),
  fc.record({
    ...base,
    kind: fc.constant('order' as const),
    lower: fc.constant('admitted'),
    upper: fc.constant('left'),
    strict: fc.boolean(),
    gap: fc.record({ min: gapNumber, max: fc.constant(4) }),
  }),
  fc.record({
    ...base,
    kind: fc.constant('formula' as const),
    column: fc.constant('price (net)'),
    formula: fc.constantFrom('dose * 2', 'dose + `step` / 3', 'if sex = "male" then dose else 1'),
    tolerance: fc.constantFrom(0, 0.1, 2),
  }),
  fc.record({
    ...base,
    kind: fc.constant('implication' as const),
    when: fc.array(condition, { minLength: 1, maxLength: 3 }),
    then: condition,
  }),
  fc.record({
    ...base,
    kind: fc.constant('forbidden' as const),
    conditions: fc.array(condition, { minLength: 2, maxLength: 3 }),
  }),
  fc.record({
    ...base,
    kind: fc.constant('monotone' as const),
    cause: fc.constant('dose'),
    effect: fc.constant('step'),
    direction: fc.constantFrom('rises', 'falls'),
  }),
  fc.record({ ...base, kind: fc.constant('fixed' as const), column: fc.constant('step') }),
  fc.record({
    ...base,
    kind: fc.constant('tiers' as const),
    tiers: fc.constant([['sex'], ['dose', 'step'], ['left']]),
  }),
  fc.record({
    ...base,
    kind: fc.constant('expression' as const),
    text: fc.constantFrom('dose > 1 or `step` < 2', 'abs(dose - `step`) <= 3', 'left - admitted < 2 or stage <= grade'),
  }),
) as fc.Arbitrary<Rule>;

describe('laws of rules as text', () => {
  it('a rule that is printed reads back as the same rule', () => {
    fc.assert(
      fc.property(rule, (one) => {
        expect(readRule(printRule(one, specs), specs, 'r')).toEqual(one);
      }),
    );
  });

  it('the compiled rule and the independent checker find the same broken rows', () => {
    const cell = fc.oneof(
      { weight: 6, arbitrary: fc.integer({ min: 0, max: 8 }) },
      { weight: 1, arbitrary: fc.constant(Number.NaN) },
    );
    const table = fc.array(fc.tuple(...specs.map(() => cell)), { minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(rule, table, (one, rows) => {
        const frame: Frame = {
          rows: rows.length,
          specs,
          columns: specs.map((spec, c) =>
            Float64Array.from(rows, (row) => {
              const value = row[c]!;
              if (spec.levels) return value % spec.levels.length;
              return spec.kind === 'datetime' ? value * 86_400_000 : value / (spec.decimals > 0 ? 2 : 1);
            }),
          ),
        };
        const compiled = violationsOf(compileRule(one, specs), frame, 1);
        expect(independentCheck([{ ...one, enabled: true }], frame, frame.columns)).toEqual([
          { ruleId: 'r', broken: compiled.count, firstRow: compiled.rows[0] ?? null },
        ]);
      }),
      { numRuns: 400 },
    );
  });

  it('a formula is kept as it is printed', () => {
    expect(printExpression(parseExpression('(dose)+ `step`'))).toBe('dose + `step`');
  });
});
