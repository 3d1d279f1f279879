import { quartilesOf } from '../numeric/quartiles';
import type { ColumnBuilder, ReadingRules } from './columnBuilder';
import { type ColumnFacts, factsOf, type Level } from './columnFacts';
import { columnNotices } from './columnNotices';
import { knownCycle, MOST_CYCLE_LEVELS } from './cycles';
import { compileDatePattern } from './datePattern';
import { guessDuration } from './durationPattern';
import { guessDate, guessEpoch } from './guessDate';
import type { ImportedColumn } from './importedTable';
import { durationGuess, inferKind, type KindGuess, tooManyTexts, wordsOf } from './inferKind';
import { NOT_FINITE, NumberReader, PLAIN } from './numberReader';
import { isCode } from './numberTally';
import { noOddCells, OddCellList, type OddCells } from './oddCells';
import {
  type CategoricalKind,
  type Column,
  type ColumnKind,
  isCarriedKind,
  isCategoricalKind,
  isNumericColumn,
  type KindChoice,
  type NumericKind,
} from './table';

/** Generated values are rounded to this many decimals at most: more is noise of the double that wrote the file. */
const MAX_DECIMALS = 15;

export interface FinishedColumn {
  readonly column: Column;
  readonly info: ImportedColumn;
}

/**
 * Types a column once all of its cells were added.
 * @param lineOf Line number of a row, for the notices.
 * @returns null when the texts are needed but no longer kept: read the column once more with `textOnly`.
 */
export function finishColumn(
  name: string,
  builder: ColumnBuilder,
  rows: number,
  choice: KindChoice | null,
  rules: ReadingRules,
  lineOf: (row: number) => number,
): FinishedColumn | null {
  const facts = factsOf(name, builder, rows, rules);
  if ((builder.mode === 'numbers' || builder.mode === 'dates') && choice === null && needsTexts(facts, builder))
    return null;
  const guess = carriedIfNoLongerKept(settleKind(facts, builder, choice), facts, builder);
  const { kind } = guess;
  let column: Column = { name, kind: kind === 'text' ? 'text' : 'id', values: null };
  let odd = noOddCells;
  let notFinite = noOddCells;
  let levels: ImportedColumn['levels'] = [];
  if (isCategoricalKind(kind)) {
    const known = orderLevels(facts.levels!, kind, name, choice?.order ?? []);
    const sorted = rules.missing.get(name) === 'level' && facts.missing > 0 ? [...known, missingLevel(facts)] : known;
    column = categorical(name, kind, builder, rows, facts, sorted);
    levels = sorted.map(({ raw, count }) => ({ raw, count }));
  } else if (!isCarriedKind(kind)) {
    const typed = numeric(name, kind, builder, rows, facts, rules, guess.datePattern);
    ({ column, odd, notFinite } = typed);
  }
  const bare = {
    reason: guess.reason,
    choice,
    answers: guess.answers,
    missing: facts.missing + odd.total + notFinite.total,
    distinct: facts.distinct,
    missingText: facts.missingText,
    levels,
    odd,
    notFinite,
    range: isNumericColumn(column) ? quartilesOf(column.values) : null,
    examples: facts.examples,
  };
  return { column, info: { ...bare, notices: columnNotices(column, bare, facts, guess.question, lineOf) } };
}

/** A column that began as numbers (or dates) but turned out to be codes (or mostly text). */
function needsTexts(facts: ColumnFacts, builder: ColumnBuilder): boolean {
  if (builder.odd.total >= 0.2 * facts.known) return true;
  return builder.mode === 'numbers' && isCode(facts.tally);
}

/** Texts that are only told apart can be neither categories nor dates, even where they look it: the question why not stays. */
function carriedIfNoLongerKept(guess: KindGuess, { distinct }: ColumnFacts, builder: ColumnBuilder): KindGuess {
  if (builder.mode !== 'hashes' || isCarriedKind(guess.kind)) return guess;
  return { ...guess, kind: 'id', reason: tooManyTexts(distinct), datePattern: null };
}

function settleKind(facts: ColumnFacts, builder: ColumnBuilder, choice: KindChoice | null): KindGuess {
  const forced = choice?.kind ?? null;
  if (forced === null && builder.mode === 'dates') {
    const { pattern } = builder.datePattern!;
    return pattern.startsWith('duration')
      ? durationGuess(pattern, facts.name, true)
      : { kind: 'datetime', reason: `Dates written ${pattern}.`, datePattern: pattern, question: null, answers: [] };
  }
  if (forced === null) return inferKind(facts);
  const chosen = (
    kind: ColumnKind,
    reason = 'Chosen by you.',
    datePattern: string | null = null,
    question: string | null = null,
  ) => ({
    kind,
    reason,
    datePattern,
    question,
    answers: [],
  });
  if (forced === 'binary' && facts.levels!.length > 2)
    return chosen(
      'nominal',
      `Binary was asked for, but there are ${facts.levels!.length} values.`,
      null,
      `It has ${facts.levels!.length} different values, so it cannot be binary and is nominal; merge values in the file to make it binary.`,
    );
  if (forced === 'constant' && facts.levels!.length > 1)
    return chosen('nominal', `Constant was asked for, but there are ${facts.levels!.length} values.`);
  if (forced === 'cyclic' && facts.levels!.length > MOST_CYCLE_LEVELS)
    return {
      ...inferKind(facts),
      question: `It has ${facts.levels!.length} different values; a cycle is read as categories and may have ${MOST_CYCLE_LEVELS} at most, so round it in the file (to hours, say) first.`,
    };
  if (forced === 'duration' && !builder.datePattern) {
    const pattern = choice?.datePattern ?? guessDuration(facts.samples)?.pattern;
    // Plain numbers are seconds already, or whatever unit the person names.
    return chosen('duration', 'Chosen by you.', pattern ?? null);
  }
  if (forced !== 'datetime' && forced !== 'duration') return chosen(forced);
  if (choice?.datePattern) return chosen(forced, `Chosen by you; read as ${choice.datePattern}.`, choice.datePattern);
  if (builder.datePattern) return chosen(forced, 'Chosen by you.', builder.datePattern.pattern);
  const date = guessDate(facts.samples);
  if (date) return chosen('datetime', `Chosen by you; read as ${date.pattern}.`, date.pattern);
  if (facts.tally.plain > 0.8 * facts.known && facts.levels)
    return chosen('datetime', 'Chosen by you.', guessEpoch(facts.levels.map(({ number }) => number)));
  const guessed = facts.levels ? inferKind(facts) : chosen('id');
  return {
    ...guessed,
    question: 'No date form fits these cells, so the kind could not be datetime; write them as yyyy-MM-dd in the file.',
  };
}

/** The order the person gave, or that of a known cycle; levels without a place in it come last. */
function orderLevels(
  levels: readonly Level[],
  kind: CategoricalKind,
  name: string,
  given: readonly string[],
): readonly Level[] {
  const sorted = sortLevels(levels);
  const texts = sorted.map(({ text }) => text);
  const order =
    given.length > 0 || kind !== 'cyclic' ? given : (knownCycle(wordsOf(name), texts, true)?.order ?? given);
  const place = (level: Level) => {
    const at = order.indexOf(level.text);
    return at < 0 ? order.length : at;
  };
  return order.length === 0 ? sorted : [...sorted].sort((a, b) => place(a) - place(b));
}

/** Missing cells as a level of their own, written as the column writes a missing cell. */
const missingLevel = ({ missing, missingText, levels }: ColumnFacts): Level => {
  let text = '(missing)';
  while (levels!.some((level) => level.text === text)) text = `(${text})`;
  return { text, raw: missingText, rawCount: missing, count: missing, number: Number.NaN };
};

/** Numerically when every level is a number, else by code units, which no locale changes. */
function sortLevels(levels: readonly Level[]): readonly Level[] {
  const areNumbers = levels.every(({ number }) => !Number.isNaN(number));
  const byText = (a: Level, b: Level) => (a.text < b.text ? -1 : a.text > b.text ? 1 : 0);
  return [...levels].sort((a, b) => (areNumbers && a.number !== b.number ? a.number - b.number : byText(a, b)));
}

function categorical(
  name: string,
  kind: CategoricalKind,
  builder: ColumnBuilder,
  rows: number,
  facts: ColumnFacts,
  sorted: readonly Level[],
): Column {
  const place = new Map(sorted.map((level, code) => [level, code]));
  const missing = sorted.length > facts.levels!.length ? sorted.length - 1 : -1;
  const placeOfCode = facts.levelOfCode.map((level) => (level < 0 ? missing : place.get(facts.levels![level]!)!));
  const codes = new Int32Array(rows);
  for (let row = 0; row < rows; row++) codes[row] = placeOfCode[builder.codes[row]!]!;
  return { name, kind, codes, levels: sorted.map(({ text }) => text) };
}

function numeric(
  name: string,
  kind: NumericKind,
  builder: ColumnBuilder,
  rows: number,
  facts: ColumnFacts,
  rules: ReadingRules,
  datePattern: string | null,
): { column: Column; odd: OddCells; notFinite: OddCells } {
  const decimals = kind === 'continuous' || kind === 'duration' ? Math.min(MAX_DECIMALS, facts.tally.decimals) : 0;
  const typed = (values: Float64Array): Column => ({ name, kind, values, decimals, datePattern });
  if (builder.mode !== 'texts')
    return { column: typed(shortened(builder.values, rows)), odd: builder.odd, notFinite: builder.notFinite };
  const reader = new NumberReader(rules.decimal);
  const pattern = datePattern === null ? null : compileDatePattern(datePattern);
  const infinite = new Uint8Array(facts.levels!.length);
  const numberOf = facts.levels!.map(({ text }, level) => {
    if (pattern) return pattern.parse(text);
    const value = reader.read(text);
    if (reader.status === NOT_FINITE) infinite[level] = 1;
    return reader.status === PLAIN ? value : Number.NaN;
  });
  const values = new Float64Array(rows);
  const odd = new OddCellList();
  const notFinite = new OddCellList();
  for (let row = 0; row < rows; row++) {
    const level = facts.levelOfCode[builder.codes[row]!]!;
    values[row] = level < 0 ? Number.NaN : numberOf[level]!;
    if (level < 0 || !Number.isNaN(values[row]!)) continue;
    (infinite[level] === 1 ? notFinite : odd).add(row, facts.levels![level]!.text);
  }
  return { column: typed(values), odd: odd.cells(), notFinite: notFinite.cells() };
}

/** The first rows of an array that was made a little too long: shared, unless that would keep much memory for nothing. */
const shortened = (values: Float64Array, rows: number): Float64Array =>
  values.length <= 1.1 * rows ? values.subarray(0, rows) : values.slice(0, rows);
