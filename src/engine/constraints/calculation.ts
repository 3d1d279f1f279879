import type { ValueSpec } from '../data/frame';
import {
  differenceOf,
  EVERYTHING,
  factorOf,
  holdsZero,
  type Interval,
  intersection,
  negative,
  point,
  powerOf,
  powersOf,
  productOf,
  quotientOf,
  rootOf,
  sizeOf,
  sumOf,
  widened,
} from './intervals';
import type { Expression } from './language/expression';
import { readDateText } from './language/parseExpression';
import { endsFor, monthsForYears, monthsOf, startsFor, yearsOf } from './monthIntervals';
import { specOf } from './ruleKind';

/** A calculation with numbers and columns, dates in milliseconds, as far as intervals can follow it. */
export type Calculation =
  | { readonly type: 'number'; readonly value: number }
  | { readonly type: 'column'; readonly name: string }
  | {
      /** `raised`: left to the power of right, whatever it is; `months`, `years`: completed ones from left to right. */
      readonly type: OfTwo;
      readonly left: Calculation;
      readonly right: Calculation;
    }
  | { readonly type: 'power'; readonly base: Calculation; readonly exponent: number }
  | { readonly type: 'function'; readonly name: keyof typeof risingFunctions; readonly of: Calculation }
  | { readonly type: 'size'; readonly of: Calculation }
  /** Something of a date that lies between two whole numbers, whatever the date. */
  | { readonly type: 'part'; readonly range: Interval };

type OfTwo = 'sum' | 'difference' | 'product' | 'quotient' | 'least' | 'most' | 'raised' | 'months' | 'years';

const DAY_MS = 86_400_000;
const MOST_POWER = 12;

/** Functions that never fall: intervals go through them end by end. `back` is null where nothing is said of the argument. */
const risingFunctions = {
  exp: { from: EVERYTHING, of: Math.exp, back: ({ low, high }: Interval) => logs(low, high) },
  log: {
    from: { low: Number.MIN_VALUE, high: Infinity },
    of: Math.log,
    back: ({ low, high }: Interval) => ({ low: Math.exp(low), high: Math.exp(high) }),
  },
  sqrt: {
    from: { low: 0, high: Infinity },
    of: Math.sqrt,
    back: ({ low, high }: Interval) => ({ low: Math.max(0, low) ** 2, high: Math.max(0, high) ** 2 }),
  },
  floor: {
    from: EVERYTHING,
    of: Math.floor,
    back: ({ low, high }: Interval) => ({ low: Math.ceil(low), high: Math.floor(high) + 1 }),
  },
  ceil: {
    from: EVERYTHING,
    of: Math.ceil,
    back: ({ low, high }: Interval) => ({ low: Math.ceil(low) - 1, high: Math.floor(high) }),
  },
  round: {
    from: EVERYTHING,
    of: (x: number) => Math.sign(x) * Math.round(Math.abs(x)),
    back: ({ low, high }: Interval) => ({ low: Math.ceil(low) - 0.5, high: Math.floor(high) + 0.5 }),
  },
  year: {
    from: EVERYTHING,
    of: (ms: number) => (Number.isFinite(ms) ? new Date(ms).getUTCFullYear() : ms),
    back: ({ low, high }: Interval) => ({ low: startOfYear(Math.ceil(low)), high: startOfYear(Math.floor(high) + 1) }),
  },
} as const;
const logs = (low: number, high: number): Interval | null =>
  high <= 0 ? null : { low: low <= 0 ? -Infinity : Math.log(low), high: Math.log(high) };
const startOfYear = (year: number): number => (Number.isFinite(year) ? Date.UTC(year, 0, 1) : year);

/** What of a date lies where, see `functions`. */
const datePartRanges: Readonly<Record<string, Interval>> = {
  month: { low: 1, high: 12 },
  day: { low: 1, high: 31 },
  weekday: { low: 1, high: 7 },
  hour: { low: 0, high: 23 },
};

/** Null where the expression holds something intervals cannot follow, as a category. */
export function calculationOf(expression: Expression, specs: readonly ValueSpec[]): Calculation | null {
  const of = (part: Expression) => calculationOf(part, specs);
  const number = (value: number): Calculation => ({ type: 'number', value });
  switch (expression.type) {
    case 'number':
      return number(expression.value);
    case 'date':
      return number(expression.ms);
    case 'text': {
      const ms = readDateText(expression.value);
      return ms === null ? null : number(ms);
    }
    case 'column': {
      const spec = specOf(expression.name, specs);
      return spec && !spec.levels ? { type: 'column', name: expression.name } : null;
    }
    case 'unary': {
      const operand = expression.operator === '-' ? of(expression.operand) : null;
      return operand && { type: 'difference', left: number(0), right: operand };
    }
    case 'binary': {
      const { operator } = expression;
      const [left, right] = [of(expression.left), of(expression.right)];
      if (!left || !right) return null;
      const [leftIsDate, rightIsDate] = [isDate(expression.left, specs), isDate(expression.right, specs)];
      const days = (calculation: Calculation): Calculation =>
        leftIsDate && !rightIsDate ? { type: 'product', left: calculation, right: number(DAY_MS) } : calculation;
      switch (operator) {
        case '+':
          return { type: 'sum', left, right: days(right) };
        case '-': {
          const difference: Calculation = { type: 'difference', left, right: days(right) };
          return leftIsDate && rightIsDate ? { type: 'quotient', left: difference, right: number(DAY_MS) } : difference;
        }
        case '*':
          return { type: 'product', left, right };
        case '/':
          return { type: 'quotient', left, right };
        case '^': {
          const isWhole =
            right.type === 'number' && Number.isInteger(right.value) && right.value > 0 && right.value <= MOST_POWER;
          return isWhole ? { type: 'power', base: left, exponent: right.value } : { type: 'raised', left, right };
        }
        default:
          return null;
      }
    }
    case 'call': {
      const { name } = expression;
      const parts = expression.arguments.map(of);
      if (parts.some((part) => part === null)) return null;
      const [first, second] = parts as Calculation[];
      if (name === 'abs') return { type: 'size', of: first! };
      if (name === 'min' || name === 'max')
        return (parts as Calculation[]).reduce((left, right) => ({
          type: name === 'min' ? 'least' : 'most',
          left,
          right,
        }));
      if (name === 'days') {
        const difference: Calculation = { type: 'difference', left: second!, right: first! };
        return { type: 'quotient', left: difference, right: number(DAY_MS) };
      }
      if (name === 'months' || name === 'years') return { type: name, left: first!, right: second! };
      if (name === 'round' && second) {
        if (second.type !== 'number') return null;
        const factor = number(10 ** Math.round(second.value));
        const shifted: Calculation = { type: 'product', left: first!, right: factor };
        return { type: 'quotient', left: { type: 'function', name: 'round', of: shifted }, right: factor };
      }
      if (name in datePartRanges) return { type: 'part', range: datePartRanges[name]! };
      return name in risingFunctions && parts.length === 1
        ? { type: 'function', name: name as keyof typeof risingFunctions, of: first! }
        : null;
    }
    default:
      return null;
  }
}

/** Whether an expression gives a date. */
export function isDate(expression: Expression, specs: readonly ValueSpec[]): boolean {
  if (expression.type === 'date') return true;
  if (expression.type === 'column') return specOf(expression.name, specs)?.kind === 'datetime';
  return (
    expression.type === 'binary' &&
    (expression.operator === '+' || expression.operator === '-') &&
    isDate(expression.left, specs) &&
    !isDate(expression.right, specs)
  );
}

/** Names of the columns a calculation reads. */
export function columnsOf(calculation: Calculation): string[] {
  switch (calculation.type) {
    case 'column':
      return [calculation.name];
    case 'number':
    case 'part':
      return [];
    case 'size':
    case 'function':
      return columnsOf(calculation.of);
    case 'power':
      return columnsOf(calculation.base);
    default:
      return [...columnsOf(calculation.left), ...columnsOf(calculation.right)];
  }
}

export type Boxes = ReadonlyMap<string, Interval>;

/**
 * All values a calculation may have while its columns lie in their intervals; null where some of these values have no result
 * (a division by 0, the logarithm of what is not above 0): such a row leaves a statement unknown, which breaks no rule.
 * Numbers too large to be calculated with are left out of account.
 */
export function rangeOf(calculation: Calculation, boxes: Boxes): Interval | null {
  switch (calculation.type) {
    case 'number':
      return point(calculation.value);
    case 'column':
      return boxes.get(calculation.name) ?? EVERYTHING;
    case 'part':
      return calculation.range;
    case 'size': {
      const inner = rangeOf(calculation.of, boxes);
      return inner && sizeOf(inner);
    }
    case 'power': {
      const base = rangeOf(calculation.base, boxes);
      return base && widened(powerOf(base, calculation.exponent), base);
    }
    case 'function': {
      const { from, of } = risingFunctions[calculation.name];
      const inner = rangeOf(calculation.of, boxes);
      if (!inner || inner.low < from.low || inner.high > from.high) return null;
      const range = { low: of(inner.low), high: of(inner.high) };
      // What is rounded to whole numbers is exact.
      return widened(range, range);
    }
    default: {
      const a = rangeOf(calculation.left, boxes);
      const b = rangeOf(calculation.right, boxes);
      return a && b && combined(calculation.type, a, b);
    }
  }
}

function combined(type: OfTwo, a: Interval, b: Interval): Interval | null {
  switch (type) {
    case 'sum':
      return widened(sumOf(a, b), a, b);
    case 'difference':
      return widened(differenceOf(a, b), a, b);
    case 'product':
      return widened(productOf(a, b), a, b);
    case 'quotient':
      return holdsZero(b) ? null : widened(quotientOf(a, b), a, b);
    case 'least':
      return { low: Math.min(a.low, b.low), high: Math.min(a.high, b.high) };
    case 'most':
      return { low: Math.max(a.low, b.low), high: Math.max(a.high, b.high) };
    case 'raised': {
      const range = powersOf(a, b);
      return range && widened(range, range);
    }
    case 'months':
      return monthsOf(a, b);
    case 'years':
      return yearsOf(monthsOf(a, b));
  }
}

/**
 * Narrows the intervals of columns to what lets the calculation have a value in `wanted`: forward to the value, backward to
 * each part.
 * @param narrow Takes the new interval of a column; false where nothing is left of it.
 * @returns False where no values of the columns do.
 * @see Revising hull and box consistency, Proceedings of the International Conference on Logic Programming, 1999.
 */
export function narrowTo(
  calculation: Calculation,
  wanted: Interval,
  boxes: Boxes,
  narrow: (name: string, interval: Interval) => boolean,
): boolean {
  const value = rangeOf(calculation, boxes);
  if (!value) return true;
  const left = intersection(value, wanted);
  if (!left) return false;
  const push = (part: Calculation, asked: Interval | null): boolean =>
    asked !== null && narrowTo(part, widened(asked), boxes, narrow);
  switch (calculation.type) {
    case 'number':
    case 'part':
      return true;
    case 'column':
      return narrow(calculation.name, left);
    case 'size':
      return push(calculation.of, { low: -left.high, high: left.high });
    case 'power':
      return push(calculation.base, rootOf(left, calculation.exponent));
    case 'function':
      return push(calculation.of, risingFunctions[calculation.name].back(left));
    default:
      return narrowParts(calculation, left, boxes, push);
  }
}

function narrowParts(
  calculation: Extract<Calculation, { left: Calculation }>,
  value: Interval,
  boxes: Boxes,
  push: (part: Calculation, asked: Interval | null) => boolean,
): boolean {
  const { left, right } = calculation;
  const rangeOfPart = (part: Calculation) => rangeOf(part, boxes)!;
  switch (calculation.type) {
    case 'sum':
      return push(left, differenceOf(value, rangeOfPart(right))) && push(right, differenceOf(value, rangeOfPart(left)));
    case 'difference':
      return push(left, sumOf(value, rangeOfPart(right))) && push(right, differenceOf(rangeOfPart(left), value));
    case 'product':
      return push(left, factorOf(value, rangeOfPart(right))) && push(right, factorOf(value, rangeOfPart(left)));
    case 'quotient':
      return push(left, productOf(value, rangeOfPart(right))) && push(right, factorOf(rangeOfPart(left), value));
    case 'least':
      return push(left, { low: value.low, high: Infinity }) && push(right, { low: value.low, high: Infinity });
    case 'most':
      return (
        push(left, negative({ low: -value.high, high: Infinity })) && push(right, { low: -Infinity, high: value.high })
      );
    case 'raised': {
      const exponent = rangeOfPart(right);
      // Of a power that itself varies nothing is said backward; halving decides.
      if (exponent.low !== exponent.high || exponent.low === 0) return true;
      const base = powersOf({ low: Math.max(0, value.low), high: value.high }, point(1 / exponent.low));
      return base === null || push(left, base);
    }
    case 'months':
    case 'years': {
      const wanted = calculation.type === 'years' ? monthsForYears(value) : value;
      return push(right, endsFor(wanted, rangeOfPart(left))) && push(left, startsFor(wanted, rangeOfPart(right)));
    }
  }
}
