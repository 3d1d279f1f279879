/** What a function takes and gives, and its value for known arguments; NaN where there is none, as for log(-1). */
export interface FunctionDefinition {
  readonly least: number;
  readonly most: number;
  /** As shown in messages and help. */
  readonly usage: string;
  readonly takes: 'number' | 'date' | 'any';
  readonly gives: 'number' | 'truth';
  readonly compute: (...values: number[]) => number;
}

const DAY_MS = 86_400_000;

/** Year, month from 1 and day of the month of a time, by whole numbers alone: a Date for each cell would take longer. */
function civil(ms: number): { readonly year: number; readonly month: number; readonly day: number } {
  // Years are counted from 1 March, so that the leap day comes last; 719468 days lie before 1970 in that count.
  const days = Math.floor(ms / DAY_MS) + 719_468;
  const era = Math.floor(days / 146_097);
  const inEra = days - era * 146_097;
  const yearOfEra = Math.floor(
    (inEra - Math.floor(inEra / 1460) + Math.floor(inEra / 36_524) - Math.floor(inEra / 146_096)) / 365,
  );
  const dayOfYear = inEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const shifted = Math.floor((5 * dayOfYear + 2) / 153);
  const month = shifted < 10 ? shifted + 3 : shifted - 9;
  return {
    year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0),
    month,
    day: dayOfYear - Math.floor((153 * shifted + 2) / 5) + 1,
  };
}

const timeOfDay = (ms: number): number => ms - Math.floor(ms / DAY_MS) * DAY_MS;

/** Completed months from a to b: the day of the month, with its time, must be reached. */
function monthsBetween(a: number, b: number): number {
  if (b < a) return -monthsBetween(b, a);
  const from = civil(a);
  const to = civil(b);
  const months = (to.year - from.year) * 12 + to.month - from.month;
  const isReached = to.day !== from.day ? to.day > from.day : timeOfDay(b) >= timeOfDay(a);
  return isReached ? months : months - 1;
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
  compute,
});
const ofDate = (usage: string, compute: (ms: number) => number): FunctionDefinition => ({
  least: 1,
  most: 1,
  usage,
  takes: 'date',
  gives: 'number',
  compute,
});
const between = (usage: string, compute: (a: number, b: number) => number): FunctionDefinition => ({
  least: 2,
  most: 2,
  usage,
  takes: 'date',
  gives: 'number',
  compute,
});
const ofAny = (usage: string, compute: (value: number) => number): FunctionDefinition => ({
  least: 1,
  most: 1,
  usage,
  takes: 'any',
  gives: 'truth',
  compute,
});

/** The functions of the row language, by name; times of day and days are those of UTC, as in the table. */
export const functions: Readonly<Record<string, FunctionDefinition>> = {
  abs: number('abs(x)', Math.abs),
  min: number('min(x, y, ...)', Math.min, 2, 20),
  max: number('max(x, y, ...)', Math.max, 2, 20),
  round: number(
    'round(x) or round(x, decimals)',
    (x: number, decimals = 0) => {
      if (decimals === 0) return Math.sign(x) * Math.round(Math.abs(x));
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
  year: ofDate('year(date)', (ms) => civil(ms).year),
  month: ofDate('month(date)', (ms) => civil(ms).month),
  day: ofDate('day(date)', (ms) => civil(ms).day),
  weekday: ofDate('weekday(date), 1 for Monday', (ms) => ((((Math.floor(ms / DAY_MS) + 3) % 7) + 7) % 7) + 1),
  hour: ofDate('hour(date)', (ms) => Math.floor(timeOfDay(ms) / 3_600_000)),
  days: between('days(from, to)', (a, b) => (b - a) / DAY_MS),
  months: between('months(from, to), completed ones', monthsBetween),
  years: between('years(from, to), completed ones', (a, b) => Math.trunc(monthsBetween(a, b) / 12)),
  missing: ofAny('missing(column)', (value) => (Number.isNaN(value) ? 1 : 0)),
  known: ofAny('known(column)', (value) => (Number.isNaN(value) ? 0 : 1)),
};
