import { findMarks } from './marks';
import type { TextWindow } from './textWindow';

/** Cells that a block has room for; few enough to stay in the processor's cache. */
const CELLS = 1 << 12;
const MOST_LINES = 512;

/**
 * Lines as most are, split but not yet read: as many cells as there are columns, a first cell that is not blank, quotes by the
 * book (as `cellsOfQuotedLine` has it). They are gathered in blocks, so that each column can be read in a loop of its own.
 */
export class LineBlock {
  rows = 0;
  /** Distance of the cells of one column in `bounds`. */
  readonly stride: number;
  /**
   * Cell c of line r is codes[from, to), quotes left out, with from = bounds[r stride + 2 c] and to behind it; a cell with doubled
   * quotes has a negative `from`, which stands for its text, and as long a stretch as an empty one.
   */
  readonly bounds: Int32Array;
  /** Where each line begins and, without its line end, ends. */
  readonly places: Int32Array;
  readonly #width: number;
  readonly #texts: string[] = [];
  readonly #capacity: number;
  readonly #delimiter: number;
  readonly #lineEnd: number;
  readonly #quote: string;
  /** Places of delimiters, line ends and quotes in the window. */
  #marks = new Int32Array(0);
  #markCount = 0;
  #nextMark = 0;
  /** The window that they are of. */
  #base = -1;

  /** @param delimiter, lineEnd Character codes, both ASCII. @param quote Empty where quotes are characters like any other. */
  constructor(width: number, delimiter: number, lineEnd: number, quote: string) {
    this.#width = width;
    this.stride = 2 * width;
    this.#capacity = Math.max(16, Math.min(MOST_LINES, Math.floor(CELLS / width)));
    this.bounds = new Int32Array(this.#capacity * this.stride);
    this.places = new Int32Array(2 * this.#capacity);
    this.#delimiter = delimiter;
    this.#lineEnd = lineEnd;
    this.#quote = quote;
  }

  /** The text of a cell with doubled quotes. */
  textOf(from: number): string {
    return this.#texts[~from]!;
  }

  /**
   * Splits lines that begin in window.codes[from, stop), until the block is full or a line is not as most are, or not all there.
   * Within one window, `from` may not go back.
   * @returns Where the first line begins that was not taken.
   */
  fill(window: TextWindow, from: number, stop: number): number {
    if (window.base !== this.#base) this.#mark(window);
    const { codes } = window;
    const { bounds, places } = this;
    const marks = this.#marks;
    const count = this.#markCount;
    const delimiter = this.#delimiter;
    const lineEnd = this.#lineEnd;
    const more = this.#width - 1;
    this.#texts.length = 0;
    let next = this.#nextMark;
    while (next < count && marks[next]! < from) next++;
    let start = from;
    let at = 0;
    let rows = 0;
    while (rows < this.#capacity && start < stop && next + more < count) {
      const first = codes[start]!;
      // A blank first cell may be the begin of a blank line.
      if (first <= 32 || first >= 0x80 || first === delimiter) break;
      const head = next;
      const last = head + more;
      let cell = start;
      for (; next < last; next++) {
        const mark = marks[next]!;
        if (codes[mark] !== delimiter) break;
        bounds[at] = cell;
        bounds[at + 1] = mark;
        at += 2;
        cell = mark + 1;
      }
      if (next === last && codes[marks[next]!] === lineEnd) {
        bounds[at] = cell;
        bounds[at + 1] = this.#endAt(codes, marks[next]!, cell);
      } else {
        next = this.#splitQuoted(window, start, head, rows * this.stride);
        if (next < 0) {
          next = head;
          break;
        }
      }
      const line = marks[next++]!;
      places[2 * rows] = start;
      places[2 * rows + 1] = this.#endAt(codes, line, start);
      rows++;
      at = rows * this.stride;
      start = line + 1;
    }
    this.#nextMark = next;
    this.rows = rows;
    return start;
  }

  #mark(window: TextWindow): void {
    const room = window.end - window.base + 4;
    if (this.#marks.length < room) this.#marks = new Int32Array(room);
    const quote = this.#quote === '' ? this.#delimiter : this.#quote.charCodeAt(0);
    this.#markCount = findMarks(window, [this.#delimiter, this.#lineEnd, quote], this.#marks);
    this.#nextMark = 0;
    this.#base = window.base;
  }

  /** Where a line ends. A CR that stands before the LF belongs to the line end, also where lines of both sorts are mixed. */
  #endAt(codes: Uint8Array, mark: number, from: number): number {
    return this.#lineEnd === 10 && mark > from && codes[mark - 1] === 13 ? mark - 1 : mark;
  }

  /**
   * Splits a line with quotes into bounds[at...].
   * @param next The line's first mark.
   * @returns The mark of its line end, or -1 where it is not as most are.
   */
  #splitQuoted(window: TextWindow, start: number, next: number, at: number): number {
    const { codes } = window;
    const { bounds } = this;
    const marks = this.#marks;
    const delimiter = this.#delimiter;
    const lineEnd = this.#lineEnd;
    let cell = start;
    let left = this.#width;
    /** Where the quotes around the cell stand, -1 for none; whether there are doubled ones between them. */
    let open = -1;
    let close = -1;
    let hasDoubled = false;
    for (let k = next; k < this.#markCount; k++) {
      const mark = marks[k]!;
      const code = codes[mark]!;
      if (code !== delimiter && code !== lineEnd) {
        if (open < 0) {
          // Within a cell that began without one, a quote is a character like any other.
          if (mark === cell) open = mark;
        } else if (close < 0) close = mark;
        else {
          if (mark !== close + 1) return -1;
          close = -1;
          hasDoubled = true;
        }
        continue;
      }
      if (open >= 0 && close < 0) {
        if (code === lineEnd) return -1;
        continue;
      }
      const isLast = code === lineEnd;
      const end = isLast ? this.#endAt(codes, mark, cell) : mark;
      left--;
      if ((left === 0) !== isLast) return -1;
      if (open < 0) {
        bounds[at] = cell;
        bounds[at + 1] = end;
      } else {
        if (close !== end - 1) return -1;
        // An empty first cell may be the begin of a blank line.
        if (open === start && (close === open + 1 || codes[open + 1]! <= 32 || codes[open + 1]! >= 0x80)) return -1;
        bounds[at] = hasDoubled ? this.#keepText(window, open + 1, close) : open + 1;
        bounds[at + 1] = hasDoubled ? bounds[at]! : close;
        open = close = -1;
        hasDoubled = false;
      }
      if (isLast) return k;
      at += 2;
      cell = mark + 1;
    }
    return -1;
  }

  #keepText(window: TextWindow, from: number, to: number): number {
    const quote = this.#quote;
    return ~(this.#texts.push(window.textOf(from, to).replaceAll(quote + quote, quote)) - 1);
  }
}
