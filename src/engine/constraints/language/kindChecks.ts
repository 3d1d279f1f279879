import type { CompiledExpression, ValueType } from './compiled';
import type { Expression } from './expression';
import { textError } from './textError';

export function requireTruth({ type }: CompiledExpression, { at }: Expression, who: string): void {
  if (type.kind === 'truth') return;
  const way =
    type.kind === 'category'
      ? `: compare "${type.spec.name}" with a level, such as = "${type.spec.levels![0] ?? ''}"`
      : ': compare it with something, as in x > 0';
  throw textError(at, `${who} needs something that is true or false of a row, and this is ${worded(type)}${way}.`);
}

export function requireNumber({ type }: CompiledExpression, { at }: Expression, who: string): void {
  if (type.kind === 'number') return;
  const way =
    type.kind === 'category'
      ? `: "${type.spec.name}" holds categories; make the column numeric on the Data stage if its levels are amounts`
      : type.kind === 'date'
        ? ': year(date), days(from, to) and the like give numbers'
        : '';
  throw textError(at, `${who} needs a number, and this is ${worded(type)}${way}.`);
}

export const worded = (type: ValueType): string =>
  ({
    number: 'a number',
    date: 'a date',
    truth: 'something true or false',
    category: type.kind === 'category' ? `the category "${type.spec.name}"` : '',
    text: type.kind === 'text' ? `the text "${type.value}"` : '',
  })[type.kind];

export const hintFor = (a: ValueType, b: ValueType): string => {
  const text = a.kind === 'text' ? a.value : b.kind === 'text' ? b.value : null;
  if (text !== null && text.trim() !== '' && Number.isFinite(Number(text))) return ': write the number without quotes';
  if (a.kind === 'date' || b.kind === 'date') return ': write a date as "2020-01-31"';
  return '';
};
