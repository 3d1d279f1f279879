import type { CharacterCodes } from './textWindow';

/** Cells that a block has room for; few enough to stay in the processor's cache. */
const CELLS = 1 << 13;
const MOST_LINES = 512;

/**
 * Lines as most are, split but not yet read: no quote, a first cell that is not blank, as many cells as there are columns.
 * They are gathered in blocks, so that each column can be read in a loop of its own.
 */
export class LineBlock {
  rows = 0;
  readonly width: number;
  /** Distance of the cells of one column in `bounds`. */
  readonly stride: number;
  /** Cell c of line r is codes[bounds[r stride + c], bounds[r stride + c + 1] - 1). */
  readonly bounds: Int32Array;
  readonly #capacity: number;
  readonly #delimiter: number;
  readonly #lineEnd: number;

  constructor(width: number, delimiter: number, lineEnd: number) {
    this.width = width;
    this.stride = width + 1;
    this.#capacity = Math.max(16, Math.min(MOST_LINES, Math.floor(CELLS / this.stride)));
    this.bounds = new Int32Array(this.#capacity * this.stride);
    this.#delimiter = delimiter;
    this.#lineEnd = lineEnd;
  }

  /**
   * Splits lines that begin in [from, stop) and end before `limit`, until the block is full or a line is not as most are.
   * @returns Where the first line begins that was not taken.
   */
  fill(codes: CharacterCodes, from: number, stop: number, limit: number): number {
    const { width, stride, bounds } = this;
    const delimiter = this.#delimiter;
    const lineEnd = this.#lineEnd;
    const most = Math.max(delimiter, lineEnd);
    let start = from;
    let rows = 0;
    for (let at = 0; rows < this.#capacity && start < stop; at += stride, rows++) {
      const first = codes[start]!;
      if (first === delimiter || first <= 32 || first >= 0x80) break;
      bounds[at] = start;
      let cells = 1;
      let i = start + 1;
      for (; i < limit; i++) {
        const code = codes[i]!;
        if (code > most) continue;
        if (code === delimiter) {
          if (cells === width) break;
          bounds[at + cells++] = i + 1;
        } else if (code === lineEnd) break;
      }
      if (i >= limit || cells !== width || codes[i] !== lineEnd) break;
      // A CR that stands before the LF belongs to the line end, also where lines of both sorts are mixed.
      bounds[at + width] = lineEnd === 10 && codes[i - 1] === 13 ? i : i + 1;
      start = i + 1;
    }
    this.rows = rows;
    return start;
  }

  /** Where line r begins and, without its line end, ends. */
  startOf(row: number): number {
    return this.bounds[row * this.stride]!;
  }
  endOf(row: number): number {
    return this.bounds[row * this.stride + this.width]! - 1;
  }
}
