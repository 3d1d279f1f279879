import type { ColumnFacts } from './columnFacts';
import type { ImportedColumn } from './importedTable';
import { clip, wordsOf } from './inferKind';
import type { OddCells } from './oddCells';
import type { Notice } from './summary';
import { type Column, isCarriedKind, isCategoricalColumn, isNumericColumn } from './table';

const MAX_LISTED = 20;
const MANY_LEVELS = 50;
const NEARLY_ALL = 0.995;

const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;
const PHONE = /^(\+|00)\d[\d\s()/.-]{6,}$|^\(?0\d{1,5}\)?[\s/.-]\d[\d\s/.-]{4,}$|^\d{3}[-.]\d{3}[-.]\d{4}$/;
const PERSONAL_WORDS = new Set(
  'email mail phone telephone mobile ssn iban passport surname lastname firstname'.split(' '),
);
const ALMOST_NUMBER = /^[$€£]?\s?-?\d[\d.,'\s\u00a0]*\s?[%€$£]?$/;
const YES_NO = [
  ['y', 'yes', 'true', 't'],
  ['n', 'no', 'false', 'f'],
] as const;

/** What to tell about one column whatever the target is. Lines are those of the file, rows count from 1. */
export function columnNotices(
  column: Column,
  info: Omit<ImportedColumn, 'notices'>,
  facts: ColumnFacts,
  question: string | null,
  lineOf: (row: number) => number,
): Notice[] {
  const notices: Notice[] = [];
  const warn = (text: string) => notices.push({ level: 'warning', text });
  const inform = (text: string) => notices.push({ level: 'info', text });
  const { rows, known, distinct } = facts;
  if (question !== null) warn(question);
  if (known === 0) warn('Every cell is missing: leave this column out of the map, or drop it from the file.');
  else if (distinct === 1)
    warn('Every known cell is the same: a constant explains nothing, so leave it out of the map.');
  else if (info.missing > 0.4 * rows)
    warn(
      `${Math.round((100 * info.missing) / rows)} % of the cells are missing: what is learned here rests on the others.`,
    );
  else if (facts.levels && rows >= 200) {
    const usual = facts.levels.reduce((a, b) => (b.count > a.count ? b : a));
    if (usual.count >= NEARLY_ALL * known && usual.count < known)
      inform(
        `Nearly constant: ${known - usual.count} of ${known} known cells differ from "${clip(usual.text)}"; little can be learned from so few.`,
      );
  }
  if (info.odd.total > 0) warn(oddText(column, info.odd, lineOf));
  if (info.notFinite.total > 0)
    warn(
      `Cells that are not finite numbers (${info.notFinite.total}) count as missing: ${list(info.notFinite, lineOf)}.`,
    );
  const personal =
    column.kind === 'datetime' || column.kind === 'duration' || question !== null ? null : personalText(facts);
  if (personal) warn(personal);
  if (isCategoricalColumn(column)) {
    const variants = variantsText(column.levels);
    if (variants) warn(variants);
    if (column.levels.length > MANY_LEVELS)
      warn(`It has ${column.levels.length} levels: as a node of the map most of them have too few rows to learn from.`);
    if (facts.tally.plain + facts.tally.leadingZero === 0 && facts.samples.length > 2 && almostNumbers(facts))
      warn(
        'The texts look like numbers with a unit, a currency or a thousands mark; take these out to read them as numbers.',
      );
  }
  const code = missingCode(column, facts);
  if (code !== null)
    warn(`${code} looks like a code for "missing"; if it is one, add it to the missing tokens and import again.`);
  if (isNumericColumn(column) && info.choice === null) offerOther(column.kind, facts, inform);
  return notices;
}

function offerOther(kind: string, facts: ColumnFacts, inform: (text: string) => void): void {
  if (kind === 'integer' && facts.levels && facts.distinct <= 10)
    inform(
      `Only ${facts.distinct} distinct whole numbers: change the kind to ordinal or nominal if they are grades or codes.`,
    );
  const numbers = facts.samples.slice(0, 200).map((sample) => Number(sample.text));
  const sorted = Float64Array.from(numbers).sort();
  const middle = sorted[sorted.length >> 1]!;
  if (kind === 'integer' && ((middle > 9.4e8 && middle < 2.2e9) || (middle > 9.4e11 && middle < 2.2e12)))
    inform('The numbers could be times counted from 1970: change the kind to datetime to read them as such.');
}

function oddText(column: Column, odd: OddCells, lineOf: (row: number) => number): string {
  const what =
    column.kind === 'datetime' ? 'a date that exists' : column.kind === 'duration' ? 'a duration' : 'a number';
  const whose = odd.total === 1 ? '1 cell does not read as' : `${odd.total} cells do not read as`;
  return `${whose} ${what} and counts as missing: ${list(odd, lineOf)}; change the kind to nominal to keep the text.`;
}

function list({ total, first }: OddCells, lineOf: (row: number) => number): string {
  const shown = first
    .slice(0, MAX_LISTED)
    .map(({ row, text }) => `"${clip(text)}" (row ${row + 1}, line ${lineOf(row)})`)
    .join(', ');
  return total > MAX_LISTED ? `${shown} and ${total - MAX_LISTED} more` : shown;
}

function personalText({ name, samples }: ColumnFacts): string | null {
  if (samples.length === 0) return null;
  const share = (form: RegExp) => samples.filter(({ text }) => form.test(text)).length / samples.length;
  const named = wordsOf(name).some((word) => PERSONAL_WORDS.has(word));
  if (share(EMAIL) > 0.5) return 'The cells are e-mail addresses: personal data, so keep this column out of the map.';
  if (share(PHONE) > 0.5)
    return 'The cells look like phone numbers: personal data, so keep this column out of the map.';
  return named ? 'The name speaks of personal data: keep this column out of the map.' : null;
}

/** Levels that differ only by case, or as y and yes do. */
function variantsText(levels: readonly string[]): string | null {
  const groups = new Map<string, string[]>();
  for (const level of levels) {
    const folded = level.toLowerCase();
    // Short answers go together only where a longer form is present too: a lone "t" may be anything.
    const answer = YES_NO.find((forms) => (forms as readonly string[]).includes(folded));
    const key = answer ? `answer ${answer[0]}` : folded;
    groups.set(key, [...(groups.get(key) ?? []), level]);
  }
  const doubles = [...groups.values()].filter((group) => group.length > 1).slice(0, 5);
  if (doubles.length === 0) return null;
  const shown = doubles
    .map((group) =>
      group
        .slice(0, 6)
        .map((level) => `"${clip(level)}"`)
        .join(' / '),
    )
    .join('; ');
  return `Some levels may be one value in several spellings: ${shown}; they are kept apart, so unify them in the file if they mean the same.`;
}

const almostNumbers = ({ samples }: ColumnFacts) =>
  samples.filter(({ text }) => ALMOST_NUMBER.test(text)).length > 0.8 * samples.length;

/** -9, -99, -999 ... or 9, 99, 999 ... far below or above every other number of the column; as text, or null. */
function missingCode(column: Column, facts: ColumnFacts): string | null {
  if (isCarriedKind(column.kind) || column.kind === 'datetime' || column.kind === 'duration') return null;
  const numbers: number[] = isNumericColumn(column)
    ? Array.from(extremes(column.values))
    : facts.samples.filter(({ number }) => !Number.isNaN(number)).map(({ number }) => number);
  const distinct = [...new Set(numbers)].sort((a, b) => a - b);
  const isMixed = isCategoricalColumn(column) && distinct.length < facts.samples.length;
  const lowest = distinct[0];
  const highest = distinct.at(-1);
  const next = distinct[1];
  if (lowest !== undefined && /^-9+$/.test(String(lowest)) && (isMixed || (next !== undefined && next > lowest / 2)))
    return String(lowest);
  const before = distinct.at(-2);
  if (highest === undefined || !/^9+$/.test(String(highest))) return null;
  if (isMixed && highest >= 99) return String(highest);
  if (before === undefined) return null;
  return highest === 9
    ? isCategoricalColumn(column) && before < 7
      ? '9'
      : null
    : before < highest / 2
      ? String(highest)
      : null;
}

/** The two smallest and the two largest distinct values; of a column that neither begins nor ends in nines, none. */
function extremes(values: Float64Array): number[] {
  let [least, most] = [Infinity, -Infinity];
  for (let row = 0; row < values.length; row++) {
    const value = values[row]!;
    if (value < least) least = value;
    if (value > most) most = value;
  }
  if (!/^-9+$/.test(String(least)) && !/^9+$/.test(String(most))) return [];
  let [low, lower, high, higher] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const value of values) {
    if (value < lower) [low, lower] = [lower, value];
    else if (value < low && value !== lower) low = value;
    if (value > higher) [high, higher] = [higher, value];
    else if (value > high && value !== higher) high = value;
  }
  return [lower, low, high, higher].filter(Number.isFinite);
}
