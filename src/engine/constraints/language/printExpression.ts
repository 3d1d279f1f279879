import type { Expression } from './expression';
import { isBareName } from './tokens';

/** How tightly what is printed holds together: an operand that binds less than its place asks for stands in brackets. */
const binding = {
  if: 0,
  or: 1,
  and: 2,
  not: 3,
  comparison: 4,
  sum: 5,
  product: 6,
  minus: 7,
  power: 8,
  atom: 9,
} as const;

const escaped = (text: string, quote: string): string =>
  text.replace(/[\\\n\r\t]|["`]/g, (found) => {
    if (found === '\n') return '\\n';
    if (found === '\r') return '\\r';
    if (found === '\t') return '\\t';
    return found === '\\' || found === quote ? `\\${found}` : found;
  });

export const printName = (name: string): string => (isBareName(name) ? name : `\`${escaped(name, '`')}\``);
export const printText = (text: string): string => `"${escaped(text, '"')}"`;

/** A date as it is written in rules: the day alone at midnight, with milliseconds only where there are some. */
export function printDate(ms: number): string {
  const text = new Date(ms).toISOString().replace('T', ' ').replace('Z', '').replace('.000', '');
  return text.replace(' 00:00:00', '');
}

/** The expression as text that reads back as the same expression, with no more brackets than needed. */
export const printExpression = (expression: Expression): string => print(expression).text;

interface Printed {
  readonly text: string;
  readonly binds: number;
}

function print(expression: Expression): Printed {
  const inside = (part: Expression, least: number): string => {
    const { text, binds } = print(part);
    return binds < least ? `(${text})` : text;
  };
  switch (expression.type) {
    case 'number':
      return expression.value < 0 || Object.is(expression.value, -0)
        ? { text: `-${Math.abs(expression.value)}`, binds: binding.minus }
        : { text: String(expression.value), binds: binding.atom };
    case 'text':
      return { text: printText(expression.value), binds: binding.atom };
    case 'date':
      return { text: `date("${printDate(expression.ms)}")`, binds: binding.atom };
    case 'column':
      return { text: printName(expression.name), binds: binding.atom };
    case 'call':
      return {
        text: `${expression.name}(${expression.arguments.map((part) => inside(part, binding.if)).join(', ')})`,
        binds: binding.atom,
      };
    case 'unary':
      return expression.operator === 'not'
        ? { text: `not ${inside(expression.operand, binding.not)}`, binds: binding.not }
        : { text: `-${inside(expression.operand, binding.power)}`, binds: binding.minus };
    case 'in':
      return {
        text: `${inside(expression.operand, binding.sum)} ${expression.isNegated ? 'not ' : ''}in (${expression.values
          .map((part) => inside(part, binding.sum))
          .join(', ')})`,
        binds: binding.comparison,
      };
    case 'within': {
      const low = expression.low ? `${inside(expression.low, binding.sum)} ` : '';
      const high = expression.high ? ` ${inside(expression.high, binding.sum)}` : '';
      return { text: `${inside(expression.operand, binding.sum)} in ${low}..${high}`, binds: binding.comparison };
    }
    case 'if': {
      const start = `if ${inside(expression.condition, binding.or)} then `;
      return expression.otherwise
        ? {
            text: `${start}${inside(expression.result, binding.or)} else ${inside(expression.otherwise, binding.if)}`,
            binds: binding.if,
          }
        : { text: `${start}${inside(expression.result, binding.if)}`, binds: binding.if };
    }
    case 'binary': {
      const { operator } = expression;
      if (operator === '^')
        return {
          text: `${inside(expression.left, binding.atom)} ^ ${inside(expression.right, binding.minus)}`,
          binds: binding.power,
        };
      const binds =
        operator === 'or'
          ? binding.or
          : operator === 'and'
            ? binding.and
            : operator === '+' || operator === '-'
              ? binding.sum
              : operator === '*' || operator === '/'
                ? binding.product
                : binding.comparison;
      // Comparisons do not chain; the others group to the left.
      const left = inside(expression.left, binds === binding.comparison ? binding.sum : binds);
      return { text: `${left} ${operator} ${inside(expression.right, binds + 1)}`, binds };
    }
  }
}
