import { compileDatePattern, type DatePattern } from './datePattern';
import { guessDuration } from './durationPattern';
import { FixedDateReader } from './fixedDate';
import { guessDate, guessEpoch } from './guessDate';
import type { MissingChoice } from './importOptions';
import type { LineBlock } from './lineBlock';
import { LEADING_ZERO, NOT_FINITE, NumberReader, PLAIN } from './numberReader';
import { type ColumnKind, isCarriedKind, isCategoricalKind, isNumericKind, type KindChoice } from './table';
import { hashPlainCodes, hashText } from './textHash';
import { TextIndex } from './textIndex';
import type { TextWindow } from './textWindow';

const isTime = (kind: ColumnKind) => kind === 'datetime' || kind === 'duration';

/** Distinct texts after which a column that reads as numbers or dates is kept as such. */
const WIDEN_AT = 4096;
/** Distinct texts after which a column can only be an id: its texts are no longer kept, only told apart. */
const GIVE_UP_AT = 100_000;
const MAX_ODD_CELLS = 200;

export interface OddCell {
  readonly row: number;
  readonly text: string;
}

/** Cells that cannot be what the column is: all are counted, the first 200 kept. */
export interface OddCells {
  readonly total: number;
  readonly first: readonly OddCell[];
}

/** What was seen of the cells as numbers; counts of cells. */
export interface NumberTally {
  plain: number;
  leadingZero: number;
  notFinite: number;
  fractional: number;
  negative: number;
  unsafe: number;
  notWhole: number;
  decimals: number;
}

export const emptyTally = (): NumberTally => ({
  plain: 0,
  leadingZero: 0,
  notFinite: 0,
  fractional: 0,
  negative: 0,
  unsafe: 0,
  notWhole: 0,
  decimals: 0,
});

/** Adds `count` equal cells that `reader` has just read as `value`. */
export function tallyNumber(tally: NumberTally, reader: NumberReader, value: number, count: number): void {
  if (reader.status === PLAIN) {
    tally.plain += count;
    if (reader.isFractional) tally.fractional += count;
    if (reader.isUnsafe) tally.unsafe += count;
    if (value < 0) tally.negative += count;
    if (!Number.isInteger(value)) tally.notWhole += count;
    if (reader.decimals > tally.decimals) tally.decimals = reader.decimals;
  } else if (reader.status === LEADING_ZERO) tally.leadingZero += count;
  else if (reader.status === NOT_FINITE) tally.notFinite += count;
}

/** Digits that only make sense as text: a leading zero, or more of them than a double holds. */
export const isCode = (tally: NumberTally): boolean =>
  tally.fractional === 0 && ((tally.leadingZero > 0 && tally.negative === 0) || tally.unsafe > 0);

export interface ReadingRules {
  readonly decimal: '.' | ',';
  readonly missingTokens: ReadonlySet<string>;
  /** What becomes of missing cells, by column. */
  readonly missing: ReadonlyMap<string, MissingChoice['choice']>;
}

/**
 * One column while it is read. It begins as a dictionary of texts, which serves every kind; once there are too many
 * distinct texts it becomes what most of them are: numbers, dates, or texts that are only told apart by a hash.
 * Memory is 4 or 8 bytes a row whatever the file, and no cell is kept as an object.
 */
export class ColumnBuilder {
  mode: 'texts' | 'numbers' | 'dates' | 'hashes' = 'texts';
  /** Distinct texts as read, with the cells that have each. In the other modes: those before the change. */
  readonly #index = new TextIndex();
  readonly texts: readonly string[] = this.#index.texts;
  readonly counts: number[] = [];
  codes: Int32Array;
  /** Numbers, milliseconds or hashes; NaN where missing or odd. */
  values = new Float64Array(0);
  readonly tally = emptyTally();
  readonly missingCounts = new Map<string, number>();
  datePattern: DatePattern | null = null;
  #odd: OddCell[] = [];
  #oddTotal = 0;
  #notFinite: OddCell[] = [];
  #notFiniteTotal = 0;
  #widenAt: number;
  readonly #choice: KindChoice | null;
  readonly #forced: ColumnKind | null;
  readonly #textOnly: boolean;
  readonly #rules: ReadingRules;
  readonly #reader: NumberReader;
  /** A user may list a number, such as -999; looking up every number would be slow. */
  readonly #hasNumberTokens: boolean;
  /** No missing token is longer, so longer cells need not be looked up. */
  readonly #longestToken: number;
  /** Milliseconds by text, for dates that have to be matched: each is, once. */
  readonly #dates = new Map<string, number>();
  #fixedDates: FixedDateReader | null = null;

  /**
   * @param textOnly Never becomes numbers or dates.
   * @param expectedRows Room made from the start; more rows are no harm.
   */
  constructor(rules: ReadingRules, choice: KindChoice | null, textOnly: boolean, expectedRows: number) {
    this.codes = new Int32Array(Math.max(16, expectedRows));
    this.#rules = rules;
    this.#reader = new NumberReader(rules.decimal);
    this.#hasNumberTokens = [...rules.missingTokens].some((token) => /\d/.test(token));
    this.#longestToken = Math.max(0, ...[...rules.missingTokens].map((token) => token.length));
    const forced = choice?.kind ?? null;
    this.#choice = choice;
    this.#forced = forced;
    this.#textOnly = textOnly || (forced !== null && (isCategoricalKind(forced) || isCarriedKind(forced)));
    this.#widenAt = this.#textOnly ? this.#giveUpAt() : WIDEN_AT;
  }

  get odd(): OddCells {
    return { total: this.#oddTotal, first: this.#odd };
  }

  get notFinite(): OddCells {
    return { total: this.#notFiniteTotal, first: this.#notFinite };
  }

  /** Adds the cells of one column of a block, the first of which is that of `row`. */
  takeCells(row: number, window: TextWindow, block: LineBlock, column: number): void {
    for (let line = 0; line < block.rows; ) {
      if (this.mode === 'texts') line = this.#takeTexts(row, window, block, column, line);
      else {
        this.#reserve(row + block.rows - 1);
        if (this.mode === 'numbers' && !this.#hasNumberTokens) this.#takeNumbers(row, window, block, column, line);
        else if (this.mode === 'dates' && this.#fixedDates)
          this.#takeDates(this.#fixedDates, row, window, block, column, line);
        else this.#takeOthers(row, window, block, column, line);
        return;
      }
    }
  }

  /** @returns The line behind the last one taken, which may have made the column something else than texts. */
  #takeTexts(
    row: number,
    window: TextWindow,
    { bounds, stride, rows }: LineBlock,
    column: number,
    from: number,
  ): number {
    const index = this.#index;
    for (let line = from, at = from * stride + column; line < rows; line++, at += stride) {
      this.#addCode(row + line, index.takeCell(window, bounds[at]!, bounds[at + 1]! - 1));
      if (this.mode !== 'texts') return line + 1;
    }
    return rows;
  }

  #takeNumbers(
    row: number,
    window: TextWindow,
    { bounds, stride, rows }: LineBlock,
    column: number,
    from: number,
  ): void {
    const { codes, text, base } = window;
    const { values, tally } = this;
    const reader = this.#reader;
    for (let line = from, at = from * stride + column; line < rows; line++, at += stride) {
      const start = bounds[at]!;
      const end = bounds[at + 1]! - 1;
      if (!reader.take(codes, start, end)) {
        this.add(row + line, text, base + start, base + end);
        continue;
      }
      const { value, decimals } = reader;
      values[row + line] = value;
      tally.plain++;
      if (value < 0) tally.negative++;
      if (decimals === 0) continue;
      tally.fractional++;
      if (value !== Math.floor(value)) tally.notWhole++;
      if (decimals > tally.decimals) tally.decimals = decimals;
    }
  }

  #takeDates(
    reader: FixedDateReader,
    row: number,
    { codes, text, base }: TextWindow,
    { bounds, stride, rows }: LineBlock,
    column: number,
    from: number,
  ): void {
    const { values, tally } = this;
    for (let line = from, at = from * stride + column; line < rows; line++, at += stride) {
      const start = bounds[at]!;
      const end = bounds[at + 1]! - 1;
      if (reader.take(codes, start, end)) {
        values[row + line] = reader.value;
        tally.plain++;
      } else this.add(row + line, text, base + start, base + end);
    }
  }

  #takeOthers(
    row: number,
    { codes, text, base }: TextWindow,
    { bounds, stride, rows }: LineBlock,
    column: number,
    from: number,
  ): void {
    const { values } = this;
    const shortest = this.mode === 'hashes' ? this.#longestToken + 1 : Number.POSITIVE_INFINITY;
    for (let line = from, at = from * stride + column; line < rows; line++, at += stride) {
      const start = bounds[at]!;
      const end = bounds[at + 1]! - 1;
      const hash = end - start >= shortest ? hashPlainCodes(codes, start, end) : Number.NaN;
      if (Number.isNaN(hash)) this.add(row + line, text, base + start, base + end);
      else values[row + line] = hash;
    }
  }

  /** Adds the cell text.slice(from, to). Rows come in order, from 0. */
  add(row: number, text: string, from: number, to: number): void {
    if (this.mode === 'texts') this.#addCode(row, this.#index.codeOf(text, from, to));
    else {
      this.#reserve(row);
      this.values[row] = this.#valueOf(row, text, from, to);
    }
  }

  #addCode(row: number, code: number): void {
    if (row >= this.codes.length) this.codes = grown(this.codes, new Int32Array(this.codes.length * 2));
    this.codes[row] = code;
    if (code < this.counts.length) this.counts[code]!++;
    else {
      this.counts.push(1);
      if (this.counts.length >= this.#widenAt) this.#widen(row + 1);
    }
  }

  #reserve(row: number): void {
    if (row >= this.values.length)
      this.values = grown(this.values, new Float64Array(Math.max(row + 1, this.values.length * 2)));
  }

  #giveUpAt() {
    return this.#forced !== null && isCategoricalKind(this.#forced) ? Number.POSITIVE_INFINITY : GIVE_UP_AT;
  }

  #widen(rows: number): void {
    if (this.texts.length >= GIVE_UP_AT || (this.#forced !== null && isCarriedKind(this.#forced)))
      return void this.#turnInto('hashes', rows);
    const tally = emptyTally();
    const samples: { text: string; count: number }[] = [];
    const numbers: number[] = [];
    let known = 0;
    for (let code = 0; code < this.texts.length; code++) {
      const text = this.texts[code]!.trim();
      if (text === '' || this.#rules.missingTokens.has(text)) continue;
      known += this.counts[code]!;
      samples.push({ text, count: this.counts[code]! });
      const value = this.#reader.read(text);
      numbers.push(value);
      tallyNumber(tally, this.#reader, value, this.counts[code]!);
    }
    const areNumbers = this.#forced
      ? isNumericKind(this.#forced) && !isTime(this.#forced)
      : tally.plain + tally.notFinite > 0.8 * known && !isCode(tally);
    if (areNumbers) return void this.#turnInto('numbers', rows);
    const given = this.#choice?.datePattern;
    if (given !== undefined) {
      this.datePattern = compileDatePattern(given);
      return void this.#turnInto('dates', rows);
    }
    const date = this.#forced === null || this.#forced === 'datetime' ? guessDate(samples) : null;
    if (date && date.share > 0.8 && (date.rival === null || this.#forced === 'datetime')) {
      this.datePattern = compileDatePattern(date.pattern);
      return void this.#turnInto('dates', rows);
    }
    const duration = date === null && this.#forced !== 'datetime' ? guessDuration(samples) : null;
    if (duration && duration.share > 0.8) {
      this.datePattern = compileDatePattern(duration.pattern);
      return void this.#turnInto('dates', rows);
    }
    if (this.#forced === 'datetime' && tally.plain > 0.8 * known) {
      this.datePattern = compileDatePattern(guessEpoch(numbers));
      return void this.#turnInto('dates', rows);
    }
    this.#widenAt = this.#giveUpAt();
  }

  #turnInto(mode: 'numbers' | 'dates' | 'hashes', rows: number): void {
    this.mode = mode;
    if (mode === 'dates') this.#fixedDates = FixedDateReader.of(this.datePattern!.pattern);
    this.values = new Float64Array(this.codes.length);
    for (let row = 0; row < rows; row++) {
      const cell = this.texts[this.codes[row]!]!;
      this.values[row] = this.#valueOf(row, cell, 0, cell.length);
    }
    this.codes = new Int32Array(0);
  }

  #valueOf(row: number, cells: string, from: number, to: number): number {
    if (this.mode === 'numbers') {
      const value = this.#reader.read(cells, from, to);
      if (this.#reader.status === PLAIN && !(this.#hasNumberTokens && this.#isMissing(cells.slice(from, to).trim()))) {
        tallyNumber(this.tally, this.#reader, value, 1);
        return value;
      }
    }
    const text = cells.slice(from, to).trim();
    if (this.#isMissing(text)) {
      const cell = cells.slice(from, to);
      this.missingCounts.set(cell, (this.missingCounts.get(cell) ?? 0) + 1);
      return Number.NaN;
    }
    if (this.mode === 'hashes') return hashText(text.normalize('NFC'));
    if (this.mode === 'numbers') {
      tallyNumber(this.tally, this.#reader, Number.NaN, 1);
      if (this.#reader.status === NOT_FINITE) {
        this.#notFiniteTotal++;
        if (this.#notFinite.length < MAX_ODD_CELLS) this.#notFinite.push({ row, text });
        return Number.NaN;
      }
    } else {
      const milliseconds = this.#dateOf(text);
      if (!Number.isNaN(milliseconds)) {
        this.tally.plain++;
        return milliseconds;
      }
    }
    this.#oddTotal++;
    if (this.#odd.length < MAX_ODD_CELLS) this.#odd.push({ row, text });
    return Number.NaN;
  }

  #dateOf(text: string): number {
    const known = this.#dates.get(text);
    if (known !== undefined) return known;
    const milliseconds = this.datePattern!.parse(text);
    if (this.#dates.size < GIVE_UP_AT) this.#dates.set(text, milliseconds);
    return milliseconds;
  }

  #isMissing(text: string): boolean {
    return text === '' || (text.length <= this.#longestToken && this.#rules.missingTokens.has(text));
  }
}

function grown<T extends Int32Array | Float64Array>(from: T, to: T): T {
  to.set(from as never);
  return to;
}
