import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ValueSpec } from '../../data/frame';
import { EngineError } from '../../errors';
import { categoricalSpec, numericSpec } from '../../testing/generatorInput';
import { interpret } from '../checker/interpret';
import { compileExpression, compileStatement } from './compileExpression';
import { type Expression, partsOf, write } from './expression';
import { parseExpression } from './parseExpression';
import { printExpression } from './printExpression';
import { spanOf } from './textError';

const dateSpec = (name: string): ValueSpec => ({
  name,
  kind: 'datetime',
  levels: null,
  decimals: 0,
  datePattern: 'YYYY-MM-DD',
});
const specs: readonly ValueSpec[] = [
  numericSpec('a', 2),
  numericSpec('b', 0, 'integer'),
  numericSpec('dose (mg)', 1),
  categoricalSpec('sex', ['female', 'male']),
  categoricalSpec('stage', ['I', 'II', 'III'], 'ordinal'),
  categoricalSpec('grade', ['I', 'II', 'III'], 'ordinal'),
  categoricalSpec('flag', ['0', '1']),
  dateSpec('start'),
  dateSpec('end'),
];
const day = (text: string) => Date.parse(`${text}T00:00:00Z`);
const row = [1.5, 3, 20, 0, 1, 2, 1, day('2020-01-31'), day('2021-03-01')];

const resultOf = (text: string, cells: readonly number[] = row): number =>
  compileExpression(parseExpression(text), specs).evaluate(
    cells.map((cell) => Float64Array.of(cell)),
    0,
    1,
  )[0]!;

const bare = (expression: Expression): unknown =>
  JSON.parse(
    JSON.stringify(expression, (key, value) => (key === 'at' ? undefined : Object.is(value, -0) ? '-0' : value)),
  );

describe('what an expression gives', () => {
  it.each<[string, number]>([
    ['1 + 2 * 3', 7],
    ['(1 + 2) * 3', 9],
    ['2 ^ 3 ^ 2', 512],
    ['-2 ^ 2', -4],
    ['2 ^ -1', 0.5],
    ['10 - 4 - 3', 3],
    ['0.1 + 0.2 = 0.3', 1],
    ['0.1 + 0.2 <= 0.3', 1],
    ['0.1 + 0.2 < 0.3', 0],
    ['`dose (mg)` / b > 6 and sex = "female"', 1],
    ['not sex = "female" or a ≥ 1.5', 1],
    ["sex != 'male'", 1],
    ['sex in ("male")', 0],
    ['b in (1, 2, 3)', 1],
    ['b not in (1, 2)', 1],
    ['b in 0 .. 2', 0],
    ['a in .. 1.5', 1],
    ['a in (0.5 + 1) .. 2', 1],
    ['b not in 0 .. 2', 1],
    ['stage < grade', 1],
    ['stage <= "I"', 0],
    ['flag = 1', 1],
    ['stage = grade', 0],
    ['if sex = "male" then a > 100', 1],
    ['if sex = "female" then a > 100', 0],
    ['(if sex = "male" then 1 else 2) + b', 5],
    ['end - start', 395],
    ['start + 1 = date("2020-02-01")', 1],
    ['end > "2021-02-28"', 1],
    ['months(start, end)', 13],
    ['years(start, end)', 1],
    ['years(end, start)', -1],
    ['days(start, end)', 395],
    ['year(start) * 100 + month(start)', 202_001],
    ['weekday(start)', 5],
    ['round(2.5) + round(-2.5)', 0],
    ['round(a * 1.11, 1)', 1.7],
    ['min(a, b, 9) + max(a, b)', 4.5],
    ['floor(a) + ceil(a) + abs(-1)', 4],
    ['log(exp(2)) + sqrt(9)', 5],
  ])('%s', (text, value) => {
    expect(resultOf(text)).toBeCloseTo(value, 9);
  });

  const unknown = row.map((cell, c) => (c === 0 ? Number.NaN : cell));
  it.each<[string, number]>([
    ['a > 1', Number.NaN],
    ['a > 1 or b = 3', 1],
    ['a > 1 and b = 3', Number.NaN],
    ['a > 1 and b = 4', 0],
    ['not a > 1', Number.NaN],
    ['if a > 1 then b = 3', 1],
    ['if a > 1 then b = 4', Number.NaN],
    ['missing(a) and known(b)', 1],
    ['b / 0 > 1', Number.NaN],
    ['log(-b) > 1', Number.NaN],
    ['sqrt(b - 4) > 1', Number.NaN],
    ['a in (1, 2)', Number.NaN],
    ['a not in (1, 2)', Number.NaN],
  ])('what depends on a missing cell is unknown: %s', (text, value) => {
    expect(resultOf(text, unknown)).toEqual(value);
  });
});

describe('what cannot be read or applied is told with its place and the way out', () => {
  it.each<[string, number, number, RegExp]>([
    ['a >', 3, 3, /expected a column, a number or a text/],
    ['a > 1 b', 6, 7, /does not continue/],
    ['dose (mg) > 1', 0, 4, /no function "dose"/],
    ['ag > 1', 0, 2, /no column "ag"; did you mean "a"/],
    ['a = "x"', 0, 7, /cannot be compared/],
    ['a = "5"', 0, 7, /without quotes/],
    ['sex = "mael"', 0, 12, /no level "mael"; did you mean "male"/],
    ['sex = "x"', 0, 9, /it has female, male/],
    ['sex < "male"', 0, 12, /no order/],
    ['sex + 1 > 2', 0, 3, /holds categories/],
    ['a', 0, 1, /true or false/],
    ['sex', 0, 3, /compare "sex" with a level, such as = "female"/],
    ['1 < a < 3', 6, 7, /do not chain/],
    ['a && b', 2, 4, /written "and"/],
    ['a > 1 and "x', 10, 12, /never closed/],
    ['a in (1, 2', 10, 10, /to close the list/],
    ['a in 5', 5, 6, /a list in brackets/],
    ['a in ..', 5, 7, /at least one end/],
    ['abs(a, b) > 1', 0, 9, /used as abs\(x\)/],
    ['year(a) > 1', 5, 6, /takes dates/],
    ['start + end > 1', 0, 11, /date - date/],
    ['start > "31.1.2020"', 0, 19, /write it as "2020-01-31"/],
    ['date("2020-02-30") > start', 5, 17, /a date is written as/],
    ['a > 1 and and', 10, 13, /word of the language/],
    ['a ? 1', 2, 3, /no meaning here/],
    ['if a > 1', 8, 8, /expected "then"/],
    ['constructor(a) > 1', 0, 11, /no function/],
  ])('%s', (text, from, to, message) => {
    try {
      compileStatement(parseExpression(text), specs);
      expect.unreachable();
    } catch (error) {
      expect(error).toBeInstanceOf(EngineError);
      expect((error as EngineError).message).toMatch(message);
      expect(spanOf(error as EngineError)).toEqual({ from, to });
    }
  });
});

/** Well-typed expressions of some depth, over the columns above. */
const { truth, value } = fc.letrec<{ truth: Expression; value: Expression; when: Expression }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', maxDepth: 4, withCrossShrink: true },
    fc.constantFrom('a', 'b', 'dose (mg)').map(write.column),
    fc.oneof(fc.integer({ min: -9, max: 9 }), fc.constantFrom(0.1, 1e-9, 2.5e21)).map(write.number),
    fc
      .tuple(tie('value'), fc.constantFrom('+', '-', '*', '/', '^' as const), tie('value'))
      .map(([a, operator, b]) => write.binary(a, operator as '+', b)),
    tie('value')
      .filter((one) => one.type !== 'number')
      .map((operand): Expression => ({ type: 'unary', operator: '-', operand, at: { from: 0, to: 0 } })),
    fc.tuple(fc.constantFrom('abs', 'floor', 'round'), tie('value')).map(([name, one]) => write.call(name, one)),
    fc.tuple(tie('when'), tie('when')).map(([a, b]) => write.binary(a, '-', b)),
    fc.tuple(tie('when'), tie('when')).map(([a, b]) => write.call('months', a, b)),
    fc.tuple(tie('truth'), tie('value'), tie('value')).map(
      ([condition, result, otherwise]): Expression => ({
        type: 'if',
        condition,
        result,
        otherwise,
        at: { from: 0, to: 0 },
      }),
    ),
  ),
  when: fc.oneof(
    fc.constantFrom('start', 'end').map(write.column),
    fc.integer({ min: -3000, max: 20_000 }).map((days) => write.date(days * 86_400_000)),
  ),
  truth: fc.oneof(
    { depthSize: 'small', maxDepth: 4, withCrossShrink: true },
    fc
      .tuple(tie('value'), fc.constantFrom('<', '<=', '>', '>=', '=', '!='), tie('value'))
      .map(([a, operator, b]) => write.binary(a, operator as '<', b)),
    fc
      .tuple(tie('when'), fc.constantFrom('<', '<=', '=', '!='), tie('when'))
      .map(([a, operator, b]) => write.binary(a, operator as '<', b)),
    fc.constantFrom('female', 'male').map((level) => write.binary(write.column('sex'), '=', write.text(level))),
    fc
      .tuple(fc.constantFrom('stage', 'grade'), fc.constantFrom('<', '>=', '='), fc.constantFrom('I', 'II', 'III'))
      .map(([name, operator, level]) => write.binary(write.column(name), operator as '<', write.text(level))),
    fc.constant(write.binary(write.column('stage'), '<=', write.column('grade'))),
    fc.boolean().map((no) => write.in(write.column('stage'), [write.text('I'), write.text('III')], no)),
    fc.tuple(tie('value'), tie('value'), fc.boolean()).map(([a, b, no]) => write.in(a, [b, write.number(2)], no)),
    fc.tuple(tie('value'), fc.option(tie('value')), tie('value')).map(([a, low, high]) => write.within(a, low, high)),
    fc.constantFrom('a', 'sex').map((name) => write.call('missing', write.column(name))),
    tie('truth').map(write.not),
    fc
      .tuple(tie('truth'), fc.constantFrom('and', 'or'), tie('truth'))
      .map(([a, operator, b]) => write.binary(a, operator as 'and', b)),
    fc.tuple(tie('truth'), tie('truth')).map(([a, b]) => write.if(a, b)),
  ),
}));

describe('laws of the language', () => {
  it('what is printed reads back as the same expression', () => {
    fc.assert(
      fc.property(fc.oneof(truth, value), (expression) => {
        expect(bare(parseExpression(printExpression(expression)))).toEqual(bare(expression));
      }),
      { numRuns: 300 },
    );
  });

  it('names and texts of any letters read back', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', minLength: 1 }), fc.string({ unit: 'binary' }), (name, text) => {
        const expression = write.binary(write.column(name), '=', write.text(text));
        expect(bare(parseExpression(printExpression(expression)))).toEqual(bare(expression));
      }),
    );
  });

  it('parts of a date are those of the calendar', () => {
    const far = 4e6 * 86_400_000;
    fc.assert(
      fc.property(fc.integer({ min: -far / 8, max: far }), (ms) => {
        const cells = row.map((cell, c) => (specs[c]!.name === 'start' ? ms : cell));
        const date = new Date(ms);
        expect(['year', 'month', 'day', 'weekday', 'hour'].map((part) => resultOf(`${part}(start)`, cells))).toEqual([
          date.getUTCFullYear(),
          date.getUTCMonth() + 1,
          date.getUTCDate(),
          date.getUTCDay() || 7,
          date.getUTCHours(),
        ]);
      }),
    );
  });

  it('every part stands where its place says', () => {
    const text = 'if  sex = "male" and (a + 1)*2 > b then `dose (mg)` in 0 .. 5 or missing(end)';
    const visit = (expression: Expression): void => {
      const { from, to } = expression.at;
      expect(bare(parseExpression(text.slice(from, to)))).toEqual(bare(expression));
      partsOf(expression).forEach(visit);
    };
    visit(parseExpression(text));
  });

  it('the compiled form and the independent reading agree, missing cells included', () => {
    const cells = fc.tuple(
      ...specs.map((spec) =>
        fc.oneof(
          { weight: 6, arbitrary: fc.integer({ min: 0, max: spec.levels ? spec.levels.length - 1 : 4 }) },
          { weight: 1, arbitrary: fc.constant(Number.NaN) },
        ),
      ),
    );
    fc.assert(
      fc.property(truth, cells, (expression, given) => {
        const dated = given.map((cell, c) => (specs[c]!.kind === 'datetime' ? cell * 40 * 86_400_000 : cell));
        const [compiled] = compileStatement(expression, specs).evaluate(
          dated.map((cell) => Float64Array.of(cell)),
          0,
          1,
        );
        const at = (name: string) => specs.findIndex((spec) => spec.name === name);
        const read = interpret(expression, {
          spec: (name) => specs[at(name)],
          cell: (name) => {
            const cell = dated[at(name)]!;
            return Number.isNaN(cell) ? null : (specs[at(name)]!.levels?.[cell] ?? cell);
          },
        });
        expect(read === null ? Number.NaN : Number(read)).toBe(compiled);
      }),
      { numRuns: 1000 },
    );
  });
});
