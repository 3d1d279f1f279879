import type { Characters } from './characters';

/**
 * The cells of one record. Those of a line without quotes are spans of the source text, so that nothing is copied before
 * it is known what a cell holds; those of a quoted record are the tokenizer's texts. One object serves all records.
 */
export class RecordCells {
  /** Cells of this record. */
  count = 0;
  /** Texts of a quoted record; null where the spans hold. */
  quoted: readonly string[] | null = null;
  /** Cell i of a plain record is source.slice(from[i], to[i]). */
  from = new Int32Array(64);
  to = new Int32Array(64);
  readonly #characters: Characters;

  constructor(characters: Characters) {
    this.#characters = characters;
  }

  get source(): string {
    return this.#characters.text;
  }

  text(cell: number): string {
    if (cell >= this.count) return '';
    return this.quoted ? this.quoted[cell]! : this.source.slice(this.from[cell], this.to[cell]);
  }

  texts(): string[] {
    return Array.from({ length: this.count }, (_, cell) => this.text(cell));
  }

  /** No cell holds anything but white space. The first cell settles nearly every record. */
  isEmpty(): boolean {
    for (let cell = 0; cell < this.count; cell++) {
      const isBlank = this.quoted === null && this.from[cell] === this.to[cell];
      if (!isBlank && this.text(cell).trim() !== '') return false;
    }
    return true;
  }

  push(from: number, to: number): void {
    if (this.count === this.from.length) {
      this.from = doubled(this.from);
      this.to = doubled(this.to);
    }
    this.from[this.count] = from;
    this.to[this.count++] = to;
  }

  setQuoted(cells: readonly string[]): void {
    this.quoted = cells;
    this.count = cells.length;
  }
}

function doubled(from: Int32Array): Int32Array<ArrayBuffer> {
  const to = new Int32Array(from.length * 2);
  to.set(from);
  return to;
}
