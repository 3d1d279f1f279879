/** What a cell turned out to be. */
export const PLAIN = 0;
export const LEADING_ZERO = 1;
export const NOT_FINITE = 2;
export const NOT_A_NUMBER = 3;

const POWERS_OF_TEN = Array.from({ length: 16 }, (_, k) => 10 ** k);

const isSpace = (code: number) => code === 32 || (code >= 9 && code <= 13) || code === 0xa0 || code === 0xfeff;

/** Whether a number can begin with this character; letters cannot, but for that of "inf". */
export const mayBeginNumber = (code: number): boolean => {
  const letter = code | 32;
  return letter < 97 || letter > 122 || letter === 105;
};

/**
 * Reads plain numbers: spaces around, a sign, digits with one decimal mark, an exponent; nothing else (no grouping, no
 * hexadecimal, no currency). The last cell's properties are kept in fields, because an object per cell would cost more
 * than the reading.
 */
export class NumberReader {
  /** PLAIN, LEADING_ZERO (such as 007, a code), NOT_FINITE (1e309, inf) or NOT_A_NUMBER. */
  status = NOT_A_NUMBER;
  /** Decimals of the last plain number, exponent taken in. */
  decimals = 0;
  /** The last plain number was written with decimals or an exponent. */
  isFractional = false;
  /** The last plain number is an integer too long for a double. */
  isUnsafe = false;
  /** What `take` has read. */
  value = 0;
  readonly #mark: number;
  readonly #decimal: string;

  constructor(decimal: '.' | ',') {
    this.#decimal = decimal;
    this.#mark = decimal.charCodeAt(0);
  }

  /**
   * Reads a number as most are written, digits with at most one mark and up to 15 of them, that is all of codes[from, to). The
   * result is in `value`, with `decimals` and `isFractional`.
   * @returns false for any other cell, of which only `read` can tell what it is.
   */
  take(codes: Uint8Array, from: number, to: number): boolean {
    const isNegative = codes[from] === 45;
    const first = isNegative ? from + 1 : from;
    // One place is the mark's; what is longer, or nothing at all, is for `read`.
    if (to - first > 16 || to <= first) return false;
    // Nine digits at a time are whole numbers of 32 bits, which are much faster than doubles.
    let high = 0;
    let low = 0;
    let i = first;
    for (; i < to; i++) {
      const digit = codes[i]! - 48;
      if (digit >>> 0 > 9) break;
      if (i === first + 9) {
        high = low;
        low = 0;
      }
      low = (Math.imul(low, 10) + digit) | 0;
    }
    const wholeDigits = i - first;
    if (wholeDigits === 0 || (wholeDigits > 1 && codes[first] === 48)) return false;
    let decimals = 0;
    if (i < to) {
      if (codes[i] !== this.#mark) return false;
      for (i++; i < to; i++) {
        const digit = codes[i]! - 48;
        if (digit >>> 0 > 9) return false;
        if (i === first + 10) {
          high = low;
          low = 0;
        }
        low = (Math.imul(low, 10) + digit) | 0;
      }
      decimals = to - first - wholeDigits - 1;
    }
    const digits = wholeDigits + decimals;
    if (digits > 15) return false;
    const mantissa = digits > 9 ? high * POWERS_OF_TEN[digits - 9]! + low : low;
    this.decimals = decimals;
    this.isFractional = decimals > 0;
    // Both are exact, so the quotient is the double nearest to the text, as Number() would give.
    const size = decimals === 0 ? mantissa : mantissa / POWERS_OF_TEN[decimals]!;
    this.value = isNegative ? -size : size;
    return true;
  }

  /** The number in text.slice(from, to), or NaN unless `status` is then PLAIN. */
  read(text: string, from = 0, to = text.length): number {
    this.status = NOT_A_NUMBER;
    this.decimals = 0;
    this.isFractional = false;
    this.isUnsafe = false;
    let end = to;
    let i = from;
    while (i < end && isSpace(text.charCodeAt(i))) i++;
    while (end > i && isSpace(text.charCodeAt(end - 1))) end--;
    const start = i;
    if (i === end) return Number.NaN;
    let code = text.charCodeAt(i);
    const isNegative = code === 45;
    if (isNegative || code === 43) i++;
    const firstDigit = i;
    let mantissa = 0;
    let wholeDigits = 0;
    let decimals = 0;
    for (; i < end; i++, wholeDigits++) {
      code = text.charCodeAt(i);
      if (code < 48 || code > 57) break;
      mantissa = mantissa * 10 + (code - 48);
    }
    if (i < end && code === this.#mark) {
      for (i++; i < end; i++, decimals++) {
        code = text.charCodeAt(i);
        if (code < 48 || code > 57) break;
        mantissa = mantissa * 10 + (code - 48);
      }
    }
    if (wholeDigits + decimals === 0) {
      if (/^[+-]?inf(inity)?$/i.test(text.slice(start, end))) this.status = NOT_FINITE;
      return Number.NaN;
    }
    let exponent = 0;
    let hasExponent = false;
    if (i < end && (code === 69 || code === 101)) {
      const digits = text.slice(i + 1, end);
      if (!/^[+-]?\d+$/.test(digits)) return Number.NaN;
      exponent = Number(digits);
      hasExponent = true;
      i = end;
    }
    if (i < end) return Number.NaN;
    if (wholeDigits > 1 && text.charCodeAt(firstDigit) === 48) {
      this.status = LEADING_ZERO;
      return Number.NaN;
    }
    let value: number;
    if (!hasExponent && wholeDigits + decimals <= 15) {
      // Both are exact, so the quotient is the double nearest to the text, as Number() would give.
      value = mantissa / POWERS_OF_TEN[decimals]!;
      if (isNegative) value = -value;
    } else {
      const plain = text.slice(start, end);
      value = Number(this.#decimal === ',' ? plain.replace(',', '.') : plain);
    }
    if (!Number.isFinite(value)) {
      this.status = NOT_FINITE;
      return Number.NaN;
    }
    this.status = PLAIN;
    this.decimals = Math.max(0, decimals - exponent);
    this.isFractional = decimals > 0 || hasExponent;
    this.isUnsafe = !this.isFractional && !Number.isSafeInteger(value);
    return value;
  }
}
