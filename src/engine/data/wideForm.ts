import { compileDatePattern, type DatePattern } from './datePattern';
import { guessDuration } from './durationPattern';
import { guessDate, guessEpoch } from './guessDate';
import type { NumberReader } from './numberReader';
import { emptyTally, isCode, tallyNumber } from './numberTally';
import { type ColumnKind, isNumericKind, type KindChoice } from './table';

const isTime = (kind: ColumnKind) => kind === 'datetime' || kind === 'duration';

/** What a column with many distinct texts is read as from then on; null where it stays a dictionary of texts. */
export type WideForm = { readonly mode: 'numbers' } | { readonly mode: 'dates'; readonly pattern: DatePattern } | null;

const dates = (pattern: string): WideForm => ({ mode: 'dates', pattern: compileDatePattern(pattern) });

/**
 * What over 80 % of the known cells so far read as, or what the user has settled.
 * @param samples The distinct texts that are not missing, trimmed, with the cells that have each.
 * @param isLast The texts are no longer kept if it is null. Dates are then read only for a user who asked for them, in the likeliest form.
 */
export function wideForm(
  samples: readonly { readonly text: string; readonly count: number }[],
  choice: KindChoice | null,
  reader: NumberReader,
  isLast: boolean,
): WideForm {
  const forced = choice?.kind ?? null;
  const tally = emptyTally();
  const numbers: number[] = [];
  let known = 0;
  for (const { text, count } of samples) {
    known += count;
    const value = reader.read(text);
    numbers.push(value);
    tallyNumber(tally, reader, value, count);
  }
  const areNumbers = forced
    ? isNumericKind(forced) && !isTime(forced)
    : tally.plain + tally.notFinite > 0.8 * known && !isCode(tally);
  if (areNumbers) return { mode: 'numbers' };
  if (choice?.datePattern !== undefined) return dates(choice.datePattern);
  if (isLast && forced === null) return null;
  const date = forced === null || forced === 'datetime' ? guessDate(samples) : null;
  if (date && (isLast || date.share > 0.8) && (date.rival === null || forced === 'datetime'))
    return dates(date.pattern);
  const duration = date === null && forced !== 'datetime' ? guessDuration(samples) : null;
  if (duration && (isLast || duration.share > 0.8)) return dates(duration.pattern);
  // Plain numbers are durations in seconds.
  if (isLast && forced === 'duration') return { mode: 'numbers' };
  if (forced === 'datetime' && tally.plain > 0.8 * known) return dates(guessEpoch(numbers));
  return null;
}
