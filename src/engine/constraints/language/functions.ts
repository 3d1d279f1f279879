/** What a function takes and gives, and its value for known arguments; NaN where there is none, as for log(-1). */
export interface FunctionDefinition {
  readonly least: number;
  readonly most: number;
  /** As shown in messages and help. */
  readonly usage: string;
  readonly takes: 'number' | 'date' | 'any';
  readonly gives: 'number' | 'truth';
  compute(values: readonly number[]): number;
}

const DAY_MS = 86_400_000;
const whole = (compute: (date: Date) => number) => (values: readonly number[]) => compute(new Date(values[0]!));

/** Completed months from a to b: the day of the month, with its time, must be reached. */
function monthsBetween(a: number, b: number): number {
  if (b < a) return -monthsBetween(b, a);
  const [from, to] = [new Date(a), new Date(b)];
  const months = (to.getUTCFullYear() - from.getUTCFullYear()) * 12 + to.getUTCMonth() - from.getUTCMonth();
  const dayOf = (date: Date) => date.getUTCDate() * DAY_MS + (((date.getTime() % DAY_MS) + DAY_MS) % DAY_MS);
  return dayOf(to) < dayOf(from) ? months - 1 : months;
}

const number = (
  usage: string,
  compute: (...values: number[]) => number,
  least = 1,
  most = least,
): FunctionDefinition => ({
  least,
  most,
  usage,
  takes: 'number',
  gives: 'number',
  compute: (values) => compute(...values),
});
const ofDate = (usage: string, compute: (date: Date) => number): FunctionDefinition => ({
  least: 1,
  most: 1,
  usage,
  takes: 'date',
  gives: 'number',
  compute: whole(compute),
});
const between = (usage: string, compute: (a: number, b: number) => number): FunctionDefinition => ({
  least: 2,
  most: 2,
  usage,
  takes: 'date',
  gives: 'number',
  compute: ([a, b]) => compute(a!, b!),
});
const ofAny = (usage: string, compute: (value: number) => number): FunctionDefinition => ({
  least: 1,
  most: 1,
  usage,
  takes: 'any',
  gives: 'truth',
  compute: ([value]) => compute(value!),
});

/** The functions of the row language, by name; times of day and days are those of UTC, as in the table. */
export const functions: Readonly<Record<string, FunctionDefinition>> = {
  abs: number('abs(x)', Math.abs),
  min: number('min(x, y, ...)', Math.min, 2, 20),
  max: number('max(x, y, ...)', Math.max, 2, 20),
  round: number(
    'round(x) or round(x, decimals)',
    (x, decimals = 0) => {
      const factor = 10 ** Math.round(decimals);
      return (Math.sign(x) * Math.round(Math.abs(x) * factor)) / factor;
    },
    1,
    2,
  ),
  floor: number('floor(x)', Math.floor),
  ceil: number('ceil(x)', Math.ceil),
  log: number('log(x), the natural logarithm', Math.log),
  exp: number('exp(x)', Math.exp),
  sqrt: number('sqrt(x)', Math.sqrt),
  year: ofDate('year(date)', (date) => date.getUTCFullYear()),
  month: ofDate('month(date)', (date) => date.getUTCMonth() + 1),
  day: ofDate('day(date)', (date) => date.getUTCDate()),
  weekday: ofDate('weekday(date), 1 for Monday', (date) => ((date.getUTCDay() + 6) % 7) + 1),
  hour: ofDate('hour(date)', (date) => date.getUTCHours()),
  days: between('days(from, to)', (a, b) => (b - a) / DAY_MS),
  months: between('months(from, to), completed ones', monthsBetween),
  years: between('years(from, to), completed ones', (a, b) => Math.trunc(monthsBetween(a, b) / 12)),
  missing: ofAny('missing(column)', (value) => (Number.isNaN(value) ? 1 : 0)),
  known: ofAny('known(column)', (value) => (Number.isNaN(value) ? 0 : 1)),
};
