import { comparison, levelOf } from './comparison';
import { type CompiledExpression, either, mapped, truth } from './compiled';
import type { Expression } from './expression';
import { worded } from './kindChecks';
import { textError } from './textError';

/** Whether a value is in a list, or not in it. */
export function membership(
  { operand: operandExpression, values, isNegated, at }: Extract<Expression, { type: 'in' }>,
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
