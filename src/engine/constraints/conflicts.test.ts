import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ValueSpec } from '../data/frame';
import { categoricalSpec, numericSpec } from '../testing/generatorInput';
import { compileRule, stateOf } from './compileRules';
import { findConflict, unjudgedRules } from './conflicts';
import { ruleState } from './ruleKind';
import { readRules } from './ruleText';

const specs: readonly ValueSpec[] = [
  numericSpec('a', 0, 'integer'),
  numericSpec('b', 0, 'integer'),
  numericSpec('c', 1),
  categoricalSpec('sex', ['female', 'male']),
  categoricalSpec('stage', ['I', 'II', 'III'], 'ordinal'),
  { ...numericSpec('start', 0), kind: 'datetime' },
  { ...numericSpec('end', 0), kind: 'datetime' },
];
const rulesOf = (text: string) => readRules(text, specs, (line) => `r${line}`).rules;
const conflictOf = (text: string) => findConflict(rulesOf(text), specs)?.ruleIds.join(' ') ?? null;

describe('the smallest rules that no row can keep together', () => {
  it.each<[string, string | null]>([
    ['a in 0 .. 5\nb >= 1\na >= 6', 'r1 r3'],
    ['a > 1\na < 2', 'r1 r2'], // no whole number lies between
    ['c > 1\nc < 2', null],
    ['a < b\nb < c\nc <= a', 'r1 r2 r3'],
    ['a <= b\nb <= c\nc <= a', null],
    ['if sex = "male" then a > 5\nif sex = "female" then a > 5\na <= 5', 'r1 r2 r3'],
    ['if sex = "male" then a > 5\na <= 5', null],
    ['never sex = "male" and a > 3\nsex = "male"\na >= 4\nb > 0', 'r1 r2 r3'],
    ['stage > "I"\nif stage in ("II", "III") then sex = "male"\nsex = "female"', 'r1 r2 r3'],
    ['c = 2 * a + b\na >= 3\nb >= 4\nc <= 9.9', 'r1 r2 r3 r4'],
    ['c = 2 * a + b\na >= 3\nb >= 4\nc <= 10.5', null],
    ['start <= end gap 5 ..\nend <= start + 3', 'r1 r2'],
    ['start >= date("2020-02-01")\nend <= date("2020-01-01")\nstart <= end', 'r1 r2 r3'],
    ['abs(a - b) <= 2\na >= 10\nb <= 7', 'r1 r2 r3'],
    ['not (a > 1 or b > 1)\na = 5', 'r1 r2'],
    ['a * b > 100\na = 0\nb > 3', 'r1 r2'],
    ['a * b > 100\na = 5', null],
    ['a * b = 7\na in 2 .. 4\nb in 2 .. 4', 'r1 r3'], // decided value by value
    ['a * b = 9\na in 2 .. 4\nb in 2 .. 4', null],
    ['a ^ 2 < 0', 'r1'],
    ['log(a) > 3\na in 1 .. 20', 'r1 r2'],
    ['log(a) > 3\na in 0 .. 20', null], // the logarithm of 0 is unknown, which breaks no rule
    ['a / b > 2\na <= 9\nb in 5 .. 9', 'r1 r2 r3'],
    ['a / b > 2\na <= 9\nb in 0 .. 9', null],
    ['c = a * b\na >= 3\nb >= 4\nc <= 11.9', 'r1 r2 r3 r4'],
    ['c = a * b\na >= 3\nb >= 4\nc <= 12', null],
    ['abs(a - b) >= 3\na in 5 .. 6\nb in 4 .. 7', 'r1 r2 r3'],
    ['max(a, b) > 9\na < 5\nb < 5', 'r1 r2 r3'],
    ['min(a, b, c) >= 2\nc < 2', 'r1 r2'],
    ['sqrt(a) + exp(b) < 3\na >= 4\nb >= 1', 'r1 r2 r3'],
    ['round(c) = 4\nc > 4.6', 'r1 r2'],
    ['month(start) = 13', 'r1'],
    ['year(start) >= 2021\nstart < date("2020-06-01")', 'r1 r2'],
    ['days(start, end) * 2 > 10\nend <= start + 4\nstart = date("2020-01-01")', 'r1 r2 r3'],
    ['a > if sex = "male" then 5 else 9\na <= 5', 'r1 r2'], // neither way
    ['a > if sex = "male" then 5 else 9\na <= 6', null],
    ['a > if sex = "male" then 5 else 9\na <= 9\nsex = "female"', 'r1 r2 r3'],
    ['a * (if b > 2 then 2 else 3) = 12\na = 4\nb >= 3', 'r1 r2 r3'],
    ['a = (if b > 2 then 1 else 2) + (if sex = "male" then 10 else 20)\na >= 22\nb = 5', 'r1 r2 r3'],
    ['if sex = "male" then a > 5 else a > 7\na <= 5', 'r1 r2'],
    ['a >= if log(b) > 0 then 3 else 4\na <= 2\nb >= 0', null], // the condition is unknown where b is 0
    ['months(start, end) >= 3\nend <= start + 80', 'r1 r2'],
    ['months(start, end) >= 3\nend <= start + 92\nstart >= date("2020-01-01")\nstart <= date("2020-12-31")', null],
    ['months(start, end) = 1\nstart = date("2020-01-31")\nend <= date("2020-02-29")', 'r1 r2 r3'],
    ['years(start, end) >= 18\nstart > date("2010-05-05")\nend <= date("2028-05-05")', 'r1 r2 r3'],
    ['years(start, end) >= 18\nstart >= date("2010-05-05")\nend <= date("2028-05-05")', null],
    ['a ^ 0.5 > 3\na in 0 .. 9', 'r1 r2'],
    ['a ^ 0.5 >= 3\na in 0 .. 9', null],
    ['a ^ -1 > 0.6\na >= 2', 'r1 r2'],
    ['2 ^ b > 9\nb <= 3', 'r1 r2'],
    ['a ^ b <= 1\na >= 2\nb >= 1', 'r1 r2 r3'],
    ['a ^ 0.5 > 3\na in -9 .. 9', null], // of a number below 0 the power is unknown, which breaks no rule
    ['round(c, 1) = 4\nc > 4.1', 'r1 r2'],
    ['a * 2 in (3, 4)\na > 2', 'r1 r2'],
    ['if a > 0 then missing(c)\na > 0\nc > 0', null], // c may be missing in every row
  ])('%s', (text, ids) => {
    expect(conflictOf(text)).toBe(ids);
  });

  it('tells apart what no row and what no rare row can keep', () => {
    const rare = { column: 'sex', levels: ['male'] };
    const rules = rulesOf('if sex = "male" then a > 5\na <= 5');
    expect(findConflict(rules, specs)).toBeNull();
    expect(findConflict(rules, specs, rare)).toMatchObject({
      isAboutRare: true,
      ruleIds: ['r1', 'r2'],
      message: expect.stringMatching(/^No row with sex = male can keep both/),
    });
  });
});

const statement = fc.oneof(
  fc.tuple(fc.constantFrom('a', 'b'), fc.constantFrom('<', '<=', '>', '>=', '=', '!='), fc.integer({ min: 0, max: 4 })),
  fc.tuple(fc.constantFrom('a'), fc.constantFrom('<', '<=', '>', '='), fc.constantFrom('b', 'b + 1', 'b - 2')),
  fc.tuple(
    fc.constantFrom(
      'a ^ 0.5',
      'a ^ b',
      'b ^ -1',
      '(if a > b then a - b else 2)',
      'a * (if sex = "male" then 2 else b)',
      '(if a / b > 1 then 0 else a)',
      'years(date("2020-05-05") + 200 * a, date("2021-01-31") + 365 * b)',
      'months(date("2020-05-31") + 30 * b, date("2020-03-01") + 40 * a)',
      'a * b',
      'a * a - b',
      'max(a, b)',
      'abs(a - b)',
      'a / b',
      'a ^ 2',
      'floor(b / 2)',
      'min(a, 2) * b',
    ),
    fc.constantFrom('<', '<=', '>', '>=', '=', '!='),
    fc.constantFrom('0', '1', '2', '4', '7', 'a', 'b + 1'),
  ),
  fc.tuple(fc.constantFrom('sex'), fc.constantFrom('=', '!='), fc.constantFrom('"male"', '"female"')),
  fc.tuple(fc.constantFrom('stage'), fc.constantFrom('<', '>=', '='), fc.constantFrom('"I"', '"II"', '"III"')),
);
const part = statement.map((words) => words.join(' '));
const line = fc.oneof(
  part,
  fc.tuple(part, part).map(([when, then]) => `if ${when} then ${then}`),
  fc.tuple(part, part).map(([x, y]) => `never ${x} and ${y}`),
  fc.tuple(part, part, part).map(([x, y, z]) => `${x} or ${y} and ${z}`),
);

describe('rules that are not judged', () => {
  it('are named', () => {
    const text =
      'a > if sex = "male" then 5 else 9\nmonths(start, end) > 2\na ^ 1.5 < 8\nif a > 0 then missing(c)\nc > 2';
    expect(unjudgedRules(rulesOf(text), specs)).toEqual(['r4', 'r5']);
  });
});

describe('laws of conflicts', () => {
  const cells = [0, 1, 2, 3, 4].flatMap((a) =>
    [0, 1, 2, 3, 4].flatMap((b) => [0, 1].flatMap((sex) => [0, 1, 2].map((stage) => [a, b, 0, sex, stage, 0, 0]))),
  );
  const columns = specs.map((_, c) => Float64Array.from(cells, (cell) => cell[c]!));
  // Values outside the grid that is tried must not be a way out.
  const fence = 'a in 0 .. 4\nb in 0 .. 4';

  it('a conflict is told exactly where no row of all there are keeps the rules, and each of its rules is needed', () => {
    fc.assert(
      fc.property(fc.array(line, { minLength: 1, maxLength: 6 }), (lines) => {
        const rules = rulesOf([fence, ...lines].join('\n'));
        const keep = (some: typeof rules) => {
          const compiled = some.map((rule) => compileRule(rule, specs));
          return cells.some((_, row) => compiled.every((one) => stateOf(one, columns, row) !== ruleState.broken));
        };
        const conflict = findConflict(rules, specs);
        expect(conflict !== null).toBe(!keep(rules));
        if (!conflict) return;
        const core = rules.filter(({ id }) => conflict.ruleIds.includes(id));
        for (const rule of core) {
          const rest = core.filter((one) => one !== rule);
          // Without the fence another value may do: what is left must at least be told as possible.
          expect(findConflict(rest, specs)).toBeNull();
        }
      }),
      { numRuns: 300 },
    );
  });
});
