import type { ColumnBuilder, ReadingRules } from './columnBuilder';
import { countDistinct, countPairs, countTimes } from './distinctValues';
import { mayBeginNumber, NumberReader, PLAIN } from './numberReader';
import { emptyTally, isCode, type NumberTally, tallyNumber } from './numberTally';

/** Texts that forms are guessed from. */
const MOST_SAMPLES = 4096;

/** One distinct value of a column: a text after trimming and NFC normalisation. */
export interface Level {
  readonly text: string;
  /** The form it has most often in the file. */
  raw: string;
  rawCount: number;
  count: number;
  /** Value as a plain number, NaN if it is none. */
  readonly number: number;
}

/** What is known of a column once every cell was seen. */
export interface ColumnFacts {
  readonly name: string;
  readonly rows: number;
  readonly known: number;
  readonly missing: number;
  /** The most common way this column writes a missing cell. */
  readonly missingText: string;
  readonly tally: NumberTally;
  /** In order of first appearance; null when there are too many to keep. */
  readonly levels: readonly Level[] | null;
  /** Distinct values: level texts, else numbers, else texts told apart by hash. */
  readonly distinct: number;
  /** Some level texts with their counts, never more than 4096, for looking at forms. */
  readonly samples: readonly Level[];
  /** The numbers go up by one from 0 or 1, row by row. */
  readonly isRowNumber: boolean;
  readonly examples: readonly string[];
  /** Level index per dictionary code, -1 for missing; empty without levels. */
  readonly levelOfCode: Int32Array;
}

/** Gathers the facts of a finished column. Counts are of cells. */
export function factsOf(name: string, builder: ColumnBuilder, rows: number, rules: ReadingRules): ColumnFacts {
  const reader = new NumberReader(rules.decimal);
  const tally = emptyTally();
  const levels: Level[] = [];
  const levelOf = new Map<string, number>();
  const { index, counts } = builder;
  const levelOfCode = new Int32Array(index.size).fill(-1);
  const keepsLevels = builder.mode === 'texts';
  const missingCounts = keepsLevels ? new Map<string, number>() : builder.missing.counts();
  for (let code = 0; code < index.size; code++) {
    // What is no number and no sample either tells nothing more.
    if (!keepsLevels && levels.length === MOST_SAMPLES && !mayBeginNumber(index.firstCodeOf(code))) continue;
    const raw = index.textOf(code);
    const count = counts[code]!;
    const text = raw.trim().normalize('NFC');
    if (text === '' || rules.missingTokens.has(text)) {
      if (keepsLevels) missingCounts.set(raw, count);
      continue;
    }
    const value = reader.read(text);
    tallyNumber(tally, reader, value, count);
    if (!keepsLevels && levels.length === MOST_SAMPLES) continue;
    let at = levelOf.get(text);
    if (at === undefined) {
      at = levels.length;
      levelOf.set(text, at);
      levels.push({ text, raw, rawCount: count, count: 0, number: reader.status === PLAIN ? value : Number.NaN });
    }
    const level = levels[at]!;
    level.count += count;
    if (count > level.rawCount) {
      level.raw = raw;
      level.rawCount = count;
    }
    levelOfCode[code] = at;
  }
  let missing = 0;
  let missingText = '';
  let most = 0;
  for (const [text, count] of missingCounts) {
    missing += count;
    if (count > most) {
      most = count;
      missingText = text;
    }
  }
  const sequence = isRowNumber(builder, levels, levelOfCode, rows);
  return {
    name,
    rows,
    known: rows - missing,
    missing,
    missingText,
    tally: builder.mode === 'numbers' ? builder.tally : tally,
    levels: keepsLevels ? levels : null,
    distinct: keepsLevels ? levels.length : distinctValues(builder, rows) + builder.odd.total,
    samples: levels.slice(0, MOST_SAMPLES),
    isRowNumber: sequence,
    examples: levels.slice(0, 5).map(({ raw }) => raw),
    levelOfCode: keepsLevels ? levelOfCode : new Int32Array(0),
  };
}

function distinctValues({ mode, values, hashes, tally }: ColumnBuilder, rows: number): number {
  if (mode === 'numbers') return countDistinct(values, rows, tally.decimals);
  return mode === 'dates' ? countTimes(values, rows) : countPairs(hashes, rows);
}

function isRowNumber(builder: ColumnBuilder, levels: readonly Level[], levelOfCode: Int32Array, rows: number): boolean {
  if (rows < 3 || (builder.mode !== 'texts' && builder.mode !== 'numbers')) return false;
  if (builder.mode === 'texts' && levels.length !== rows) return false;
  const valueAt = (row: number) => {
    if (builder.mode === 'numbers') return builder.values[row]!;
    const level = levelOfCode[builder.codes[row]!]!;
    return level < 0 ? Number.NaN : levels[level]!.number;
  };
  const first = valueAt(0);
  if (first !== 0 && first !== 1) return false;
  for (let row = 1; row < rows; row++) if (valueAt(row) !== first + row) return false;
  return true;
}

/** Share of the known cells that read as numbers; 0 where the numbers are codes and so texts. */
export const numberShare = ({ tally, known }: ColumnFacts): number =>
  known === 0 || isCode(tally) ? 0 : (tally.plain + tally.notFinite) / known;
