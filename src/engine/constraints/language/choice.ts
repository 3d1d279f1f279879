import { BLOCK_ROWS, type CompiledExpression, either, mapped, truth } from './compiled';
import type { Expression } from './expression';
import { requireTruth, worded } from './kindChecks';
import { textError } from './textError';

/** `if c then s` is a statement, `if c then a else b` a value. */
export function choice(
  { condition, result, otherwise }: Extract<Expression, { type: 'if' }>,
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
