/**
 * Durations: `duration h:mm:ss`, `duration h:mm` and `duration m:ss` (doubled first letter where written with two
 * digits), `duration ISO 8601` (P1DT2H30M) and `duration 1d 2h 3m 4s`. Values are seconds.
 */
export interface DurationPattern {
  readonly pattern: string;
  /** Seconds; NaN for text in another form. */
  parse(text: string): number;
  format(seconds: number): string;
}

const UNITS = [86_400, 3600, 60, 1] as const;
const ISO = /^\s*(-)?P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?\s*$/i;
const WORDS =
  /^\s*(-)?(?:(\d+)\s*d(?:ays?)?)?\s*(?:(\d+)\s*h(?:ours?|rs?)?)?\s*(?:(\d+)\s*m(?:in(?:utes?|s)?)?)?\s*(?:(\d+(?:\.\d+)?)\s*s(?:ec(?:onds?|s)?)?)?\s*$/i;
const CLOCK = /^\s*(-)?(\d+):(\d{2})(?::(\d{2}(?:\.\d+)?))?\s*$/;
const HAS_UNIT = /\d\s*[dhms]/i;

const sumOf = (sign: string | undefined, parts: readonly (string | undefined)[]) =>
  (sign ? -1 : 1) * parts.reduce((sum, part, i) => sum + Number(part ?? 0) * UNITS[i]!, 0);

/** null for a pattern that is no duration's. */
export function compileDurationPattern(pattern: string): DurationPattern | null {
  if (!pattern.startsWith('duration ')) return null;
  const form = pattern.slice('duration '.length);
  if (form === 'ISO 8601' || form === '1d 2h 3m 4s') {
    const isIso = form === 'ISO 8601';
    const expression = isIso ? ISO : WORDS;
    return {
      pattern,
      parse(text) {
        const found = expression.exec(text);
        return found && HAS_UNIT.test(text) ? sumOf(found[1], found.slice(2, 6)) : Number.NaN;
      },
      format: isIso ? formatIso : formatWords,
    };
  }
  const [first, ...rest] = form.split(':');
  const isMinutes = first!.startsWith('m');
  return {
    pattern,
    parse(text) {
      const found = CLOCK.exec(text);
      if (!found || (found[4] !== undefined) !== (rest.length === 2)) return Number.NaN;
      const [, sign, a, b, c] = found;
      if (Number(b) >= 60 || Number(c ?? 0) >= 60) return Number.NaN;
      return isMinutes ? sumOf(sign, [undefined, undefined, a, b]) : sumOf(sign, [undefined, a, b, c]);
    },
    format(seconds) {
      const hasSeconds = isMinutes || rest.length === 2;
      const unit = hasSeconds ? 1 : 60;
      const whole = Math.round(Math.abs(seconds) / unit) * unit;
      const parts = isMinutes
        ? [Math.floor(whole / 60), whole % 60]
        : [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, ...(hasSeconds ? [whole % 60] : [])];
      const text = parts.map((part, i) => String(part).padStart(i === 0 ? first!.length : 2, '0')).join(':');
      return seconds < 0 && whole > 0 ? `-${text}` : text;
    },
  };
}

function split(seconds: number): readonly [string, number, number, number, number] {
  const whole = Math.round(Math.abs(seconds));
  const sign = seconds < 0 && whole > 0 ? '-' : '';
  return [sign, Math.floor(whole / 86_400), Math.floor(whole / 3600) % 24, Math.floor(whole / 60) % 60, whole % 60];
}

function formatIso(value: number): string {
  const [sign, days, hours, minutes, seconds] = split(value);
  const time = `${hours ? `${hours}H` : ''}${minutes ? `${minutes}M` : ''}${seconds ? `${seconds}S` : ''}`;
  if (!days && !time) return 'PT0S';
  return `${sign}P${days ? `${days}D` : ''}${time ? `T${time}` : ''}`;
}

function formatWords(value: number): string {
  const [sign, ...parts] = split(value);
  const text = parts.flatMap((part, i) => (part > 0 ? [`${part}${'dhms'[i]}`] : [])).join(' ');
  return text === '' ? '0s' : sign + text;
}

/**
 * The form that reads more than 80 % of the cells, as for dates; null where there is none.
 * `couldBeClock`: every cell is a time of the day just as well.
 */
export function guessDuration(
  samples: readonly { readonly text: string; readonly count: number }[],
): { readonly pattern: string; readonly share: number; readonly couldBeClock: boolean } | null {
  const total = samples.reduce((sum, { count }) => sum + count, 0);
  const isPadded = samples.every(({ text }) => /^-?\d{2}/.test(text));
  const hour = isPadded ? 'hh' : 'h';
  for (const pattern of [
    `duration ${hour}:mm:ss`,
    `duration ${hour}:mm`,
    'duration ISO 8601',
    'duration 1d 2h 3m 4s',
  ]) {
    const { parse } = compileDurationPattern(pattern)!;
    let read = 0;
    let longest = 0;
    for (const { text, count } of samples) {
      const seconds = parse(text);
      if (Number.isNaN(seconds)) continue;
      read += count;
      longest = Math.max(longest, Math.abs(seconds));
    }
    if (read > 0.8 * total)
      return { pattern, share: read / total, couldBeClock: pattern.includes(':') && longest < 86_400 };
  }
  return null;
}
