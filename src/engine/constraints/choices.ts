import { type Expression, partsOf } from './language/expression';

/** A choice between two values, `if c then a else b`. */
export type Choice = Extract<Expression, { type: 'if' }> & { readonly otherwise: Expression };

const isChoice = (expression: Expression): expression is Choice =>
  expression.type === 'if' && expression.otherwise !== null;

/** The first choice in an expression, outer ones before those inside them; null where there is none. */
export function firstChoice(expression: Expression): Choice | null {
  if (isChoice(expression)) return expression;
  for (const part of partsOf(expression)) {
    const found = firstChoice(part);
    if (found) return found;
  }
  return null;
}

/** Every one of these doubles the ways there are. */
export const MOST_CHOICES = 6;

export const countChoices = (expression: Expression): number =>
  partsOf(expression).reduce((sum, part) => sum + countChoices(part), isChoice(expression) ? 1 : 0);

/** The expression with one part of it, told by identity, replaced by another. */
export function withPart(expression: Expression, part: Expression, by: Expression): Expression {
  const of = (one: Expression) => withPart(one, part, by);
  if (expression === part) return by;
  switch (expression.type) {
    case 'unary':
      return { ...expression, operand: of(expression.operand) };
    case 'binary':
      return { ...expression, left: of(expression.left), right: of(expression.right) };
    case 'in':
      return { ...expression, operand: of(expression.operand), values: expression.values.map(of) };
    case 'within':
      return {
        ...expression,
        operand: of(expression.operand),
        low: expression.low && of(expression.low),
        high: expression.high && of(expression.high),
      };
    case 'if':
      return {
        ...expression,
        condition: of(expression.condition),
        result: of(expression.result),
        otherwise: expression.otherwise && of(expression.otherwise),
      };
    case 'call':
      return { ...expression, arguments: expression.arguments.map(of) };
    default:
      return expression;
  }
}

/** Whether a complete row may leave the expression without a result: a division by 0, the logarithm of what is not above 0. */
export function mayLackResult(expression: Expression): boolean {
  if (expression.type === 'binary' && expression.operator === '/') {
    const isSafe = expression.right.type === 'number' && expression.right.value !== 0;
    if (!isSafe) return true;
  }
  if (expression.type === 'binary' && expression.operator === '^') return true;
  if (expression.type === 'call' && (expression.name === 'log' || expression.name === 'sqrt')) return true;
  return partsOf(expression).some(mayLackResult);
}
