import type { ValueSpec } from '../data/frame';
import { type Calculation, calculationOf, isDate } from './calculation';
import { countChoices, firstChoice, MOST_CHOICES, mayLackResult, withPart } from './choices';
import type { Interval } from './intervals';
import { type ComparisonOperator, type Expression, partsOf, write } from './language/expression';
import { readDateText } from './language/parseExpression';
import { literalLevel } from './literal';
import { specOf } from './ruleKind';

/** sum coefficient x column + constant <= 0, or < 0 where strict. Levels count by their place in the order. */
interface Linear {
  readonly type: 'linear';
  readonly terms: ReadonlyMap<string, number>;
  readonly constant: number;
  readonly isStrict: boolean;
}
/** The column takes one of these values, or none of them. */
interface Listed {
  readonly type: 'listed';
  readonly column: string;
  readonly values: ReadonlySet<number>;
  readonly isNegated: boolean;
}
/** The calculation has no result, or one in the interval. */
export interface Calculated {
  readonly type: 'calculated';
  readonly calculation: Calculation;
  readonly wanted: Interval;
}
/** What must hold of a row, taken apart; `open` is what this way of looking at it cannot judge and lets pass. */
export type Constraint =
  | Linear
  | Listed
  | Calculated
  | { readonly type: 'all' | 'any'; readonly parts: readonly Constraint[] }
  | { readonly type: 'open' };

const open: Constraint = { type: 'open' };
const DAY_MS = 86_400_000;
const flipped = { '<': '>=', '<=': '>', '>': '<=', '>=': '<', '=': '!=', '!=': '=' } as const;

/** The constraint a statement puts on complete rows; with `holds` false, that of its negation. */
export function constraintOf(expression: Expression, specs: readonly ValueSpec[], holds = true): Constraint {
  const of = (part: Expression, asks = holds) => constraintOf(part, specs, asks);
  switch (expression.type) {
    case 'unary':
      return expression.operator === 'not' ? of(expression.operand, !holds) : open;
    case 'if': {
      if (expression.otherwise) {
        const ways = [of(expression.result), of(expression.otherwise)] as const;
        return chosen(expression.condition, specs, ways, { type: 'any', parts: ways });
      }
      const parts = [of(expression.condition, !holds), of(expression.result)];
      return { type: holds ? 'any' : 'all', parts };
    }
    case 'within': {
      const parts = [
        ...(expression.low ? [compared(expression.operand, '>=', expression.low, specs, holds)] : []),
        ...(expression.high ? [compared(expression.operand, '<=', expression.high, specs, holds)] : []),
      ];
      return { type: holds ? 'all' : 'any', parts };
    }
    case 'in':
      if (expression.operand.type !== 'column') {
        const asked = expression.isNegated ? '!=' : '=';
        const parts = expression.values.map((value) => compared(expression.operand, asked, value, specs, holds));
        return { type: holds === expression.isNegated ? 'all' : 'any', parts };
      }
      return listed(expression.operand, expression.values, specs, holds === expression.isNegated);
    case 'binary': {
      const { operator, left, right } = expression;
      if (operator === 'and' || operator === 'or')
        return { type: (operator === 'and') === holds ? 'all' : 'any', parts: [of(left), of(right)] };
      return operator in flipped ? compared(left, operator as ComparisonOperator, right, specs, holds) : open;
    }
    default:
      // Also missing(x) and known(x): a column that may be missing is left out of what is judged, see `solve`.
      return open;
  }
}

/**
 * Of `if c then a else b`: c and what is asked of a, or not c and what is asked of b; or c has no result, and so has the whole
 * unless both ways come to the same.
 * @param differ That the two ways come to different things.
 */
function chosen(
  condition: Expression,
  specs: readonly ValueSpec[],
  [result, otherwise]: readonly [Constraint, Constraint],
  differ: Constraint,
): Constraint {
  const way = (...parts: Constraint[]): Constraint => ({ type: 'all', parts });
  return {
    type: 'any',
    parts: [
      way(constraintOf(condition, specs, true), result),
      way(constraintOf(condition, specs, false), otherwise),
      way(unknown(condition, specs), differ),
    ],
  };
}

const NOTHING: Interval = { low: Infinity, high: -Infinity };

/** That a complete row leaves a statement unknown: one of its calculations has no result. */
function unknown(expression: Expression, specs: readonly ValueSpec[]): Constraint {
  const any = (parts: readonly Expression[]): Constraint => ({
    type: 'any',
    parts: parts.map((part) => unknown(part, specs)),
  });
  if (!mayLackResult(expression)) return any([]);
  switch (expression.type) {
    case 'unary':
    case 'if':
      return any(partsOf(expression));
    case 'within':
      return any(
        [expression.low, expression.high].flatMap((end) => (end ? [write.binary(expression.operand, '=', end)] : [])),
      );
    case 'in':
      return any(expression.values.map((value) => write.binary(expression.operand, '=', value)));
    case 'binary': {
      const { operator, left, right } = expression;
      if (operator === 'and' || operator === 'or') return any([left, right]);
      const difference = differenceOf(left, right, specs);
      return difference ? { type: 'calculated', calculation: difference, wanted: NOTHING } : open;
    }
    default:
      return open;
  }
}

function compared(
  left: Expression,
  operator: ComparisonOperator,
  right: Expression,
  specs: readonly ValueSpec[],
  holds: boolean,
): Constraint {
  const choice = firstChoice(left) ?? firstChoice(right);
  if (choice) {
    if (countChoices(left) + countChoices(right) > MOST_CHOICES) return open;
    // A choice inside a calculation is one between two statements about it.
    const { condition, result, otherwise } = choice;
    const about = (value: Expression) =>
      compared(withPart(left, choice, value), operator, withPart(right, choice, value), specs, holds);
    const differ = compared(result, '!=', otherwise, specs, true);
    return chosen(condition, specs, [about(result), about(otherwise)], differ);
  }
  const asked = holds ? operator : flipped[operator];
  if (asked === '=' || asked === '!=') {
    const one = listed(left, [right], specs, asked === '!=');
    if (one.type !== 'open') return one;
  }
  // |x| <= b is two straight limits.
  if (left.type === 'call' && left.name === 'abs' && (asked === '<=' || asked === '<')) {
    const inner = left.arguments[0]!;
    const upper = linear(inner, right, specs);
    const lower = linear(inner, right, specs, -1);
    if (upper && lower)
      return {
        type: 'all',
        parts: [
          { ...upper, isStrict: asked === '<' },
          { ...lower, isStrict: asked === '<' },
        ],
      };
  }
  const below = linear(left, right, specs);
  const above = linear(right, left, specs);
  if (!below || !above) {
    const days = daysFor(left, asked, right, specs);
    const exact = calculated(left, asked, right, specs);
    return days.length === 0 ? exact : { type: 'all', parts: [exact, ...days] };
  }
  if (asked === '!=')
    return {
      type: 'any',
      parts: [
        { ...below, isStrict: true },
        { ...above, isStrict: true },
      ],
    };
  if (asked === '=')
    return {
      type: 'all',
      parts: [
        { ...below, isStrict: false },
        { ...above, isStrict: false },
      ],
    };
  return asked.startsWith('<') ? { ...below, isStrict: asked === '<' } : { ...above, isStrict: asked === '>' };
}

/** Months over this many days more or less than their mean length are what a calendar has. */
const SPARE_DAYS = 4;
const MONTH_DAYS = 30.436875;

/**
 * What "months(from, to) >= 3" says of the days between the two, roughly: intervals alone do not see that the same date is
 * meant where both are free to move.
 */
function daysFor(
  left: Expression,
  asked: ComparisonOperator,
  right: Expression,
  specs: readonly ValueSpec[],
): Linear[] {
  if (left.type !== 'call' || right.type !== 'number' || (left.name !== 'months' && left.name !== 'years')) return [];
  const [from, to] = left.arguments as [Expression, Expression];
  const months = right.value * (left.name === 'years' ? 12 : 1);
  // Completed ones are cut off towards 0.
  const cut = left.name === 'years' ? 12 : 1;
  const at = (shift: number) => write.binary(from, '+', write.number(Math.round(shift * MONTH_DAYS)));
  const spare = SPARE_DAYS / MONTH_DAYS;
  const least = asked === '>=' || asked === '>' || asked === '=' ? at(months - (months > 0 ? 0 : cut) - spare) : null;
  const most = asked === '<=' || asked === '<' || asked === '=' ? at(months + (months < 0 ? 0 : cut) + spare) : null;
  return [least && linear(least, to, specs), most && linear(to, most, specs)].filter((one) => one !== null);
}

/** More than rounding: a difference this small counts as none, see `compileExpression`. */
const NEARLY_NONE = 1e-9;

/** left - right in its interval, for what is not linear. */
function calculated(
  left: Expression,
  asked: ComparisonOperator,
  right: Expression,
  specs: readonly ValueSpec[],
): Constraint {
  const difference = differenceOf(left, right, specs);
  if (!difference) return open;
  const within = (low: number, high: number): Constraint => ({
    type: 'calculated',
    calculation: difference,
    wanted: { low, high },
  });
  const less = within(-Infinity, -Number.MIN_VALUE);
  const more = within(Number.MIN_VALUE, Infinity);
  switch (asked) {
    case '=':
      return within(-NEARLY_NONE, NEARLY_NONE);
    case '!=':
      return { type: 'any', parts: [less, more] };
    case '<':
      return less;
    case '>':
      return more;
    case '<=':
      return within(-Infinity, NEARLY_NONE);
    case '>=':
      return within(-NEARLY_NONE, Infinity);
  }
}

function differenceOf(left: Expression, right: Expression, specs: readonly ValueSpec[]): Calculation | null {
  const [a, b] = [calculationOf(left, specs), calculationOf(right, specs)];
  return a && b && { type: 'difference', left: a, right: b };
}

/** sign x left - right <= 0 as a linear constraint; null where it is not linear. */
function linear(left: Expression, right: Expression, specs: readonly ValueSpec[], sign = 1): Linear | null {
  const a = sumOf(left, specs, [right]);
  const b = sumOf(right, specs, [left]);
  if (!a || !b) return null;
  const terms = new Map<string, number>();
  for (const [name, c] of a.terms) terms.set(name, (terms.get(name) ?? 0) + sign * c);
  for (const [name, c] of b.terms) terms.set(name, (terms.get(name) ?? 0) - c);
  for (const [name, c] of terms) if (c === 0) terms.delete(name);
  return { type: 'linear', terms, constant: sign * a.constant - b.constant, isStrict: false };
}

interface Sum {
  readonly terms: ReadonlyMap<string, number>;
  readonly constant: number;
}

/** An expression as sum of columns and a number; dates count in milliseconds, their differences in days. */
function sumOf(expression: Expression, specs: readonly ValueSpec[], beside: readonly Expression[] = []): Sum | null {
  const number = (constant: number): Sum => ({ terms: new Map(), constant });
  switch (expression.type) {
    case 'number':
    case 'text': {
      const level = beside
        .map((other) => (other.type === 'column' ? specOf(other.name, specs) : undefined))
        .map((spec) => (spec?.levels ? spec.levels.indexOf(literalLevel(expression, spec) ?? '\u0000') : -1))
        .find((code) => code >= 0);
      if (level !== undefined) return number(level);
      if (expression.type === 'number') return number(expression.value);
      const ms = readDateText(expression.value);
      return ms === null ? null : number(ms);
    }
    case 'date':
      return number(expression.ms);
    case 'column':
      return specOf(expression.name, specs) ? { terms: new Map([[expression.name, 1]]), constant: 0 } : null;
    case 'unary': {
      const inner = expression.operator === '-' ? sumOf(expression.operand, specs) : null;
      return inner && scaled(inner, -1);
    }
    case 'binary': {
      const [left, right] = [sumOf(expression.left, specs), sumOf(expression.right, specs)];
      if (!left || !right) return null;
      const [leftIsDate, rightIsDate] = [isDate(expression.left, specs), isDate(expression.right, specs)];
      switch (expression.operator) {
        case '+':
          return added(left, leftIsDate ? scaled(right, DAY_MS) : right);
        case '-':
          if (leftIsDate && rightIsDate) return scaled(added(left, scaled(right, -1)), 1 / DAY_MS);
          return added(left, scaled(right, leftIsDate ? -DAY_MS : -1));
        case '*':
          if (left.terms.size === 0) return scaled(right, left.constant);
          return right.terms.size === 0 ? scaled(left, right.constant) : null;
        case '/':
          return right.terms.size === 0 && right.constant !== 0 ? scaled(left, 1 / right.constant) : null;
        default:
          return null;
      }
    }
    default:
      return null;
  }
}

const scaled = ({ terms, constant }: Sum, factor: number): Sum => ({
  terms: new Map([...terms].map(([name, c]) => [name, c * factor])),
  constant: constant * factor,
});
function added(a: Sum, b: Sum): Sum {
  const terms = new Map(a.terms);
  for (const [name, c] of b.terms) terms.set(name, (terms.get(name) ?? 0) + c);
  return { terms, constant: a.constant + b.constant };
}

function listed(
  operand: Expression,
  values: readonly Expression[],
  specs: readonly ValueSpec[],
  isNegated: boolean,
): Constraint {
  const spec = operand.type === 'column' ? specOf(operand.name, specs) : undefined;
  if (!spec) return open;
  const codes: number[] = [];
  for (const value of values) {
    const level = literalLevel(value, spec);
    const sum = spec.levels ? null : sumOf(value, specs);
    const code = level !== null ? spec.levels!.indexOf(level) : sum?.terms.size === 0 ? sum.constant : null;
    if (code === null) return open;
    codes.push(code);
  }
  return { type: 'listed', column: spec.name, values: new Set(codes), isNegated };
}

/** Whether nothing of a constraint is left open. */
export function isJudged(constraint: Constraint): boolean {
  if (constraint.type === 'open') return false;
  return (constraint.type !== 'all' && constraint.type !== 'any') || constraint.parts.every(isJudged);
}
