import type { Task } from '../task';
import type { Characters } from './characters';
import { ColumnBuilder, type ReadingRules } from './columnBuilder';
import { addCell } from './finishColumns';
import { nameColumns } from './headerNames';
import { LineBlock } from './lineBlock';
import { RepairLog } from './repairLog';
import type { Sniffed } from './sniff';
import type { Notice } from './summary';
import type { KindChoice } from './table';
import { eachRecord, lineEndOf, splitNewline, type TakeLines } from './tokenize';

/** A file and how it is read. */
export interface Reading {
  readonly characters: Characters;
  readonly sniffed: Sniffed;
  readonly rules: ReadingRules;
  readonly chosen: ReadonlyMap<string, KindChoice>;
}

/** Where the rows of a table begin, and what its columns are called. */
export interface TableBegin {
  readonly names: readonly string[];
  readonly from: number;
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
 * @param choose Hears where the table begins as soon as it is known. @returns Places of the columns to read, rising.
 * @param begin Where another has found that it does; what is before is passed over.
 * @throws EngineError as `eachRecord`.
 */
export async function scanRecords(
  { characters, sniffed, rules, chosen }: Reading,
  task: Task,
  choose: (begin: TableBegin) => readonly number[],
  begin: TableBegin | null = null,
): Promise<Scanned> {
  const log = new RepairLog(characters, sniffed.newline);
  const expectedRows = Math.ceil((1.02 * (characters.length - sniffed.from)) / sniffed.recordLength) + 16;
  const place = new RowPlaces(expectedRows);
  let opened: Pick<Scanned, 'names' | 'header' | 'notices' | 'positions' | 'builders'> | null = null;

  const buildersOf = (found: TableBegin) => {
    const positions = choose(found);
    const builders = positions.map(
      (position) => new ColumnBuilder(rules, chosen.get(found.names[position]!) ?? null, false, expectedRows),
    );
    return { positions, builders };
  };
  const open = (cells: readonly string[], start: number, end: number) => {
    const { names, header, notices } = nameColumns(cells, sniffed);
    const from = sniffed.header
      ? lineEndOf(characters, splitNewline(sniffed.newline), end, characters.length) + 1
      : start;
    return { names, header, notices, ...buildersOf({ names, from }) };
  };
  if (begin) opened = { names: begin.names, header: null, notices: [], ...buildersOf(begin) };
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
    characters,
    begin?.from ?? sniffed.from,
    characters.length,
    sniffed,
    task,
    (cells, start, end, hasStrayQuote) => {
      if (cells.isEmpty()) {
        log.skipped(cells.count, start);
        return;
      }
      if (hasStrayQuote) log.strayQuote(start, characters.text.slice(start, end));
      if (!opened) {
        opened = open(cells.texts(), start, end);
        if (sniffed.header) return;
      }
      const { names, positions, builders } = opened;
      if (cells.count !== names.length) reportWidth(cells.texts(), names.length, start);
      for (let i = 0; i < builders.length; i++) addCell(builders[i]!, place.count, cells, positions[i]!);
      place.add(start, end);
    },
    // In a window every character beyond ASCII is the same.
    sniffed.delimiter.charCodeAt(0) < 0x80 ? takeLines : null,
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
