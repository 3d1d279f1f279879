import type { Rng } from '../rng';
import { silentTask } from '../task';
import { charactersOf } from './characters';
import type { Dialect } from './table';
import { eachRecord } from './tokenize';

/** Characters kept back at most while a quote is open. */
const MOST_HELD = 1 << 23;

/** Which rows of a file too large for a tab are kept. */
export interface RowSampling {
  /** Place of the column whose rare levels are all kept; -1 for a plain random sample. */
  readonly column: number;
  readonly rareLevels: ReadonlySet<string>;
  /** Probability with which any other row is kept. */
  readonly share: number;
}

/**
 * Draws rows from a text that comes in pieces: every rare row, and each other one with the same probability, by a
 * stream of random numbers of its own, so that the same file and seed give the same sample.
 */
export class RowSampler {
  rows = 0;
  kept = 0;
  rareKept = 0;
  #rest = '';
  #isHeaderDue: boolean;
  readonly #dialect: Dialect;
  readonly #sampling: RowSampling;
  readonly #rng: Rng;

  constructor(dialect: Dialect, hasHeader: boolean, sampling: RowSampling, rng: Rng) {
    this.#isHeaderDue = hasHeader;
    this.#dialect = dialect;
    this.#sampling = sampling;
    this.#rng = rng;
  }

  /** @returns The records kept of this piece (the header first), each with its line end. */
  async take(piece: string, isLast: boolean): Promise<string> {
    const text = this.#rest + piece;
    const end = isLast ? text.length : this.#safeEnd(text);
    this.#rest = text.slice(end);
    const { newline } = this.#dialect;
    const { column, rareLevels, share } = this.#sampling;
    const lines: string[] = [];
    await eachRecord(charactersOf(text), 0, end, this.#dialect, silentTask, (cells, from, to) => {
      if (cells.isEmpty()) return;
      if (this.#isHeaderDue) {
        this.#isHeaderDue = false;
        lines.push(text.slice(from, to));
        return;
      }
      this.rows++;
      const isRare = column >= 0 && rareLevels.has(cells.text(column).trim().normalize('NFC'));
      if (!isRare && this.#rng.uniform() >= share) return;
      this.kept++;
      if (isRare) this.rareKept++;
      lines.push(text.slice(from, to));
    });
    return lines.length === 0 ? '' : lines.join(newline) + newline;
  }

  /** Behind the last line end with an even number of quotes before it: one inside a quoted cell ends no record. */
  #safeEnd(text: string): number {
    const { newline, quote } = this.#dialect;
    const lineEnd = newline === '\r' ? '\r' : '\n';
    let end = text.lastIndexOf(lineEnd) + 1;
    // A stray quote makes every later line end look quoted; the reader itself can tell, so it is not waited for.
    if (quote === '' || text.length > MOST_HELD) return end;
    const quotes: number[] = [];
    for (let at = text.indexOf(quote); at >= 0; at = text.indexOf(quote, at + 1)) quotes.push(at);
    for (let before = quotes.length; ; ) {
      while (before > 0 && quotes[before - 1]! >= end) before--;
      if (before % 2 === 0) return end;
      end = text.lastIndexOf(lineEnd, quotes[before - 1]) + 1;
    }
  }
}
