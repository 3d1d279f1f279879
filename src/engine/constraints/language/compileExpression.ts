import type { ValueSpec } from '../../data/frame';
import { calculation } from './calculation';
import { call } from './call';
import { choice } from './choice';
import { unknownColumn } from './closest';
import { comparison } from './comparison';
import { both, type CompiledExpression, constant, date, either, mapped, number, truth } from './compiled';
import type { ArithmeticOperator, ComparisonOperator, Expression, Span } from './expression';
import { requireNumber, requireTruth } from './kindChecks';
import { membership } from './membership';
import { arithmetic } from './operators';

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
