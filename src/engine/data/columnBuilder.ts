import type { DatePattern } from './datePattern';
import { FixedDateReader } from './fixedDate';
import type { MissingChoice } from './importOptions';
import type { LineBlock } from './lineBlock';
import { MissingCells } from './missingCells';
import { mayBeginNumber, NOT_FINITE, NumberReader, PLAIN } from './numberReader';
import { emptyTally, tallyNumber } from './numberTally';
import { OddCellList, type OddCells } from './oddCells';
import { type ColumnKind, isCarriedKind, isCategoricalKind, type KindChoice } from './table';
import { hashCodes, hashText } from './textHash';
import { TextIndex } from './textIndex';
import type { TextWindow } from './textWindow';
import { wideForm } from './wideForm';

/** Distinct texts after which a column that reads as numbers or dates is kept as such. */
const WIDEN_AT = 4096;
/** Distinct texts after which a column can only be an id: its texts are no longer kept, only told apart. */
const GIVE_UP_AT = 100_000;
/** Below this code no character is changed by the normal form. */
const FIRST_COMBINING = 0x300;

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
  /** Distinct texts as read. In the other modes: those before the change. */
  readonly index = new TextIndex();
  /** Cells that have each text. */
  counts = new Int32Array(64);
  codes: Int32Array;
  /** Numbers or milliseconds; NaN where missing or odd. */
  values = new Float64Array(0);
  /** Two words a row that tell its text from others; both zero where missing. */
  hashes = new Int32Array(0);
  readonly tally = emptyTally();
  datePattern: DatePattern | null = null;
  readonly missing: MissingCells;
  readonly #odd = new OddCellList();
  readonly #notFinite = new OddCellList();
  #widenAt: number;
  readonly #choice: KindChoice | null;
  readonly #forced: ColumnKind | null;
  readonly #isText: boolean;
  readonly #reader: NumberReader;
  /** Milliseconds by text, for dates that have to be matched: each is, once. */
  readonly #dates = new Map<string, number>();
  #fixedDates: FixedDateReader | null = null;

  /**
   * @param textOnly Never becomes numbers or dates.
   * @param expectedRows Room made from the start; more rows are no harm.
   */
  constructor(rules: ReadingRules, choice: KindChoice | null, textOnly: boolean, expectedRows: number) {
    this.codes = new Int32Array(Math.max(16, expectedRows));
    this.missing = new MissingCells(rules.missingTokens);
    this.#reader = new NumberReader(rules.decimal);
    const forced = choice?.kind ?? null;
    this.#choice = choice;
    this.#forced = forced;
    this.#isText = textOnly || (forced !== null && (isCategoricalKind(forced) || isCarriedKind(forced)));
    this.#widenAt = this.#isText ? this.#giveUpAt() : WIDEN_AT;
  }

  get odd(): OddCells {
    return this.#odd.cells();
  }

  get notFinite(): OddCells {
    return this.#notFinite.cells();
  }

  /** Adds the cells of one column of a block, the first of which is that of `row`. */
  takeCells(row: number, window: TextWindow, block: LineBlock, column: number): void {
    this.#reserve(row + block.rows - 1);
    let line = 0;
    if (this.mode === 'texts') line = this.#takeTexts(row, window, block, column);
    if (line === block.rows) return;
    if (this.mode === 'numbers') this.#takeNumbers(row, window, block, column, line);
    else if (this.mode === 'hashes') this.#takeHashes(row, window, block, column, line);
    else this.#takeDates(row, window, block, column, line);
  }

  /** @returns The line behind the last one taken, which may have made the column something else than texts. */
  #takeTexts(row: number, window: TextWindow, block: LineBlock, column: number): number {
    const { bounds, stride, rows } = block;
    const { index, codes } = this;
    for (let line = 0, at = 2 * column; line < rows; line++, at += stride) {
      const from = bounds[at]!;
      const code = from < 0 ? index.codeOf(block.textOf(from)) : index.takeCell(window, from, bounds[at + 1]!);
      codes[row + line] = code;
      if (this.#count(code, row + line)) return line + 1;
    }
    return rows;
  }

  #takeNumbers(row: number, window: TextWindow, block: LineBlock, column: number, first: number): void {
    const { bounds, stride, rows } = block;
    const { codes } = window;
    const { values, tally, missing } = this;
    const reader = this.#reader;
    let [plain, negative, fractional, notWhole, most] = [0, 0, 0, 0, tally.decimals];
    for (let line = first, at = first * stride + 2 * column; line < rows; line++, at += stride) {
      const from = bounds[at]!;
      const to = bounds[at + 1]!;
      if (!reader.take(codes, from, to) || (missing.hasNumbers && missing.isNumberToken(window, from, to))) {
        if (missing.take(window, from, to)) values[row + line] = Number.NaN;
        else this.#addCell(row + line, window, block, from, to);
        continue;
      }
      const { value, decimals } = reader;
      values[row + line] = value;
      plain++;
      if (value < 0) negative++;
      if (decimals === 0) continue;
      fractional++;
      if (value !== Math.floor(value)) notWhole++;
      if (decimals > most) most = decimals;
    }
    tally.plain += plain;
    tally.negative += negative;
    tally.fractional += fractional;
    tally.notWhole += notWhole;
    // Those of the cells that were read one by one count as well.
    tally.decimals = Math.max(tally.decimals, most);
  }

  #takeDates(row: number, window: TextWindow, block: LineBlock, column: number, first: number): void {
    const { bounds, stride, rows } = block;
    const { codes } = window;
    const { values, missing } = this;
    const reader = this.#fixedDates;
    let plain = 0;
    for (let line = first, at = first * stride + 2 * column; line < rows; line++, at += stride) {
      const from = bounds[at]!;
      const to = bounds[at + 1]!;
      if (reader?.take(codes, from, to) && !(missing.hasNumbers && missing.isNumberToken(window, from, to))) {
        values[row + line] = reader.value;
        plain++;
      } else if (missing.take(window, from, to)) values[row + line] = Number.NaN;
      else this.#addCell(row + line, window, block, from, to);
    }
    this.tally.plain += plain;
  }

  #takeHashes(row: number, window: TextWindow, block: LineBlock, column: number, first: number): void {
    const { bounds, stride, rows } = block;
    const { codes, words } = window;
    const { hashes, missing } = this;
    for (let line = first, at = first * stride + 2 * column; line < rows; line++, at += stride) {
      const from = bounds[at]!;
      const to = bounds[at + 1]!;
      // A cell without outer spaces that is too long for a missing token is its own trimmed and normal form where it is ASCII.
      const isBare = to - from > missing.longest && codes[from]! > 32 && codes[to - 1]! > 32;
      if (isBare && hashCodes(words, from, to, hashes, 2 * (row + line))) continue;
      if (!missing.take(window, from, to)) this.#addCell(row + line, window, block, from, to);
    }
  }

  /** Adds a cell of a block, in any mode. */
  #addCell(row: number, window: TextWindow, block: LineBlock, from: number, to: number): void {
    const cell = from < 0 ? block.textOf(from) : window.textOf(from, to);
    this.#set(row, cell, 0, cell.length);
  }

  /** Adds the cell text.slice(from, to). Rows come in order, from 0. */
  add(row: number, text: string, from: number, to: number): void {
    this.#reserve(row);
    if (this.mode === 'texts') {
      const code = this.index.codeOf(text.slice(from, to));
      this.codes[row] = code;
      this.#count(code, row);
    } else this.#set(row, text, from, to);
  }

  /** Counts one more cell of a text. @returns Whether it made the column something else than texts, up to and with `row`. */
  #count(code: number, row: number): boolean {
    if (code >= this.counts.length) this.counts = grown(this.counts, new Int32Array(2 * code));
    // Only a new text can be one too many.
    if (this.counts[code]!++ > 0 || this.index.size < this.#widenAt) return false;
    this.#widen(row + 1);
    return this.mode !== 'texts';
  }

  #reserve(row: number): void {
    if (this.mode === 'texts') {
      if (row >= this.codes.length)
        this.codes = grown(this.codes, new Int32Array(Math.max(row + 1, 2 * this.codes.length)));
    } else if (this.mode === 'hashes') {
      if (2 * row >= this.hashes.length)
        this.hashes = grown(this.hashes, new Int32Array(Math.max(2 * row + 2, 2 * this.hashes.length)));
    } else if (row >= this.values.length)
      this.values = grown(this.values, new Float64Array(Math.max(row + 1, 2 * this.values.length)));
  }

  #giveUpAt() {
    return this.#forced !== null && isCategoricalKind(this.#forced) ? Number.POSITIVE_INFINITY : GIVE_UP_AT;
  }

  #widen(rows: number): void {
    const { index, counts, missing } = this;
    const isLast = index.size >= GIVE_UP_AT;
    if (this.#isText || (isLast && this.#forced === null && this.#isMostlyLetters())) {
      this.#turnIntoHashes(rows);
      return;
    }
    const samples: { text: string; count: number }[] = [];
    for (let code = 0; code < index.size; code++) {
      const text = index.textOf(code).trim();
      if (!missing.has(text)) samples.push({ text, count: counts[code]! });
    }
    const form = wideForm(samples, this.#choice, this.#reader, isLast);
    if (form) this.#turnIntoValues(form.mode, form.mode === 'dates' ? form.pattern : null, rows);
    else if (isLast) this.#turnIntoHashes(rows);
    else this.#widenAt = this.#giveUpAt();
  }

  /** More than a fifth of the texts begin as no number does: what most ids do, which is seen sooner than read. */
  #isMostlyLetters(): boolean {
    let others = 0;
    for (let code = 0; code < this.index.size; code++) if (!mayBeginNumber(this.index.firstCodeOf(code))) others++;
    return 5 * others > this.index.size;
  }

  #turnIntoValues(mode: 'numbers' | 'dates', pattern: DatePattern | null, rows: number): void {
    this.mode = mode;
    this.datePattern = pattern;
    if (pattern) this.#fixedDates = FixedDateReader.of(pattern.pattern);
    const { index, codes } = this;
    this.codes = new Int32Array(0);
    this.values = new Float64Array(codes.length);
    const texts = Array.from({ length: index.size }, (_, code) => index.textOf(code));
    for (let row = 0; row < rows; row++) {
      const cell = texts[codes[row]!]!;
      this.#set(row, cell, 0, cell.length);
    }
  }

  /** Texts are hashed once each, not cell by cell; those of missing cells come in the order of their first appearance. */
  #turnIntoHashes(rows: number): void {
    this.mode = 'hashes';
    const { index, counts, codes, missing } = this;
    this.codes = new Int32Array(0);
    this.hashes = new Int32Array(2 * codes.length);
    const ofTexts = new Int32Array(2 * index.size);
    for (let code = 0; code < index.size; code++) {
      if (index.lengthOf(code) > missing.longest && index.hashInto(code, ofTexts, 2 * code)) continue;
      const cell = index.textOf(code);
      if (missing.has(cell.trim())) missing.add(cell, counts[code]!);
      else hashText(normalText(cell), ofTexts, 2 * code);
    }
    for (let row = 0; row < rows; row++) {
      this.hashes[2 * row] = ofTexts[2 * codes[row]!]!;
      this.hashes[2 * row + 1] = ofTexts[2 * codes[row]! + 1]!;
    }
  }

  /** Sets a cell where the column is no longer texts. */
  #set(row: number, cells: string, from: number, to: number): void {
    if (this.mode !== 'hashes') {
      this.values[row] = this.#valueOf(row, cells, from, to);
      return;
    }
    const cell = cells.slice(from, to);
    if (this.missing.has(cell.trim())) this.missing.add(cell);
    else hashText(normalText(cell), this.hashes, 2 * row);
  }

  #valueOf(row: number, cells: string, from: number, to: number): number {
    const { missing, tally } = this;
    const reader = this.#reader;
    if (this.mode === 'numbers') {
      const value = reader.read(cells, from, to);
      if (reader.status === PLAIN && !(missing.hasNumbers && missing.has(cells.slice(from, to).trim()))) {
        tallyNumber(tally, reader, value, 1);
        return value;
      }
    }
    const cell = cells.slice(from, to);
    const text = cell.trim();
    if (missing.has(text)) {
      missing.add(cell);
      return Number.NaN;
    }
    if (this.mode === 'numbers') {
      tallyNumber(tally, reader, Number.NaN, 1);
      if (reader.status === NOT_FINITE) {
        this.#notFinite.add(row, text);
        return Number.NaN;
      }
    } else {
      const milliseconds = this.#dateOf(text);
      if (!Number.isNaN(milliseconds)) {
        tally.plain++;
        return milliseconds;
      }
    }
    this.#odd.add(row, text);
    return Number.NaN;
  }

  #dateOf(text: string): number {
    const known = this.#dates.get(text);
    if (known !== undefined) return known;
    const milliseconds = this.datePattern!.parse(text);
    if (this.#dates.size < GIVE_UP_AT) this.#dates.set(text, milliseconds);
    return milliseconds;
  }
}

/** Trimmed and in the normal form NFC, which changes no text of lower characters alone. */
function normalText(cell: string): string {
  const text = cell.trim();
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) >= FIRST_COMBINING) return text.normalize('NFC');
  return text;
}

function grown<T extends Int32Array | Float64Array>(from: T, to: T): T {
  to.set(from as never);
  return to;
}
