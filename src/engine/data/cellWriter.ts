import { runsAsFormula } from './formulaGuard';
import { quoteCell, quoted, type RawSegment } from './rawSegments';
import type { Dialect } from './table';

/** Quotes and guards cells, and counts those guarded. */
export class CellWriter {
  guarded = 0;
  readonly #dialect: Dialect;
  readonly #guards: boolean;

  constructor(dialect: Dialect, guards: boolean) {
    this.#dialect = dialect;
    this.#guards = guards;
  }

  /** A cell that has no form in the file yet. */
  cell(value: string): string {
    return quoteCell(this.#guard(value), this.#dialect);
  }

  /** A cell of the file: as it was, unless it is guarded; then quoted if it was quoted. */
  segment({ value, raw }: RawSegment): string {
    const text = this.#guard(value);
    if (text === value) return raw;
    const { quote } = this.#dialect;
    return quote !== '' && raw.startsWith(quote) ? quoted(text, quote) : quoteCell(text, this.#dialect);
  }

  #guard(value: string): string {
    if (!this.#guards || !runsAsFormula(value)) return value;
    this.guarded++;
    return `'${value}`;
  }
}
