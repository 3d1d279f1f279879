import { daysInMonth } from './datePattern';
import type { CharacterCodes } from './textWindow';

const DAY_MS = 86_400_000;
const DIGITS: Readonly<Record<string, number | undefined>> = { yyyy: 4, MM: 2, dd: 2, HH: 2, mm: 2, ss: 2 };

/** Days from 1970-01-01 to a date of the Gregorian calendar, from March on so that leap days come last. */
function dayNumber(year: number, month: number, day: number): number {
  const shifted = month < 2 ? year - 1 : year;
  const era = Math.floor(shifted / 400);
  const ofEra = shifted - 400 * era;
  const ofYear = Math.floor((153 * ((month + 10) % 12) + 2) / 5) + day - 1;
  return 146_097 * era + 365 * ofEra + Math.floor(ofEra / 4) - Math.floor(ofEra / 100) + ofYear - 719_468;
}

/**
 * Reads dates of one pattern whose parts all have a fixed number of digits, character by character: the way most files
 * write them, a hundred times faster than a regular expression. Whatever it does not take is left to the pattern.
 * @see Hinnant, chrono-Compatible Low-Level Date Algorithms (2013), days_from_civil.
 */
export class FixedDateReader {
  /** Milliseconds since 1970-01-01 UTC of the date that `take` has read. */
  value = 0;
  /** Digits of each part; 0 for a single character that stands for itself. */
  readonly #digits: readonly number[];
  readonly #parts: readonly number[];

  private constructor(tokens: readonly string[]) {
    this.#digits = tokens.map((token) => DIGITS[token] ?? 0);
    this.#parts = tokens.map((token) =>
      Object.hasOwn(DIGITS, token) ? 'yMdHms'.indexOf(token.charAt(0)) : token.charCodeAt(0),
    );
  }

  /** null for a pattern with other parts than these. */
  static of(pattern: string): FixedDateReader | null {
    const tokens: readonly string[] = pattern.match(/yyyy|MM|dd|HH|mm|ss|[^A-Za-z]|T|Z$/g) ?? [];
    const isWhole = tokens.join('') === pattern && !/[+-]\d/.test(pattern);
    return isWhole && ['yyyy', 'MM', 'dd'].every((token) => tokens.includes(token))
      ? new FixedDateReader(tokens)
      : null;
  }

  /** @returns Where the date ends, which is at `delimiter` or the end of the line; -1 for any other cell. */
  take(codes: CharacterCodes, from: number, lineEnd: number, delimiter: number): number {
    let [year, month, day, hour, minute, second] = [0, 0, 0, 0, 0, 0];
    let at = from;
    for (let part = 0; part < this.#parts.length; part++) {
      const digits = this.#digits[part]!;
      if (at + Math.max(1, digits) > lineEnd) return -1;
      if (digits === 0) {
        if (codes[at++] !== this.#parts[part]) return -1;
        continue;
      }
      let number = 0;
      for (const end = at + digits; at < end; at++) {
        const code = codes[at]!;
        if (code < 48 || code > 57) return -1;
        number = 10 * number + code - 48;
      }
      switch (this.#parts[part]) {
        case 0:
          year = number;
          break;
        case 1:
          month = number - 1;
          break;
        case 2:
          day = number;
          break;
        case 3:
          hour = number;
          break;
        case 4:
          minute = number;
          break;
        default:
          second = number;
      }
    }
    if (at < lineEnd && codes[at] !== delimiter) return -1;
    if (year < 100 || month < 0 || month > 11 || day < 1 || day > daysInMonth(year, month)) return -1;
    if (hour > 23 || minute > 59 || second > 59) return -1;
    this.value = dayNumber(year, month, day) * DAY_MS + ((hour * 60 + minute) * 60 + second) * 1000;
    return at;
  }
}
