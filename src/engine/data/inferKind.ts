import { type ColumnFacts, numberShare } from './columnFacts';
import { knownCycle } from './cycles';
import { guessDuration } from './durationPattern';
import { guessDate } from './guessDate';
import { isCode } from './numberTally';
import type { KindAnswer } from './summary';
import type { ColumnKind } from './table';

export interface KindGuess {
  readonly kind: ColumnKind;
  /** Why, in one sentence for the user. */
  readonly reason: string;
  /** Pattern of a datetime; null for other kinds. */
  readonly datePattern: string | null;
  /** A question that only the user can answer; null where there is none. */
  readonly question: string | null;
  /** The answers to it, to be chosen with one click. */
  readonly answers: readonly KindAnswer[];
}

const ID_WORDS = new Set([
  'id',
  'ids',
  'uuid',
  'guid',
  'key',
  'nr',
  'no',
  'index',
  'idx',
  'rowid',
  'recordid',
  'serial',
]);
const STRONG_ID_WORDS = new Set(['id', 'uuid', 'guid']);
const CODE_WORDS = new Set(
  'code codes class type category group cluster zip postcode plz icd status label site'.split(' '),
);
const DURATION_WORDS = new Set('duration length elapsed time runtime delay wait stay age took'.split(' '));
const COUNT_WORDS = new Set(
  'count counts num number n visits events times claims children admissions episodes items quantity qty siblings pregnancies calls orders tickets accidents comorbidities'.split(
    ' ',
  ),
);
const RATING_WORDS = new Set('rating grade stage severity likert rank stars tier'.split(' '));
/** Level counts up to which numbers that repeat this often are read as categories. */
const FEW_NUMBERS = 5;
const REPEATS = 20;

/** Lower-case words of a column name: `patientId`, `patient_id` and `Patient ID` give patient, id. */
export const wordsOf = (name: string): string[] =>
  name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');

const guess = (
  kind: ColumnKind,
  reason: string,
  datePattern: string | null = null,
  question: string | null = null,
  answers: readonly KindAnswer[] = [],
): KindGuess => ({ kind, reason, datePattern, question, answers });

const count = (n: number) => n.toLocaleString('en-US');

/**
 * Guesses what a column holds from all of its cells, in this order: two levels, numbers (over 80 % of the known cells
 * must read as such), dates (likewise), text. Digits with leading zeros or beyond 2^53 are codes and stay text.
 * A column without any known cell is nominal.
 */
export function inferKind(facts: ColumnFacts): KindGuess {
  const { known, levels, tally } = facts;
  if (known === 0) return guess('nominal', 'Every cell is missing.');
  if (levels?.length === 1 && facts.missing === 0)
    return guess('constant', `Every cell is the same: ${clip(levels[0]!.text)}.`);
  const cycle =
    levels && levels.length > 2
      ? knownCycle(
          wordsOf(facts.name),
          levels.map(({ text }) => text),
        )
      : null;
  if (cycle) return guess('cyclic', `The ${cycle.label}: after the last comes the first again, so they are no number.`);
  if (levels?.length === 2 && (tally.notWhole === 0 || known >= 2 * REPEATS)) {
    const [a, b] = [levels[0]!.text, levels[1]!.text].sort();
    return guess('binary', `Two values: ${clip(a!)} and ${clip(b!)}.`);
  }
  if (numberShare(facts) > 0.8) return inferNumber(facts);
  const date = isCode(tally) ? null : guessDate(facts.samples);
  if (date && date.share > 0.8) {
    if (date.rival === null)
      return guess(
        'datetime',
        `${shareText(date.share)} of the cells are dates written ${date.pattern}.`,
        date.pattern,
      );
    return guess(
      isNearlyUnique(facts) ? 'id' : 'nominal',
      `Dates, but day and month cannot be told apart (${date.pattern} or ${date.rival}).`,
      null,
      `The dates read equally well as ${date.pattern} and as ${date.rival}: they stay text; choose one of the two, or write them as yyyy-MM-dd.`,
      [date.pattern, date.rival].map((pattern) => ({
        label: `Dates written ${pattern}`,
        kind: 'datetime',
        datePattern: pattern,
      })),
    );
  }
  const duration = date === null && !isCode(tally) ? guessDuration(facts.samples) : null;
  if (duration) return durationGuess(duration.pattern, facts.name, !duration.couldBeClock);
  return inferText(facts);
}

/** Durations as seconds. Times of the day look the same, and then only the person can tell. */
export function durationGuess(pattern: string, name: string, isCertain: boolean): KindGuess {
  const form = pattern.slice('duration '.length);
  const isSure = isCertain || wordsOf(name).some((word) => DURATION_WORDS.has(word));
  return guess(
    'duration',
    `Durations written ${form}, read as seconds${isSure ? '' : ' (or times of the day, counted from midnight)'}.`,
    pattern,
  );
}

function inferNumber(facts: ColumnFacts): KindGuess {
  const { known, distinct, tally, levels } = facts;
  const words = wordsOf(facts.name);
  const isWhole = tally.notWhole === 0;
  const isUnique = distinct === known && known > 2;
  if (isWhole && isUnique && (facts.isRowNumber || words.some((word) => ID_WORDS.has(word))))
    return guess(
      'id',
      `Unique in ${count(known)} of ${count(facts.rows)} rows: an id, carried but never learned from.`,
    );
  if (isWhole && distinct > 10 && words.some((word) => STRONG_ID_WORDS.has(word)))
    return guess('id', `The name speaks of an id (${count(distinct)} different ones): carried but never learned from.`);
  if (levels && isWhole && distinct <= 2)
    return guess('binary', distinct === 1 ? `Only one whole number: ${levels[0]!.text}.` : 'Two whole numbers.');
  if (levels && distinct > 1 && distinct <= 50 && known >= 2 * distinct) {
    const shown = [...levels].sort((a, b) => a.number - b.number).map(({ text }) => clip(text));
    const list = shown.length > 6 ? `${shown.slice(0, 6).join(', ')}, ...` : shown.join(', ');
    if (isWhole && words.some((word) => RATING_WORDS.has(word)))
      return guess('ordinal', `${distinct} whole numbers (${list}) and a name that speaks of grades.`);
    if (words.some((word) => CODE_WORDS.has(word)) && tally.negative === 0)
      return guess('nominal', `${distinct} numbers (${list}) and a name that speaks of codes.`);
    if (distinct <= FEW_NUMBERS && known >= REPEATS * distinct)
      return guess(
        'nominal',
        `Only ${distinct} different numbers (${list}) in ${count(known)} cells: read as categories.`,
      );
  }
  const odd = known - tally.plain - tally.notFinite;
  const share = odd > 0 ? `${shareText(1 - odd / known)} of the cells are numbers` : 'All known cells are numbers';
  if (!isWhole) return guess('continuous', `${share}.`);
  const isCounted = words.some((word) => COUNT_WORDS.has(word)) && tally.negative === 0;
  return isCounted
    ? guess('count', `${share}, all whole and none below 0, and the name speaks of a count.`)
    : guess('integer', `${share}, all whole.`);
}

function inferText(facts: ColumnFacts): KindGuess {
  const { known, distinct, levels, tally } = facts;
  const unique = `different in ${count(distinct)} of ${count(known)} known cells`;
  if (isCode(tally) && tally.plain + tally.leadingZero > 0.8 * known) {
    const why = tally.leadingZero > 0 ? 'Digits with leading zeros' : 'Integers above 2^53, which numbers cannot hold';
    return isNearlyUnique(facts) ? guess('id', `${why}, ${unique}: an id.`) : guess('nominal', `${why}: codes.`);
  }
  const prose = facts.samples.filter(({ text }) => text.length >= 15 && text.split(/\s+/).length >= 3).length;
  if (prose > 0.6 * facts.samples.length && (levels === null || distinct > 0.5 * known) && distinct > 10)
    return guess('text', `Sentences, ${unique}: free text, carried but never learned from.`);
  if (distinct > 10 && 2 * distinct > known && wordsOf(facts.name).some((word) => STRONG_ID_WORDS.has(word)))
    return guess('id', `The name speaks of an id (${count(distinct)} different ones): carried but never learned from.`);
  if (levels === null && !isNearlyUnique(facts)) return guess('id', tooManyTexts(distinct));
  if (isNearlyUnique(facts)) return guess('id', `Text, ${unique}: an id, carried but never learned from.`);
  return guess('nominal', `Text with ${count(distinct)} different value${distinct === 1 ? '' : 's'}.`);
}

export const tooManyTexts = (distinct: number): string =>
  `Text with ${count(distinct)} different values: too many to learn from, carried as it is.`;

const isNearlyUnique = ({ distinct, known }: ColumnFacts) =>
  known < 10 ? known > 2 && distinct === known : distinct >= 0.95 * known;

/** 1 - tiny is never shown as 100 %. */
const shareText = (share: number) => (share === 1 ? 'All' : `${Math.min(99.9, Math.floor(share * 1000) / 10)} %`);

export const clip = (text: string, length = 40): string =>
  text.length > length ? `${text.slice(0, length)}...` : text;
