const MOST_KEPT = 200;

export interface OddCell {
  readonly row: number;
  readonly text: string;
}

/** Cells that cannot be what the column is: all are counted, the first 200 kept. */
export interface OddCells {
  readonly total: number;
  readonly first: readonly OddCell[];
}

export const noOddCells: OddCells = { total: 0, first: [] };

/** Gathers odd cells, which come in the order of their rows. */
export class OddCellList {
  #total = 0;
  readonly #first: OddCell[] = [];

  add(row: number, text: string): void {
    this.#total++;
    if (this.#first.length < MOST_KEPT) this.#first.push({ row, text });
  }

  cells(): OddCells {
    return { total: this.#total, first: this.#first };
  }
}
