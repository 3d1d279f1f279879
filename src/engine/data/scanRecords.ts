import type { Task } from '../task';
import { ColumnBuilder, type ReadingRules } from './columnBuilder';
import { addCell } from './finishColumns';
import { nameColumns } from './headerNames';
import { LineBlock } from './lineBlock';
import { RepairLog } from './repairLog';
import type { Sniffed } from './sniff';
import type { Notice } from './summary';
import type { KindChoice } from './table';
import { eachRecord, type TakeLines } from './tokenize';

/** A text and how it is read. */
export interface Reading {
  readonly text: string;
  readonly sniffed: Sniffed;
  readonly rules: ReadingRules;
  readonly chosen: ReadonlyMap<string, KindChoice>;
  /** The bytes of a text that is all ASCII. */
  readonly plainBytes: Uint8Array | null;
}

/** What one pass over the records leaves. */
export interface Scanned {
  readonly names: readonly string[];
  readonly header: readonly string[] | null;
  /** Places of the columns that were read, and one builder each. */
  readonly positions: readonly number[];
  readonly builders: ColumnBuilder[];
  readonly place: RowPlaces;
  readonly log: RepairLog;
  /** About the header. */
  readonly notices: readonly Notice[];
}

/**
 * Visits every record once: names the columns, finds the rows, logs repairs, and fills a builder for each column asked for.
 * @param choose Hears how many columns there are as soon as it is known. @returns Places of those to read, rising.
 * @throws EngineError as `eachRecord`.
 */
export async function scanRecords(
  { text, sniffed, rules, chosen, plainBytes }: Reading,
  task: Task,
  choose: (columns: number) => readonly number[],
): Promise<Scanned> {
  const log = new RepairLog(text, sniffed.newline);
  const expectedRows = Math.ceil((1.02 * (text.length - sniffed.from)) / sniffed.recordLength) + 16;
  const place = new RowPlaces(expectedRows);
  let opened: Pick<Scanned, 'names' | 'header' | 'notices' | 'positions' | 'builders'> | null = null;

  const open = (cells: readonly string[]) => {
    const { names, header, notices } = nameColumns(cells, sniffed);
    const positions = choose(names.length);
    const builders = positions.map(
      (position) => new ColumnBuilder(rules, chosen.get(names[position]!) ?? null, false, expectedRows),
    );
    return { names, header, notices, positions, builders };
  };
  const reportWidth = (cells: readonly string[], width: number, start: number) => {
    const isUsualSurplus = sniffed.surplus === 'trailingDelimiter' && cells.length === width + 1;
    if (!isUsualSurplus || cells.at(-1)!.trim() !== '') log.ragged(cells, width, start);
  };

  let block: LineBlock | null = null;
  const takeLines: TakeLines = (window, from, stop) => {
    if (!opened) return from;
    const { names, positions, builders } = opened;
    block ??= new LineBlock(
      names.length,
      sniffed.delimiter.charCodeAt(0),
      sniffed.newline === '\r' ? 13 : 10,
      sniffed.quote,
    );
    for (let start = from; ; ) {
      start = block.fill(window, start, stop);
      if (block.rows === 0) return start;
      for (let i = 0; i < builders.length; i++) builders[i]!.takeCells(place.count, window, block, positions[i]!);
      place.addBlock(window.base, block);
    }
  };

  await eachRecord(
    text,
    sniffed.from,
    text.length,
    sniffed,
    task,
    (cells, start, end, hasStrayQuote) => {
      if (cells.isEmpty()) {
        log.skipped(cells.count, start);
        return;
      }
      if (hasStrayQuote) log.strayQuote(start, text.slice(start, end));
      if (!opened) {
        opened = open(cells.texts());
        if (sniffed.header) return;
      }
      const { names, positions, builders } = opened;
      if (cells.count !== names.length) reportWidth(cells.texts(), names.length, start);
      for (let i = 0; i < builders.length; i++) addCell(builders[i]!, place.count, cells, positions[i]!);
      place.add(start, end);
    },
    // In a window every character beyond ASCII is the same.
    sniffed.delimiter.charCodeAt(0) < 0x80 ? takeLines : null,
    plainBytes,
  );
  return { ...(opened ?? { names: [], header: null, notices: [], positions: [], builders: [] }), place, log };
}

/** Growing offsets of the rows in the text. */
class RowPlaces {
  count = 0;
  start: Uint32Array;
  end: Uint32Array;

  constructor(expectedRows: number) {
    this.start = new Uint32Array(expectedRows);
    this.end = new Uint32Array(expectedRows);
  }

  add(start: number, end: number): void {
    this.#reserve(1);
    this.start[this.count] = start;
    this.end[this.count++] = end;
  }

  /** @param base Offset in the text of the block's window. */
  addBlock(base: number, { rows, places }: LineBlock): void {
    this.#reserve(rows);
    const { start, end, count } = this;
    for (let row = 0; row < rows; row++) {
      start[count + row] = base + places[2 * row]!;
      end[count + row] = base + places[2 * row + 1]!;
    }
    this.count += rows;
  }

  #reserve(rows: number): void {
    const least = this.count + rows;
    if (least <= this.start.length) return;
    this.start = grown(this.start, least);
    this.end = grown(this.end, least);
  }
}

function grown(from: Uint32Array, least: number): Uint32Array<ArrayBuffer> {
  const to = new Uint32Array(Math.max(least, from.length * 2));
  to.set(from);
  return to;
}
