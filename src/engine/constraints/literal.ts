import type { ValueSpec } from '../data/frame';
import { type Expression, write } from './language/expression';
import { readDateText } from './language/parseExpression';
import { printDate } from './language/printExpression';

/** A value of a column written out: a date for a date column, else the number. */
export const literal = (value: number, spec: ValueSpec | undefined): Expression =>
  spec?.kind === 'datetime' ? write.date(value) : write.number(value);

/** A bound as text of the row language. */
export const literalText = (value: number, spec: ValueSpec | undefined): string =>
  spec?.kind === 'datetime' ? `date("${printDate(value)}")` : String(value);

/** The number that an expression writes out for this column, a date in milliseconds; null where it is no such literal. */
export function literalValue(expression: Expression | null, spec: ValueSpec | undefined): number | null {
  if (!expression) return null;
  if (expression.type === 'date') return spec?.kind === 'datetime' ? expression.ms : null;
  if (expression.type === 'text') return spec?.kind === 'datetime' ? readDateText(expression.value) : null;
  return expression.type === 'number' && spec?.kind !== 'datetime' && !spec?.levels ? expression.value : null;
}

/** The level that an expression writes out for this column; null where it is none. */
export function literalLevel(expression: Expression, spec: ValueSpec | undefined): string | null {
  if (!spec?.levels) return null;
  if (expression.type === 'text') return spec.levels.includes(expression.value) ? expression.value : null;
  if (expression.type !== 'number') return null;
  return spec.levels.find((level) => level.trim() !== '' && Number(level) === expression.value) ?? null;
}

export const columnName = (expression: Expression): string | null =>
  expression.type === 'column' ? expression.name : null;
