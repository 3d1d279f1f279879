import { compileDurationPattern } from './durationPattern';

/**
 * Patterns such as `yyyy-MM-dd`, `d/M/yyyy HH:mm` or `dd MMM yyyy`. A doubled d, M, H or h is written with two digits,
 * one or two are read. A trailing offset (`Z`, `+02:00`) is the one written; any offset is read. Without one: UTC.
 * `epoch-seconds` and `epoch-milliseconds` stand for plain numbers, `duration ...` for durations, whose values are seconds.
 */
export interface DatePattern {
  readonly pattern: string;
  /** Milliseconds since 1970-01-01 UTC; NaN for text in another form and for dates that do not exist. */
  parse(text: string): number;
  format(milliseconds: number): string;
}

const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];
const TOKEN = /yyyy|yy|MMMM|MMM|MM|M|dd|d|HH|H|hh|h|mm|ss|S+|a|(?:Z|[+-]\d{2}:?\d{2})$|[\s\S]/g;
const MONTH_OF = new Map(
  MONTHS.flatMap((name, month) => [
    [name.toLowerCase(), month] as const,
    [name.slice(0, 3).toLowerCase(), month] as const,
  ]),
);
const isOffset = (token: string) => token === 'Z' || /^[+-]\d{2}:?\d{2}$/.test(token);
const minutesOf = (offset: string) =>
  /^z$/i.test(offset)
    ? 0
    : (offset.startsWith('-') ? -1 : 1) * (Number(offset.slice(1, 3)) * 60 + Number(offset.slice(-2)));
const DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
const isLeapYear = (year: number) => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
export const daysInMonth = (year: number, month: number) => DAYS[month]! + (month === 1 && isLeapYear(year) ? 1 : 0);
const pad = (value: number, width: number) => String(value).padStart(width, '0');

const epoch = (pattern: string, unit: number): DatePattern => ({
  pattern,
  parse: (text) => (/^\s*-?\d+(\.\d+)?\s*$/.test(text) ? Number(text) * unit : Number.NaN),
  format: (milliseconds) => String(Math.round(milliseconds / unit)),
});

export function compileDatePattern(pattern: string): DatePattern {
  const duration = compileDurationPattern(pattern);
  if (duration) return duration;
  if (pattern === 'epoch-seconds') return epoch(pattern, 1000);
  if (pattern === 'epoch-milliseconds') return epoch(pattern, 1);
  const tokens = pattern.match(TOKEN) ?? [];
  const expression = new RegExp(`^\\s*${tokens.map(tokenExpression).join('')}\\s*$`, 'i');
  const fields = tokens.filter((token) => tokenExpression(token).startsWith('('));
  return {
    pattern,
    parse(text) {
      const found = expression.exec(text);
      return found ? millisecondsOf(fields, found) : Number.NaN;
    },
    format(milliseconds) {
      const offset = tokens.find(isOffset);
      const date = new Date(milliseconds + (offset ? minutesOf(offset) * 60_000 : 0));
      return tokens.map((token) => formatToken(token, date)).join('');
    },
  };
}

function tokenExpression(token: string): string {
  if (token === 'yyyy') return '(\\d{4})';
  if (token === 'yy') return '(\\d{2})';
  if (token === 'MMM' || token === 'MMMM') return '([A-Za-z]{3,9})';
  if (token === 'mm' || token === 'ss') return '(\\d{2})';
  if (/^(MM?|dd?|HH?|hh?)$/.test(token)) return '(\\d{1,2})';
  if (/^S+$/.test(token)) return '(\\d{1,6})';
  if (token === 'a') return '([AP]M)';
  if (isOffset(token)) return '(Z|[+-]\\d{2}:?\\d{2})';
  return token.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

function millisecondsOf(fields: readonly string[], found: RegExpExecArray): number {
  let year = 1970;
  let month = 0;
  let day = 1;
  let hour = 0;
  let minute = 0;
  let second = 0;
  let fraction = 0;
  let half = '';
  let offset = 0;
  for (let i = 0; i < fields.length; i++) {
    const text = found[i + 1]!;
    switch (fields[i]![0]) {
      case 'y':
        year = Number(text);
        // Two digits: 1970 to 2069, as spreadsheets and POSIX nearly agree.
        if (text.length === 2) year += year < 70 ? 2000 : 1900;
        break;
      case 'M':
        month = fields[i]!.length > 2 ? (MONTH_OF.get(text.toLowerCase()) ?? -1) : Number(text) - 1;
        break;
      case 'd':
        day = Number(text);
        break;
      case 'H':
      case 'h':
        hour = Number(text);
        break;
      case 'm':
        minute = Number(text);
        break;
      case 's':
        second = Number(text);
        break;
      case 'S':
        fraction = Number(`0.${text}`) * 1000;
        break;
      case 'a':
        half = text.toUpperCase();
        break;
      default:
        offset = minutesOf(text);
    }
  }
  if (half !== '') {
    if (hour < 1 || hour > 12) return Number.NaN;
    hour = (hour % 12) + (half === 'PM' ? 12 : 0);
  }
  // Date.UTC would roll 30 February over to March; a year below 100 it would move to 1900.
  if (year < 100 || month < 0 || month > 11 || day < 1 || day > daysInMonth(year, month)) return Number.NaN;
  if (hour > 23 || minute > 59 || second > 59) return Number.NaN;
  return Date.UTC(year, month, day, hour, minute, second, Math.floor(fraction)) - offset * 60_000;
}

function formatToken(token: string, date: Date): string {
  const hour = date.getUTCHours();
  switch (token) {
    case 'yyyy':
      return pad(date.getUTCFullYear(), 4);
    case 'yy':
      return pad(date.getUTCFullYear() % 100, 2);
    case 'MMMM':
      return MONTHS[date.getUTCMonth()]!;
    case 'MMM':
      return MONTHS[date.getUTCMonth()]!.slice(0, 3);
    case 'MM':
    case 'M':
      return pad(date.getUTCMonth() + 1, token.length);
    case 'dd':
    case 'd':
      return pad(date.getUTCDate(), token.length);
    case 'HH':
    case 'H':
      return pad(hour, token.length);
    case 'hh':
    case 'h':
      return pad(hour % 12 || 12, token.length);
    case 'mm':
      return pad(date.getUTCMinutes(), 2);
    case 'ss':
      return pad(date.getUTCSeconds(), 2);
    case 'a':
      return hour < 12 ? 'AM' : 'PM';
    default:
      return /^S+$/.test(token)
        ? pad(date.getUTCMilliseconds(), 3).padEnd(token.length, '0').slice(0, token.length)
        : token;
  }
}
