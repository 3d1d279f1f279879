/** Where a piece of text stands: offsets of its first character and of the one after its last. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

export type ComparisonOperator = '<' | '<=' | '>' | '>=' | '=' | '!=';
export type ArithmeticOperator = '+' | '-' | '*' | '/' | '^';
export type LogicOperator = 'and' | 'or';
export type BinaryOperator = ComparisonOperator | ArithmeticOperator | LogicOperator;

/** A row expression as read: numbers, texts, dates, columns, and what is made of them. Pure data. */
export type Expression = { readonly at: Span } & (
  | { readonly type: 'number'; readonly value: number }
  | { readonly type: 'text'; readonly value: string }
  /** `date("2020-01-31")`: milliseconds since 1970-01-01 UTC. */
  | { readonly type: 'date'; readonly ms: number }
  | { readonly type: 'column'; readonly name: string }
  | { readonly type: 'unary'; readonly operator: '-' | 'not'; readonly operand: Expression }
  | {
      readonly type: 'binary';
      readonly operator: BinaryOperator;
      readonly left: Expression;
      readonly right: Expression;
    }
  /** `x in ("a", "b")`. */
  | {
      readonly type: 'in';
      readonly operand: Expression;
      readonly isNegated: boolean;
      readonly values: readonly Expression[];
    }
  /** `x in 0 .. 50`, both ends included; a null end is open. */
  | {
      readonly type: 'within';
      readonly operand: Expression;
      readonly low: Expression | null;
      readonly high: Expression | null;
    }
  /** With `otherwise` a choice between two values, without it a statement: true wherever `condition` is not. */
  | {
      readonly type: 'if';
      readonly condition: Expression;
      readonly result: Expression;
      readonly otherwise: Expression | null;
    }
  | { readonly type: 'call'; readonly name: string; readonly arguments: readonly Expression[] }
);

const nowhere: Span = { from: 0, to: 0 };

/** Expressions written by the program, which stand in no text. */
export const write = {
  number: (value: number): Expression => ({ at: nowhere, type: 'number', value }),
  text: (value: string): Expression => ({ at: nowhere, type: 'text', value }),
  date: (ms: number): Expression => ({ at: nowhere, type: 'date', ms }),
  column: (name: string): Expression => ({ at: nowhere, type: 'column', name }),
  not: (operand: Expression): Expression => ({ at: nowhere, type: 'unary', operator: 'not', operand }),
  binary: (left: Expression, operator: BinaryOperator, right: Expression): Expression => ({
    at: nowhere,
    type: 'binary',
    operator,
    left,
    right,
  }),
  in: (operand: Expression, values: readonly Expression[], isNegated = false): Expression => ({
    at: nowhere,
    type: 'in',
    operand,
    isNegated,
    values,
  }),
  within: (operand: Expression, low: Expression | null, high: Expression | null): Expression => ({
    at: nowhere,
    type: 'within',
    operand,
    low,
    high,
  }),
  if: (condition: Expression, result: Expression): Expression => ({
    at: nowhere,
    type: 'if',
    condition,
    result,
    otherwise: null,
  }),
  call: (name: string, ...given: readonly Expression[]): Expression => ({
    at: nowhere,
    type: 'call',
    name,
    arguments: given,
  }),
  /** All of them; the one itself where there is one. */
  all: (parts: readonly [Expression, ...Expression[]]): Expression =>
    parts.reduce((left, right) => write.binary(left, 'and', right)),
};

/** The expressions directly inside one, in the order they are written. */
export function partsOf(expression: Expression): readonly Expression[] {
  switch (expression.type) {
    case 'unary':
      return [expression.operand];
    case 'binary':
      return [expression.left, expression.right];
    case 'in':
      return [expression.operand, ...expression.values];
    case 'within':
      return [expression.operand, expression.low, expression.high].filter((part) => part !== null);
    case 'if':
      return [expression.condition, expression.result, expression.otherwise].filter((part) => part !== null);
    case 'call':
      return expression.arguments;
    default:
      return [];
  }
}

/** Names of the columns an expression reads, each once, in order of first mention. */
export function columnsOf(expression: Expression): string[] {
  const names = new Set<string>();
  const visit = (part: Expression) => {
    if (part.type === 'column') names.add(part.name);
    partsOf(part).forEach(visit);
  };
  visit(expression);
  return [...names];
}
