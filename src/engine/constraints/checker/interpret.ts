import type { ValueSpec } from '../../data/frame';
import type { Expression } from '../language/expression';

/** A cell as a reader of the file sees it: a level's text, a number, a date in milliseconds, or nothing. */
export type Cell = string | number | null;
type Value = Cell | boolean;

/** The row in question, by column name. */
export interface Row {
  cell(column: string): Cell;
  spec(column: string): ValueSpec | undefined;
}

const DAY = 24 * 60 * 60 * 1000;

/**
 * The value of an expression for one row, worked out from the text's own structure, one step at a time. It shares
 * nothing with the compiled form: it exists to contradict it. Null is "not known".
 */
export function interpret(expression: Expression, row: Row): Value {
  const of = (part: Expression) => interpret(part, row);
  switch (expression.type) {
    case 'number':
    case 'text':
      return expression.value;
    case 'date':
      return expression.ms;
    case 'column':
      return row.cell(expression.name);
    case 'unary': {
      const value = of(expression.operand);
      if (value === null) return null;
      return expression.operator === 'not' ? value === false : -(value as number);
    }
    case 'in': {
      const answers = expression.values.map((value) => compare('=', expression.operand, value, row));
      const isThere = answers.includes(true) ? true : answers.includes(null) ? null : false;
      return isThere === null || !expression.isNegated ? isThere : !isThere;
    }
    case 'within':
      return conjunction([
        expression.low ? compare('>=', expression.operand, expression.low, row) : true,
        expression.high ? compare('<=', expression.operand, expression.high, row) : true,
      ]);
    case 'if': {
      const condition = of(expression.condition) as boolean | null;
      const then = of(expression.result);
      if (!expression.otherwise) {
        if (condition === false || then === true) return true;
        return condition === null || then === null ? null : false;
      }
      const or = of(expression.otherwise);
      if (condition === null) return then === or ? then : null;
      return condition ? then : or;
    }
    case 'binary':
      return binary(expression, row);
    case 'call':
      return call(
        expression.name,
        expression.arguments.map((part) => dateIfText(expression.name, of(part))),
      );
  }
}

function conjunction(parts: readonly Value[]): boolean | null {
  if (parts.includes(false)) return false;
  return parts.includes(null) ? null : true;
}

function binary(expression: Extract<Expression, { type: 'binary' }>, row: Row): Value {
  const { operator, left, right } = expression;
  if (operator === 'and') return conjunction([interpret(left, row), interpret(right, row)]);
  if (operator === 'or') {
    const parts = [interpret(left, row), interpret(right, row)];
    if (parts.includes(true)) return true;
    return parts.includes(null) ? null : false;
  }
  if ('+-*/^'.includes(operator)) {
    const [a, b] = [interpret(left, row) as number | null, interpret(right, row) as number | null];
    if (a === null || b === null) return null;
    const [aIsDate, bIsDate] = [isDate(left, row), isDate(right, row)];
    switch (operator) {
      case '+':
        return known(aIsDate ? a + b * DAY : a + b);
      case '-':
        if (aIsDate && bIsDate) return (a - b) / DAY;
        return known(aIsDate ? a - b * DAY : a - b);
      case '*':
        return known(a * b);
      case '/':
        return b === 0 ? null : known(a / b);
      default:
        return known(a ** b);
    }
  }
  return compare(operator as '=', left, right, row);
}

const known = (value: number): number | null => (Number.isFinite(value) ? value : null);

function isDate(expression: Expression, row: Row): boolean {
  if (expression.type === 'date') return true;
  if (expression.type === 'column') return row.spec(expression.name)?.kind === 'datetime';
  if (expression.type === 'if') return isDate(expression.result, row);
  return (
    expression.type === 'binary' &&
    '+-'.includes(expression.operator) &&
    isDate(expression.left, row) &&
    !isDate(expression.right, row)
  );
}

function compare(
  operator: '<' | '<=' | '>' | '>=' | '=' | '!=',
  left: Expression,
  right: Expression,
  row: Row,
): boolean | null {
  const [a, b] = [interpret(left, row), interpret(right, row)];
  if (a === null || b === null) return null;
  if (typeof a === 'boolean' || typeof b === 'boolean') return (a === b) === (operator === '=');
  const levels = levelsOf(left, row) ?? levelsOf(right, row);
  let order: number;
  if (levels) {
    // Equality is equality of the texts; a level written as a number is the level of that value.
    const [x, y] = [asLevel(a, levels), asLevel(b, levels)];
    if (operator === '=') return x === y;
    if (operator === '!=') return x !== y;
    order = levels.indexOf(x) - levels.indexOf(y);
  } else if (isDate(left, row) || isDate(right, row)) {
    order = asTime(a) - asTime(b);
  } else {
    const [x, y] = [a as number, b as number];
    const isEqual = x === y || Math.abs(x - y) <= 1e-12 * Math.max(Math.abs(x), Math.abs(y));
    order = isEqual ? 0 : x - y;
  }
  switch (operator) {
    case '<':
      return order < 0;
    case '<=':
      return order <= 0;
    case '>':
      return order > 0;
    case '>=':
      return order >= 0;
    case '=':
      return order === 0;
    case '!=':
      return order !== 0;
  }
}

const levelsOf = (expression: Expression, row: Row): readonly string[] | null =>
  expression.type === 'column' ? (row.spec(expression.name)?.levels ?? null) : null;

function asLevel(value: Cell, levels: readonly string[]): string {
  if (typeof value === 'string') return value;
  return levels.find((level) => level.trim() !== '' && Number(level) === value) ?? String(value);
}

const asTime = (value: Cell): number =>
  typeof value === 'string'
    ? Date.parse(`${value.trim().replace(' ', 'T')}${value.trim().length > 10 ? 'Z' : ''}`)
    : value!;

const dateFunctions = new Set(['year', 'month', 'day', 'weekday', 'hour', 'days', 'months', 'years']);
const dateIfText = (name: string, value: Value): Value =>
  dateFunctions.has(name) && typeof value === 'string' ? asTime(value) : value;

function call(name: string, values: readonly Value[]): Value {
  if (name === 'missing') return values[0] === null;
  if (name === 'known') return values[0] !== null;
  if (values.includes(null)) return null;
  const [x, y] = values as number[];
  const when = new Date(x!);
  switch (name) {
    case 'abs':
      return Math.abs(x!);
    case 'min':
      return Math.min(...(values as number[]));
    case 'max':
      return Math.max(...(values as number[]));
    case 'floor':
      return Math.floor(x!);
    case 'ceil':
      return Math.ceil(x!);
    case 'exp':
      return known(Math.exp(x!));
    case 'log':
      return x! > 0 ? Math.log(x!) : null;
    case 'sqrt':
      return x! >= 0 ? Math.sqrt(x!) : null;
    case 'round': {
      const factor = 10 ** Math.round(y ?? 0);
      const size = Math.round(Math.abs(x!) * factor) / factor;
      return known(x! < 0 ? -size : size);
    }
    case 'year':
      return when.getUTCFullYear();
    case 'month':
      return when.getUTCMonth() + 1;
    case 'day':
      return when.getUTCDate();
    case 'hour':
      return when.getUTCHours();
    case 'weekday':
      return when.getUTCDay() === 0 ? 7 : when.getUTCDay();
    case 'days':
      return (y! - x!) / DAY;
    case 'months':
      return completedMonths(x!, y!);
    case 'years': {
      const months = completedMonths(x!, y!);
      return months < 0 ? -Math.floor(-months / 12) : Math.floor(months / 12);
    }
    default:
      throw new Error(`no function ${name}`);
  }
}

/** Counts months one by one: slow, and hard to get wrong. */
function completedMonths(from: number, to: number): number {
  if (to < from) return 0 - completedMonths(to, from);
  const a = new Date(from);
  const b = new Date(to);
  let months = (b.getUTCFullYear() - a.getUTCFullYear()) * 12 + (b.getUTCMonth() - a.getUTCMonth());
  const clock = (date: Date) => date.toISOString().slice(8);
  if (clock(b) < clock(a)) months--;
  return months;
}
