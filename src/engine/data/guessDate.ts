import { compileDatePattern } from './datePattern';

export interface DateGuess {
  readonly pattern: string;
  /** Share of the cells that the pattern reads. */
  readonly share: number;
  /** The other order of day and month when it reads as many cells; then nobody can tell from the cells. */
  readonly rival: string | null;
}

const TIME = '(?:([T ])(\\d{1,2}):(\\d{2})(:\\d{2})?(\\.\\d{1,6})?( ?[AaPp][Mm])?( ?)(Z|[+-]\\d{2}:?\\d{2})?)?';
const YEAR_FIRST = new RegExp(`^(\\d{4})([-/.])(\\d{1,2})\\2(\\d{1,2})${TIME}$`);
const YEAR_LAST = new RegExp(`^(\\d{1,2})([-/.])(\\d{1,2})\\2(\\d{4}|\\d{2})${TIME}$`);
const NAMED_MONTH = new RegExp(`^(\\d{1,2})([- /.]|\\. )([A-Za-z]{3,9})([- /.])(\\d{4}|\\d{2})${TIME}$`);
const MONTH_FIRST = new RegExp(`^([A-Za-z]{3,9}) (\\d{1,2})(,? )(\\d{4})${TIME}$`);

/**
 * Finds the pattern that reads most cells. Numbers of eight digits are numbers, not dates.
 * @param samples Distinct cell texts, trimmed, with how often each occurs.
 * @returns null when fewer than half of the first texts look like dates.
 */
export function guessDate(samples: readonly { readonly text: string; readonly count: number }[]): DateGuess | null {
  const shapes = new Map<
    string,
    { patterns: readonly string[]; count: number; shortDate: boolean; shortHour: boolean }
  >();
  const probe = samples.slice(0, 200);
  let dated = 0;
  for (const { text } of probe) {
    const patterns = patternsOf(text);
    if (!patterns) continue;
    dated++;
    const key = patterns[0]!;
    const shape = shapes.get(key) ?? { patterns, count: 0, shortDate: false, shortHour: false };
    shape.count++;
    shape.shortDate ||= /(^|\D)\d(\D|$)/.test(text.split(/[T ](?=\d{1,2}:)/)[0]!);
    shape.shortHour ||= /[T ]\d:/.test(text);
    shapes.set(key, shape);
  }
  if (dated * 2 <= probe.length) return null;
  const total = samples.reduce((sum, { count }) => sum + count, 0);
  const candidates = [...shapes.values()]
    .sort((a, b) => b.count - a.count)
    .slice(0, 4)
    .flatMap(({ patterns, shortDate, shortHour }) => patterns.map((pattern) => padded(pattern, !shortDate, !shortHour)))
    .map((pattern) => {
      const { parse } = compileDatePattern(pattern);
      let read = 0;
      for (const { text, count } of samples) if (!Number.isNaN(parse(text))) read += count;
      return { pattern, share: read / total };
    });
  const best = candidates.reduce((a, b) => (b.share > a.share ? b : a));
  const swapped = best.pattern.replace(/^(d+)(.)(M+)\2/, '$3$2$1$2');
  const monthFirst = best.pattern.replace(/^(M+)(.)(d+)\2/, '$3$2$1$2');
  const rival = candidates.find(
    ({ pattern, share }) =>
      pattern !== best.pattern && (pattern === swapped || pattern === monthFirst) && share === best.share,
  );
  return { ...best, rival: rival?.pattern ?? null };
}

/** Two digits for day and month, and for the hour, where no cell of that form has only one. */
function padded(pattern: string, isDatePadded: boolean, isHourPadded: boolean): string {
  const dated = isDatePadded ? pattern.replace(/(?<!M)M(?!M)/, 'MM').replace('d', 'dd') : pattern;
  return isHourPadded ? dated.replace('H', 'HH').replace('h', 'hh') : dated;
}

/** Patterns with single letters for one text: two where day and month could be either way round. */
function patternsOf(text: string): readonly string[] | null {
  let found = YEAR_FIRST.exec(text);
  if (found) return [`yyyy${found[2]}M${found[2]}d${timeOf(found, 5)}`];
  found = YEAR_LAST.exec(text);
  if (found) {
    const [separator, year] = [found[2]!, found[4]!.length === 4 ? 'yyyy' : 'yy'];
    const rest = `${separator}${year}${timeOf(found, 5)}`;
    // Dots are only written day first; slashes and dashes both ways.
    return separator === '.' ? [`d.M${rest}`] : [`d${separator}M${rest}`, `M${separator}d${rest}`];
  }
  found = NAMED_MONTH.exec(text);
  if (found) {
    const month = monthToken(found[3]!);
    return [`d${found[2]}${month}${found[4]}${found[5]!.length === 4 ? 'yyyy' : 'yy'}${timeOf(found, 6)}`];
  }
  found = MONTH_FIRST.exec(text);
  return found ? [`${monthToken(found[1]!)} d${found[3]}yyyy${timeOf(found, 5)}`] : null;
}

const monthToken = (name: string) => (name.length > 3 ? 'MMMM' : 'MMM');

function timeOf(found: RegExpExecArray, from: number): string {
  if (found[from] === undefined) return '';
  const [joint, , , seconds, fraction, half, gap, offset] = found.slice(from);
  const clock = half ? 'h:mm' : 'H:mm';
  return `${joint}${clock}${seconds ? ':ss' : ''}${fraction ? `.${'S'.repeat(fraction.length - 1)}` : ''}${
    half ? (half.startsWith(' ') ? ' a' : 'a') : ''
  }${offset ? `${gap}${offset}` : ''}`;
}

/** For numbers that the user says are times: seconds or milliseconds since 1970, whichever falls into 1970-2286. */
export function guessEpoch(values: readonly number[]): string {
  const sorted = Float64Array.from(values.filter(Number.isFinite)).sort();
  return (sorted[sorted.length >> 1] ?? 0) > 1e10 ? 'epoch-milliseconds' : 'epoch-seconds';
}
