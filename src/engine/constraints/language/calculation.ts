import { type CompiledExpression, combined, date, number } from './compiled';
import type { ArithmeticOperator, Expression } from './expression';
import { requireNumber } from './kindChecks';
import { arithmetic } from './operators';
import { textError } from './textError';

const DAY_MS = 86_400_000;

/** Arithmetic of numbers, and of dates where it has a meaning. */
export function calculation(
  operator: ArithmeticOperator,
  left: CompiledExpression,
  right: CompiledExpression,
  { left: a, right: b, at }: Extract<Expression, { type: 'binary' }>,
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
