import type { BinaryOperator, Expression, Span } from './expression';
import { functions } from './functions';
import { textError } from './textError';
import { keywords, type Token, tokenize } from './tokens';

/** Left binding power of what stands between two operands; comparisons do not chain. */
const powers: Readonly<Record<string, number>> = {
  or: 1,
  and: 2,
  '<': 4,
  '<=': 4,
  '>': 4,
  '>=': 4,
  '=': 4,
  '!=': 4,
  in: 4,
  not: 4,
  '+': 5,
  '-': 5,
  '*': 6,
  '/': 6,
  '^': 8,
};
const NOT = 3;
const COMPARISON = 4;
const SUM = 5;
const MINUS = 7;
const POWER = 8;

/** Reads tokens one after the other; statements and expressions share it. */
export class Reader {
  readonly #tokens: readonly Token[];
  #next = 0;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }
  peek(ahead = 0): Token {
    return this.#tokens[Math.min(this.#next + ahead, this.#tokens.length - 1)]!;
  }
  take(): Token {
    const token = this.peek();
    if (token.kind !== 'end') this.#next++;
    return token;
  }
  /** Whether the next token is this operator or word, which then is taken. */
  takes(text: string): boolean {
    if (!this.isAt(text)) return false;
    this.#next++;
    return true;
  }
  isAt(text: string, ahead = 0): boolean {
    const token = this.peek(ahead);
    return token.text === text && (token.kind === 'mark' || token.kind === 'word');
  }
  /** @throws EngineError `bad-rule` unless the next token is this one. */
  expect(text: string, why: string): Token {
    if (!this.isAt(text)) throw textError(this.peek(), `expected "${text}" ${why}, found ${called(this.peek())}.`);
    return this.take();
  }
  /** @throws EngineError `bad-rule` unless everything was read. */
  end(): void {
    const token = this.peek();
    if (token.kind === 'end') return;
    const isName = token.kind === 'word' || token.kind === 'name';
    throw textError(
      token,
      `${called(token)} does not continue what stands before it${isName ? '; a name with blanks is written in backquotes' : ''}. Expected an operator such as +, <=, and.`,
    );
  }
}

export const called = (token: Token): string =>
  token.kind === 'end' ? 'the end' : token.kind === 'text' ? `the text "${token.text}"` : `"${token.text}"`;

/**
 * Reads one expression.
 * @throws EngineError `bad-rule` with the place in `detail` and what was expected there.
 * @see Top Down Operator Precedence, POPL 1973.
 */
export function parseExpression(text: string): Expression {
  const reader = new Reader(tokenize(text).tokens);
  const expression = readExpression(reader);
  reader.end();
  return expression;
}

/** An expression whose operators bind at least as tightly as `least`. */
export function readExpression(reader: Reader, least = 0): Expression {
  let left = readOperand(reader);
  for (;;) {
    const token = reader.peek();
    const power = token.kind === 'mark' || token.kind === 'word' ? powers[token.text] : undefined;
    if (power === undefined || power < Math.max(1, least) || !Object.hasOwn(powers, token.text)) return left;
    if (token.text === 'not' && !reader.isAt('in', 1)) return left;
    left = readRest(reader, left, token, power);
    const next = reader.peek();
    if (power === COMPARISON && powers[next.text] === COMPARISON && next.kind !== 'text' && next.kind !== 'name')
      throw textError(next, 'comparisons do not chain: write "1 <= x and x <= 5", or "x in 1 .. 5".');
  }
}

function readRest(reader: Reader, left: Expression, token: Token, power: number): Expression {
  reader.take();
  if (token.text === 'not') reader.take();
  if (token.text === 'in' || token.text === 'not') return readMembership(reader, left, token.text === 'not');
  // ^ groups to the right and may be followed by a minus; all others group to the left.
  const right = readExpression(reader, power === POWER ? MINUS : power + 1);
  const operator = token.text as BinaryOperator;
  return { type: 'binary', operator, left, right, at: join(left.at, right.at) };
}

function readMembership(reader: Reader, operand: Expression, isNegated: boolean): Expression {
  // A bracket may open a list or the first bound of a range: what follows its end tells.
  if (reader.isAt('(') && !isBoundInBrackets(reader)) {
    reader.take();
    const values: Expression[] = [];
    do values.push(readExpression(reader, SUM));
    while (reader.takes(','));
    const { to } = reader.expect(')', 'to close the list');
    return { type: 'in', operand, isNegated, values, at: { from: operand.at.from, to } };
  }
  const start = reader.peek();
  const low = reader.isAt('..') ? null : readExpression(reader, SUM);
  if (!reader.isAt('..'))
    throw textError(
      low?.at ?? start,
      'after "in" comes a list in brackets, such as ("a", "b"), or a range, such as 0 .. 50.',
    );
  const dots = reader.take();
  const high = startsOperand(reader.peek()) ? readExpression(reader, SUM) : null;
  if (!low && !high) throw textError(dots, 'a range needs at least one end, such as "0 .." or ".. 50".');
  const within: Expression = {
    type: 'within',
    operand,
    low,
    high,
    at: { from: operand.at.from, to: high?.at.to ?? dots.to },
  };
  return isNegated ? { type: 'unary', operator: 'not', operand: within, at: within.at } : within;
}

function isBoundInBrackets(reader: Reader): boolean {
  let depth = 0;
  for (let ahead = 0; ; ahead++) {
    const token = reader.peek(ahead);
    if (token.kind === 'end') return false;
    if (token.kind !== 'mark') continue;
    if (token.text === '(') depth++;
    if (token.text === ')' && --depth === 0) {
      const after = reader.peek(ahead + 1);
      return after.kind === 'mark' && ['..', '+', '-', '*', '/', '^'].includes(after.text);
    }
  }
}

const startsOperand = (token: Token): boolean =>
  token.kind === 'number' ||
  token.kind === 'text' ||
  token.kind === 'name' ||
  (token.kind === 'mark' && (token.text === '(' || token.text === '-')) ||
  (token.kind === 'word' && !keywords.has(token.text));

function readOperand(reader: Reader): Expression {
  const token = reader.take();
  switch (token.kind) {
    case 'number':
      return { type: 'number', value: Number(token.text), at: spanOf(token) };
    case 'text':
      return { type: 'text', value: token.text, at: spanOf(token) };
    case 'name':
      return { type: 'column', name: token.text, at: spanOf(token) };
    case 'word':
      return readWord(reader, token);
    case 'mark':
      if (token.text === '(') {
        const inner = readExpression(reader);
        const { to } = reader.expect(')', 'to close the bracket');
        return { ...inner, at: { from: token.from, to } };
      }
      if (token.text === '-') {
        const operand = readExpression(reader, MINUS);
        const at = join(token, operand.at);
        // "-5" is a number, so that what is printed reads back the same.
        return operand.type === 'number' && operand.value >= 0 && !Object.is(operand.value, -0)
          ? { type: 'number', value: -operand.value, at }
          : { type: 'unary', operator: '-', operand, at };
      }
  }
  throw textError(token, `expected a column, a number or a text in quotes, found ${called(token)}.`);
}

function readWord(reader: Reader, token: Token): Expression {
  if (token.text === 'not') {
    const operand = readExpression(reader, NOT);
    return { type: 'unary', operator: 'not', operand, at: join(token, operand.at) };
  }
  if (token.text === 'if') {
    const condition = readExpression(reader, 1);
    reader.expect('then', 'after the condition');
    const result = readExpression(reader);
    const otherwise = reader.takes('else') ? readExpression(reader) : null;
    return { type: 'if', condition, result, otherwise, at: join(token, (otherwise ?? result).at) };
  }
  if (keywords.has(token.text))
    throw textError(
      token,
      `"${token.text}" is a word of the language and cannot stand here; a column of that name is written \`${token.text}\`.`,
    );
  if (!reader.isAt('(')) return { type: 'column', name: token.text, at: spanOf(token) };
  reader.take();
  if (token.text === 'date') return readDate(reader, token);
  if (!Object.hasOwn(functions, token.text))
    throw textError(
      token,
      `there is no function "${token.text}"; there are date, ${Object.keys(functions).join(', ')}.`,
    );
  const given: Expression[] = [];
  if (!reader.isAt(')')) {
    do given.push(readExpression(reader));
    while (reader.takes(','));
  }
  const { to } = reader.expect(')', `to close ${token.text}(...)`);
  const { least, most, usage } = functions[token.text]!;
  if (given.length < least || given.length > most)
    throw textError({ from: token.from, to }, `${token.text} is used as ${usage}.`);
  return { type: 'call', name: token.text, arguments: given, at: { from: token.from, to } };
}

const datePattern = /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,3}))?)?)?$/;

function readDate(reader: Reader, start: Token): Expression {
  const token = reader.take();
  const ms = token.kind === 'text' ? readDateText(token.text) : null;
  if (ms === null)
    throw textError(
      token,
      `a date is written as date("2020-01-31") or date("2020-01-31 18:30:00"), found ${called(token)}.`,
    );
  const { to } = reader.expect(')', 'to close date(...)');
  return { type: 'date', ms, at: { from: start.from, to } };
}

/** Milliseconds since 1970-01-01 UTC of "2020-01-31" or "2020-01-31 18:30:00"; null for what is no day of the calendar. */
export function readDateText(text: string): number | null {
  const parts = datePattern.exec(text.trim());
  if (!parts) return null;
  const [year, month, day, hour, minute, second] = parts.slice(1, 7).map((part) => Number(part ?? 0));
  const milliseconds = Number((parts[7] ?? '').padEnd(3, '0'));
  const ms = Date.UTC(year!, month! - 1, day!, hour, minute, second, milliseconds);
  const back = new Date(ms);
  const isDay =
    back.getUTCMonth() === month! - 1 && back.getUTCDate() === day && hour! < 24 && minute! < 60 && second! < 60;
  // Years below 100 would be taken for the twentieth century.
  return isDay && year! >= 100 ? ms : null;
}

const spanOf = ({ from, to }: Span): Span => ({ from, to });
const join = (a: Span, b: Span): Span => ({ from: a.from, to: b.to });
