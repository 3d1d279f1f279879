import type { ValueSpec } from '../../data/frame';
import { closest, unknownColumn } from './closest';
import type { ArithmeticOperator, ComparisonOperator, Expression, Span } from './expression';
import { functions } from './functions';
import { readDateText } from './parseExpression';
import { textError } from './textError';

/** What an expression gives: numbers, dates in milliseconds, truth values, or level codes of a category. */
export type ValueType =
  /** `literal` is the number itself where it is written out. */
  | { readonly kind: 'number' | 'date' | 'truth'; readonly literal?: number }
  | { readonly kind: 'category'; readonly spec: ValueSpec }
  /** A text in quotes, which becomes a level or a date beside what it is compared with. */
  | { readonly kind: 'text'; readonly value: string };

/** An expression bound to the columns of a frame. */
export interface CompiledExpression {
  readonly type: ValueType;
  /**
   * Values of rows [from, from + n), n at most BLOCK_ROWS; truth is 1, 0, or NaN for unknown. The array is valid until
   * the next call.
   */
  evaluate(columns: readonly Float64Array[], from: number, n: number): Float64Array;
}

/** Rows evaluated at a time: small enough for its intermediate columns to stay in the processor's cache. */
export const BLOCK_ROWS = 1024;

/** Two calculated numbers that differ by no more than this share of the larger are equal: 0.1 + 0.2 = 0.3. */
const EQUAL_SHARE = 1e-12;

const number: ValueType = { kind: 'number' };
const truth: ValueType = { kind: 'truth' };
const date: ValueType = { kind: 'date' };
const DAY_MS = 86_400_000;

/**
 * Binds an expression to columns. Logic is three-valued: what depends on a missing cell is unknown, except where it is
 * settled all the same (false and unknown is false, true or unknown is true), and a calculation without a result (a
 * division by zero, the logarithm of a negative number) is as unknown as a missing cell.
 * @throws EngineError `bad-rule` with the place of an unknown column or level, or of kinds of value that do not go together.
 */
export function compileExpression(expression: Expression, specs: readonly ValueSpec[]): CompiledExpression {
  const compile = (part: Expression): CompiledExpression => compileExpression(part, specs);
  switch (expression.type) {
    case 'number':
      return constant({ kind: 'number', literal: expression.value }, expression.value);
    case 'date':
      return constant(date, expression.ms);
    case 'text':
      return constant({ kind: 'text', value: expression.value }, Number.NaN);
    case 'column':
      return column(expression.name, specs, expression.at);
    case 'unary': {
      const operand = compile(expression.operand);
      if (expression.operator === 'not') {
        requireTruth(operand, expression.operand, '"not"');
        return mapped(truth, operand, (value) => 1 - value);
      }
      requireNumber(operand, expression.operand, '"-"');
      return mapped(number, operand, (value) => -value);
    }
    case 'binary': {
      const { operator } = expression;
      const left = compile(expression.left);
      const right = compile(expression.right);
      if (operator === 'and' || operator === 'or') {
        requireTruth(left, expression.left, `"${operator}"`);
        requireTruth(right, expression.right, `"${operator}"`);
        return operator === 'and' ? both(left, right) : either(left, right);
      }
      if (operator in arithmetic) return calculation(operator as ArithmeticOperator, left, right, expression);
      return comparison(operator as ComparisonOperator, left, right, expression);
    }
    case 'in':
      return membership(expression, compile(expression.operand), compile);
    case 'within': {
      const operand = compile(expression.operand);
      const low = expression.low && comparison('>=', operand, compile(expression.low), expression);
      const high = expression.high && comparison('<=', operand, compile(expression.high), expression);
      return low && high ? both(low, high) : (low ?? high)!;
    }
    case 'if':
      return choice(expression, compile);
    case 'call':
      return call(expression, compile);
  }
}

/** @throws EngineError `bad-rule` unless the expression says something that is true or false of a row. */
export function compileStatement(expression: Expression, specs: readonly ValueSpec[]): CompiledExpression {
  const compiled = compileExpression(expression, specs);
  requireTruth(compiled, expression, 'A rule');
  return compiled;
}

function column(name: string, specs: readonly ValueSpec[], at: Span): CompiledExpression {
  const index = specs.findIndex((spec) => spec.name === name);
  if (index < 0) throw unknownColumn(name, specs, at);
  const spec = specs[index]!;
  return {
    type: spec.levels ? { kind: 'category', spec } : spec.kind === 'datetime' ? date : number,
    evaluate: (columns, from, n) => columns[index]!.subarray(from, from + n),
  };
}

function constant(type: ValueType, value: number): CompiledExpression {
  const out = new Float64Array(BLOCK_ROWS).fill(value);
  return { type, evaluate: () => out };
}

function mapped(type: ValueType, operand: CompiledExpression, compute: (value: number) => number): CompiledExpression {
  const out = new Float64Array(BLOCK_ROWS);
  return {
    type,
    evaluate(columns, from, n) {
      const values = operand.evaluate(columns, from, n);
      for (let i = 0; i < n; i++) out[i] = compute(values[i]!);
      return out;
    },
  };
}

/** The loops of the operators are written out: a call for each cell would cost more than the comparison. */
type Loop = (out: Float64Array, a: Float64Array, b: Float64Array, n: number) => void;

function combined(
  type: ValueType,
  left: CompiledExpression,
  right: CompiledExpression,
  loop: Loop,
): CompiledExpression {
  const out = new Float64Array(BLOCK_ROWS);
  return {
    type,
    evaluate(columns, from, n) {
      loop(out, left.evaluate(columns, from, n), right.evaluate(columns, from, n), n);
      return out;
    },
  };
}

const both = (left: CompiledExpression, right: CompiledExpression) =>
  combined(truth, left, right, (out, a, b, n) => {
    // 0 decides; else unknown stays unknown, since NaN + 1 is NaN.
    for (let i = 0; i < n; i++) out[i] = a[i] === 0 || b[i] === 0 ? 0 : a[i]! * b[i]!;
  });
const either = (left: CompiledExpression, right: CompiledExpression) =>
  combined(truth, left, right, (out, a, b, n) => {
    for (let i = 0; i < n; i++) out[i] = a[i] === 1 || b[i] === 1 ? 1 : a[i]! * b[i]!;
  });

const arithmetic: Readonly<Record<ArithmeticOperator, Loop>> = {
  '+': (out, a, b, n) => {
    for (let i = 0; i < n; i++) out[i] = finite(a[i]! + b[i]!);
  },
  '-': (out, a, b, n) => {
    for (let i = 0; i < n; i++) out[i] = finite(a[i]! - b[i]!);
  },
  '*': (out, a, b, n) => {
    for (let i = 0; i < n; i++) out[i] = finite(a[i]! * b[i]!);
  },
  '/': (out, a, b, n) => {
    for (let i = 0; i < n; i++) out[i] = b[i] === 0 ? Number.NaN : a[i]! / b[i]!;
  },
  '^': (out, a, b, n) => {
    for (let i = 0; i < n; i++) out[i] = Number.isNaN(a[i]) ? Number.NaN : finite(a[i]! ** b[i]!); // NaN ** 0 would be 1
  },
};

const finite = (value: number): number => (Number.isFinite(value) ? value : Number.NaN);
/** How far apart two numbers may be and still count as equal. */
const slack = (a: number, b: number): number => EQUAL_SHARE * Math.max(Math.abs(a), Math.abs(b));

const numberComparisons: Readonly<Record<ComparisonOperator, Loop>> = {
  '<': (out, a, b, n) => {
    for (let i = 0; i < n; i++) {
      const x = a[i]!;
      const y = b[i]!;
      out[i] = x < y ? Number(y - x > slack(x, y)) : x >= y ? 0 : Number.NaN;
    }
  },
  '<=': (out, a, b, n) => {
    for (let i = 0; i < n; i++) {
      const x = a[i]!;
      const y = b[i]!;
      out[i] = x <= y ? 1 : x > y ? Number(x - y <= slack(x, y)) : Number.NaN;
    }
  },
  '>': (out, a, b, n) => numberComparisons['<'](out, b, a, n),
  '>=': (out, a, b, n) => numberComparisons['<='](out, b, a, n),
  '=': (out, a, b, n) => {
    for (let i = 0; i < n; i++) {
      const x = a[i]!;
      const y = b[i]!;
      out[i] = x === y ? 1 : x < y || x > y ? Number(Math.abs(x - y) <= slack(x, y)) : Number.NaN;
    }
  },
  '!=': (out, a, b, n) => {
    numberComparisons['='](out, a, b, n);
    for (let i = 0; i < n; i++) out[i] = 1 - out[i]!;
  },
};

/** Dates and level codes are whole numbers: equal is equal. */
const exactComparisons: Readonly<Record<ComparisonOperator, Loop>> = {
  '<': (out, a, b, n) => {
    for (let i = 0; i < n; i++) out[i] = a[i]! < b[i]! ? 1 : a[i]! >= b[i]! ? 0 : Number.NaN;
  },
  '<=': (out, a, b, n) => {
    for (let i = 0; i < n; i++) out[i] = a[i]! <= b[i]! ? 1 : a[i]! > b[i]! ? 0 : Number.NaN;
  },
  '>': (out, a, b, n) => exactComparisons['<'](out, b, a, n),
  '>=': (out, a, b, n) => exactComparisons['<='](out, b, a, n),
  '=': (out, a, b, n) => {
    for (let i = 0; i < n; i++) out[i] = a[i] === b[i] ? 1 : a[i]! < b[i]! || a[i]! > b[i]! ? 0 : Number.NaN;
  },
  '!=': (out, a, b, n) => {
    for (let i = 0; i < n; i++) out[i] = a[i] === b[i] ? 0 : a[i]! < b[i]! || a[i]! > b[i]! ? 1 : Number.NaN;
  },
};

type Of<T extends Expression['type']> = Extract<Expression, { type: T }>;

function calculation(
  operator: ArithmeticOperator,
  left: CompiledExpression,
  right: CompiledExpression,
  { left: a, right: b, at }: Of<'binary'>,
): CompiledExpression {
  const kinds = `${left.type.kind} ${operator} ${right.type.kind}`;
  if (kinds === 'date - date')
    return combined(number, left, right, (out, x, y, n) => {
      for (let i = 0; i < n; i++) out[i] = (x[i]! - y[i]!) / DAY_MS;
    });
  if (kinds === 'date + number' || kinds === 'date - number') {
    const sign = operator === '+' ? DAY_MS : -DAY_MS;
    return combined(date, left, right, (out, x, y, n) => {
      for (let i = 0; i < n; i++) out[i] = x[i]! + sign * y[i]!;
    });
  }
  if (left.type.kind === 'date' || right.type.kind === 'date')
    throw textError(
      at,
      'of dates there is "date - date" (days), "date + days" and "date - days"; year(date) and the like give numbers.',
    );
  requireNumber(left, a, `"${operator}"`);
  requireNumber(right, b, `"${operator}"`);
  return combined(number, left, right, arithmetic[operator]);
}

function comparison(
  operator: ComparisonOperator,
  left: CompiledExpression,
  right: CompiledExpression,
  { at }: { readonly at: Span },
): CompiledExpression {
  const [a, b] = [left.type, right.type];
  if (a.kind === 'number' && b.kind === 'number') return combined(truth, left, right, numberComparisons[operator]);
  if (a.kind === 'date' && b.kind === 'date') return combined(truth, left, right, exactComparisons[operator]);
  if (a.kind === 'date' && b.kind === 'text') return comparison(operator, left, dateOf(b.value, at), { at });
  if (a.kind === 'text' && b.kind === 'date') return comparison(operator, dateOf(a.value, at), right, { at });
  if (a.kind === 'truth' && b.kind === 'truth' && (operator === '=' || operator === '!='))
    return combined(truth, left, right, exactComparisons[operator]);
  if (a.kind === 'category' && b.kind !== 'category') {
    requireOrder(operator, a.spec, at);
    return combined(truth, left, constant(number, levelOf(a.spec, right, at)), exactComparisons[operator]);
  }
  if (b.kind === 'category' && a.kind !== 'category') {
    requireOrder(operator, b.spec, at);
    return combined(truth, constant(number, levelOf(b.spec, left, at)), right, exactComparisons[operator]);
  }
  if (a.kind === 'category' && b.kind === 'category') {
    requireOrder(operator, a.spec, at);
    requireOrder(operator, b.spec, at);
    const [own, other] = [a.spec.levels!, b.spec.levels!];
    if (own.join('\n') === other.join('\n')) return combined(truth, left, right, exactComparisons[operator]);
    if (operator !== '=' && operator !== '!=')
      throw textError(
        at,
        `"${a.spec.name}" and "${b.spec.name}" do not have the same levels in the same order, so one cannot be above the other.`,
      );
    // Levels are equal by their text; one that the other column lacks equals nothing.
    const codes = other.map((text, i) => (own.includes(text) ? own.indexOf(text) : -1 - i));
    const translated = mapped(right.type, right, (code) => codes[code] ?? Number.NaN);
    return combined(truth, left, translated, exactComparisons[operator]);
  }
  throw textError(at, `${worded(a)} and ${worded(b)} cannot be compared${hintFor(a, b)}.`);
}

function requireOrder(operator: ComparisonOperator, spec: ValueSpec, at: Span): void {
  if (operator === '=' || operator === '!=' || spec.kind === 'ordinal') return;
  throw textError(
    at,
    `the levels of "${spec.name}" have no order, so "${operator}" says nothing of them: use = or in (...), or make the column ordinal on the Data stage.`,
  );
}

/** The code of a level given as a text or a number. @throws EngineError `bad-rule` for what is no level. */
function levelOf(spec: ValueSpec, given: CompiledExpression, at: Span): number {
  const levels = spec.levels!;
  const { type } = given;
  if (type.kind === 'text' || (type.kind === 'number' && type.literal !== undefined)) {
    const text = type.kind === 'text' ? type.value : String(type.literal);
    const code = levels.findIndex(
      (level) => level === text || (type.kind === 'number' && level.trim() !== '' && Number(level) === type.literal),
    );
    if (code >= 0) return code;
    const close = closest(text, levels);
    const shown = levels.slice(0, 5).join(', ');
    throw textError(
      at,
      `"${spec.name}" has no level "${text}"${close === null ? ` (it has ${shown}${levels.length > 5 ? ', ...' : ''})` : `; did you mean "${close}"?`}`,
    );
  }
  throw textError(
    at,
    `"${spec.name}" holds categories, and ${worded(type)} cannot be compared with them: write a level in quotes, such as "${levels[0] ?? ''}".`,
  );
}

function dateOf(text: string, at: Span): CompiledExpression {
  const ms = readDateText(text);
  if (ms === null) throw textError(at, `"${text}" is no date: write it as "2020-01-31" or "2020-01-31 18:30:00".`);
  return constant(date, ms);
}

function membership(
  { operand: operandExpression, values, isNegated, at }: Of<'in'>,
  operand: CompiledExpression,
  compile: (part: Expression) => CompiledExpression,
): CompiledExpression {
  if (operand.type.kind === 'truth' || operand.type.kind === 'text')
    throw textError(
      operandExpression.at,
      `"in" looks for a column's value in a list, not for ${worded(operand.type)}.`,
    );
  const [inList, notInList] = isNegated ? [0, 1] : [1, 0];
  if (operand.type.kind === 'category') {
    const { spec } = operand.type;
    const listed = new Float64Array(spec.levels!.length).fill(notInList);
    for (const value of values) listed[levelOf(spec, compile(value), value.at)] = inList;
    return mapped(truth, operand, (code) => listed[code] ?? Number.NaN);
  }
  const any = values
    .map((value) => comparison('=', operand, compile(value), { at: value.at }))
    .reduce<CompiledExpression | null>((before, one) => (before ? either(before, one) : one), null);
  if (!any) throw textError(at, 'the list is empty.');
  return isNegated ? mapped(truth, any, (value) => 1 - value) : any;
}

function choice(
  { condition, result, otherwise }: Of<'if'>,
  compile: (part: Expression) => CompiledExpression,
): CompiledExpression {
  const test = compile(condition);
  requireTruth(test, condition, '"if"');
  const then = compile(result);
  if (!otherwise) {
    requireTruth(then, result, '"then"');
    return either(
      mapped(truth, test, (value) => 1 - value),
      then,
    );
  }
  const or = compile(otherwise);
  if (then.type.kind !== or.type.kind || then.type.kind === 'category' || then.type.kind === 'text')
    throw textError(
      otherwise.at,
      `"then" gives ${worded(then.type)} and "else" gives ${worded(or.type)}: both must give numbers, both dates or both something that is true or false.`,
    );
  const out = new Float64Array(BLOCK_ROWS);
  return {
    type: then.type,
    evaluate(columns, from, n) {
      const [t, a, b] = [test, then, or].map((part) => part.evaluate(columns, from, n));
      for (let i = 0; i < n; i++) {
        const chosen = t![i]!;
        // Where both ways give the same, it does not matter that the condition is unknown.
        out[i] = chosen === 1 ? a![i]! : chosen === 0 || a![i] === b![i] ? b![i]! : Number.NaN;
      }
      return out;
    },
  };
}

function call(
  { name, arguments: given, at }: Of<'call'>,
  compile: (part: Expression) => CompiledExpression,
): CompiledExpression {
  const { takes, gives, usage, compute } = functions[name]!;
  const parts = given.map((part) => {
    const compiled = compile(part);
    if (takes === 'number') requireNumber(compiled, part, `${name}(...)`);
    if (takes === 'any' && (compiled.type.kind === 'text' || compiled.type.kind === 'truth'))
      throw textError(part.at, `${usage} takes a column, not ${worded(compiled.type)}.`);
    if (takes !== 'date') return compiled;
    if (compiled.type.kind === 'text') return dateOf(compiled.type.value, part.at);
    if (compiled.type.kind !== 'date')
      throw textError(part.at, `${usage} takes dates, and this is ${worded(compiled.type)}.`);
    return compiled;
  });
  if (parts.length === 1) {
    const type = gives === 'truth' ? truth : number;
    return mapped(type, parts[0]!, takes === 'any' ? (v) => compute(v) : (v) => finite(compute(v)));
  }
  if (parts.length === 0) throw textError(at, `${name} is used as ${usage}.`);
  if (parts.length === 2) {
    const [a, b] = parts;
    return combined(number, a!, b!, (out, x, y, n) => {
      for (let i = 0; i < n; i++)
        out[i] = Number.isNaN(x[i]!) || Number.isNaN(y[i]!) ? Number.NaN : finite(compute(x[i]!, y[i]!));
    });
  }
  const out = new Float64Array(BLOCK_ROWS);
  const row = new Array<number>(parts.length);
  return {
    type: number,
    evaluate(columns, from, n) {
      const values = parts.map((part) => part.evaluate(columns, from, n));
      for (let i = 0; i < n; i++) {
        let isKnown = true;
        for (let p = 0; p < values.length; p++) {
          row[p] = values[p]![i]!;
          isKnown &&= !Number.isNaN(row[p]);
        }
        out[i] = isKnown ? finite(compute(...row)) : Number.NaN;
      }
      return out;
    },
  };
}

function requireTruth({ type }: CompiledExpression, { at }: Expression, who: string): void {
  if (type.kind === 'truth') return;
  const way =
    type.kind === 'category'
      ? `: compare "${type.spec.name}" with a level, such as = "${type.spec.levels![0] ?? ''}"`
      : ': compare it with something, as in x > 0';
  throw textError(at, `${who} needs something that is true or false of a row, and this is ${worded(type)}${way}.`);
}

function requireNumber({ type }: CompiledExpression, { at }: Expression, who: string): void {
  if (type.kind === 'number') return;
  const way =
    type.kind === 'category'
      ? `: "${type.spec.name}" holds categories; make the column numeric on the Data stage if its levels are amounts`
      : type.kind === 'date'
        ? ': year(date), days(from, to) and the like give numbers'
        : '';
  throw textError(at, `${who} needs a number, and this is ${worded(type)}${way}.`);
}

const worded = (type: ValueType): string =>
  ({
    number: 'a number',
    date: 'a date',
    truth: 'something true or false',
    category: type.kind === 'category' ? `the category "${type.spec.name}"` : '',
    text: type.kind === 'text' ? `the text "${type.value}"` : '',
  })[type.kind];

const hintFor = (a: ValueType, b: ValueType): string => {
  const text = a.kind === 'text' ? a.value : b.kind === 'text' ? b.value : null;
  if (text !== null && text.trim() !== '' && Number.isFinite(Number(text))) return ': write the number without quotes';
  if (a.kind === 'date' || b.kind === 'date') return ': write a date as "2020-01-31"';
  return '';
};
