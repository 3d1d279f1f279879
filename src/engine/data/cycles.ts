/** A known cycle: the values it may have, in their order, and the words of a column name that speak of it. */
interface Cycle {
  readonly label: string;
  readonly nameWords: ReadonlySet<string>;
  readonly values: readonly (readonly string[])[];
}

const numbers = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => String(from + i));
const DAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];
const MONTHS = 'january february march april may june july august september october november december'.split(' ');
const short = (names: readonly string[]) => names.map((name) => name.slice(0, 3));

const CYCLES: readonly Cycle[] = [
  {
    label: 'hours of the day',
    nameWords: new Set(['hour', 'hours', 'hr', 'hod']),
    values: [numbers(0, 23), numbers(1, 24)],
  },
  {
    label: 'days of the week',
    nameWords: new Set(['weekday', 'dow', 'dayofweek', 'wday']),
    values: [numbers(0, 6), numbers(1, 7), DAYS, short(DAYS)],
  },
  {
    label: 'months of the year',
    nameWords: new Set(['month', 'mon', 'moy']),
    values: [numbers(1, 12), MONTHS, short(MONTHS)],
  },
  {
    label: 'quarters of the year',
    nameWords: new Set(['quarter', 'qtr']),
    values: [numbers(1, 4), ['q1', 'q2', 'q3', 'q4']],
  },
];

/** Levels that a cycle may have at most: more are a number that goes round, which no mechanism here knows. */
export const MOST_CYCLE_LEVELS = 60;

/**
 * The cycle whose name or words a column has; all of its levels must belong to it. Day and month names are a cycle
 * whatever the column is called, numbers only with a name that says so.
 * @param isSaid The person says that it is a cycle: any that fits will do.
 */
export function knownCycle(
  words: readonly string[],
  levels: readonly string[],
  isSaid = false,
): { readonly label: string; readonly order: readonly string[] } | null {
  const folded = levels.map((level) => level.toLowerCase().replace(/^0(?=\d)/, ''));
  for (const { label, nameWords, values } of CYCLES) {
    const isNamed =
      words.some((word) => nameWords.has(word)) || (label.includes('week') && words.join(' ').includes('day of week'));
    for (const members of values) {
      const areNames = !/\d/.test(members[0]!);
      if (!isSaid && !isNamed && !(areNames && levels.length >= 3)) continue;
      if (levels.length < 2 || !folded.every((level) => members.includes(level))) continue;
      const order = [...levels].sort(
        (a, b) => members.indexOf(folded[levels.indexOf(a)]!) - members.indexOf(folded[levels.indexOf(b)]!),
      );
      return { label, order };
    }
  }
  return null;
}
