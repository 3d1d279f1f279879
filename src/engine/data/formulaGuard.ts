import type { Dialect } from './table';

/** Numbers in any spelling: spreadsheets read them, they do not run them. */
const NUMBER = /^[+-]?(\d[\d.,]*|[.,]\d+)(e[+-]?\d+)?%?$/i;
const INFINITE = /^[+-](inf|infinity|nan)$/i;

/**
 * Whether a spreadsheet would run this text as a formula: it begins with = + - @ tab or CR and is not a number.
 * A lone sign cannot be run, and often stands for a missing cell.
 * @see OWASP, CSV Injection.
 */
export function runsAsFormula(value: string): boolean {
  switch (value.charCodeAt(0)) {
    case 43: // +
    case 45: // -
      return value.length > 1 && !NUMBER.test(value.trimEnd()) && !INFINITE.test(value.trimEnd());
    case 61: // =
    case 64: // @
    case 9:
    case 13:
      return value.trim() !== '';
    default:
      return false;
  }
}

/** Whether any cell of a record could need guarding, without splitting it: errs on the side of yes. */
export function mayRunAsFormula(record: string, { delimiter, quote }: Dialect): boolean {
  const quoteCode = quote.charCodeAt(0); // NaN, which equals nothing, without a quote
  let start = 0;
  for (;;) {
    let code = record.charCodeAt(start);
    if (code === quoteCode) code = record.charCodeAt(start + 1);
    const isEmpty = record.startsWith(delimiter, start);
    if (!isEmpty && (code === 61 || code === 64 || code === 9 || code === 13)) return true;
    if (code === 43 || code === 45) {
      const end = record.indexOf(delimiter, start);
      if (runsAsFormula(record.slice(start, end < 0 ? record.length : end))) return true;
      if (record.charCodeAt(start) === quoteCode) return true;
    }
    const next = record.indexOf(delimiter, start);
    if (next < 0) return false;
    start = next + delimiter.length;
  }
}
