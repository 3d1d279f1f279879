import type { Characters } from './characters';
import type { Notice } from './summary';
import { LineCounter } from './tokenize';

/** Repairs listed one by one; any beyond are only counted. */
const MAX_LISTED = 200;

/** Collects what had to be mended while reading, each with its line. */
export class RepairLog {
  #total = 0;
  readonly #listed: Notice[] = [];
  readonly #lines: LineCounter;

  constructor(characters: Characters, newline: string) {
    this.#lines = new LineCounter(characters, newline);
  }

  skipped(cells: number, start: number): void {
    this.#add('info', start, cells > 1 ? 'all cells are empty; the row was skipped.' : 'blank; skipped.');
  }

  ragged(cells: readonly string[], width: number, start: number): void {
    const found = `${cells.length} cell${cells.length === 1 ? '' : 's'} instead of ${width}`;
    if (cells.length < width) {
      this.#add('warning', start, `${found}; the rest count as missing.`);
      return;
    }
    const extra = cells.slice(width);
    const isEmpty = extra.every((cell) => cell.trim() === '');
    const shown = extra.map((cell) => `"${cell.slice(0, 30)}"`).join(', ');
    if (isEmpty) this.#add('info', start, `${found}; the extra ones are empty and were dropped.`);
    else this.#add('warning', start, `${found}; dropped ${shown.slice(0, 200)}.`);
  }

  strayQuote(start: number, record: string): void {
    const lines = record.split(/\r\n|\n|\r/).length;
    const swallowed = lines > 1 ? ` The cell runs over ${lines} lines, so rows may have run together.` : '';
    this.#add('warning', start, `a quote inside a quoted cell is not doubled; check this row.${swallowed}`);
  }

  /** In the order of the file. */
  notices(): Notice[] {
    const more = this.#total - this.#listed.length;
    if (more === 0) return this.#listed;
    return [...this.#listed, { level: 'warning', text: `... and ${more} more repairs that are not listed.` }];
  }

  #add(level: Notice['level'], start: number, what: string): void {
    this.#total++;
    if (this.#listed.length < MAX_LISTED) this.#listed.push({ level, text: `Line ${this.#lines.at(start)}: ${what}` });
  }
}
