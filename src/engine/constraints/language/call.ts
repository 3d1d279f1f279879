import { dateOf } from './comparison';
import { BLOCK_ROWS, type CompiledExpression, combined, finite, mapped, number, truth } from './compiled';
import type { Expression } from './expression';
import { functions } from './functions';
import { requireNumber, worded } from './kindChecks';
import { textError } from './textError';

/** A function of the language, its arguments of the kinds it takes. */
export function call(
  { name, arguments: given, at }: Extract<Expression, { type: 'call' }>,
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
