import { TextIndex } from './textIndex';
import type { TextWindow } from './textWindow';

/** Counts the missing cells of a column by the way they are written, in the order of their first appearance. */
export class MissingCells {
  readonly #tokens: ReadonlySet<string>;
  /** No missing token is longer, so longer cells need not be looked up. */
  readonly longest: number;
  /** Ways of writing that were seen. */
  readonly #seen = new TextIndex();
  readonly #counts: number[] = [];
  /** The tokens with digits: a user may list -999, or 1900-01-01. */
  readonly #numbers = new TextIndex();
  readonly hasNumbers: boolean;

  constructor(tokens: ReadonlySet<string>) {
    this.#tokens = tokens;
    this.longest = Math.max(0, ...[...tokens].map((token) => token.length));
    for (const token of tokens) if (/\d/.test(token)) this.#numbers.codeOf(token);
    this.hasNumbers = this.#numbers.size > 0;
  }

  /** Whether a cell that was trimmed is missing. */
  has(text: string): boolean {
    return text === '' || (text.length <= this.longest && this.#tokens.has(text));
  }

  /** Whether a cell that reads as a number or a date is a token as it stands. */
  isNumberToken(window: TextWindow, from: number, to: number): boolean {
    return to - from <= this.longest && this.#numbers.find(window, from, to) >= 0;
  }

  /** Counts a cell that is written as a missing one before it. @returns false where it is not, or no stretch of the window. */
  take(window: TextWindow, from: number, to: number): boolean {
    if (from < 0 || to - from > this.longest) return false;
    const code = this.#seen.find(window, from, to);
    if (code < 0) return false;
    this.#counts[code]!++;
    return true;
  }

  /** Counts cells that are known to be missing. @param text As in the file. */
  add(text: string, count = 1): void {
    const code = this.#seen.codeOf(text);
    this.#counts[code] = (this.#counts[code] ?? 0) + count;
  }

  counts(): Map<string, number> {
    return new Map(this.#counts.map((count, code) => [this.#seen.textOf(code), count]));
  }
}
