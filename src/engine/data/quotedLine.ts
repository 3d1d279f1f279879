/**
 * The cells of text[start, end), a line in which a cell begins with a quote, where all is written by the book: a quoted cell ends
 * in the line, right before a delimiter or the line's end, and quotes inside it are doubled. So written, it has one reading only.
 * @returns null for any other line: a cell over several lines, a stray quote, spaces behind a quote.
 * @see Common Format and MIME Type for Comma-Separated Values (CSV) Files, RFC 4180 (2005), section 2.
 */
export function cellsOfQuotedLine(
  text: string,
  start: number,
  end: number,
  delimiter: string,
  quote: string,
): string[] | null {
  const delimiterCode = delimiter.charCodeAt(0);
  const quoteCode = quote.charCodeAt(0);
  const cells: string[] = [];
  for (let at = start; ; at++) {
    if (at < end && text.charCodeAt(at) === quoteCode) {
      let close = text.indexOf(quote, at + 1);
      let hasDoubled = false;
      while (close >= 0 && close + 1 < end && text.charCodeAt(close + 1) === quoteCode) {
        hasDoubled = true;
        close = text.indexOf(quote, close + 2);
      }
      if (close < 0 || close >= end) return null;
      const cell = text.slice(at + 1, close);
      cells.push(hasDoubled ? cell.replaceAll(quote + quote, quote) : cell);
      at = close + 1;
      if (at < end && text.charCodeAt(at) !== delimiterCode) return null;
    } else {
      const next = text.indexOf(delimiter, at);
      const to = next < 0 || next > end ? end : next;
      cells.push(text.slice(at, to));
      at = to;
    }
    if (at === end) return cells;
  }
}
