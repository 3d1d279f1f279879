import type { ValueSpec } from '../data/frame';
import { EngineError } from '../errors';

/** Says of a value whether it passes; NaN is a missing cell. */
export type ValueTest = (value: number) => boolean;

const comparison = /^(>=|<=|!=|>|<|=)\s*(.+)$/;
const between = /^(.+?)\.\.(.+)$/;

/**
 * Reads what a person types above a column: `> 5`, `<= 3`, `!= 0`, `2..7`, `missing`, `!missing`; for categories part of a
 * level's text, or `!text` for all but those. Dates are written as in ISO 8601. Missing cells pass `missing` and `!text`
 * only.
 * @throws EngineError `bad-parameter` with what can be written instead.
 */
export function parseFilter(text: string, spec: ValueSpec): ValueTest {
  const typed = text.trim();
  if (/^missing$/i.test(typed)) return Number.isNaN;
  if (/^!\s*missing$/i.test(typed)) return (value) => !Number.isNaN(value);
  if (spec.levels) {
    const isNot = typed.startsWith('!');
    const wanted = (isNot ? typed.slice(1) : typed.replace(/^=/, '')).trim().toLowerCase();
    const passing = new Set(spec.levels.flatMap((level, code) => (level.toLowerCase().includes(wanted) ? [code] : [])));
    return (value) => passing.has(value) !== isNot;
  }
  const number = (part: string): number => {
    const plain = part.trim();
    const value =
      spec.kind === 'datetime'
        ? Date.parse(/\dT?\d\d:|^\d{4}$/.test(plain) ? plain : `${plain}T00:00:00Z`)
        : Number(plain);
    if (plain === '' || Number.isNaN(value))
      throw new EngineError(
        'bad-parameter',
        `"${typed}" is no filter for ${spec.name}: write ${spec.kind === 'datetime' ? '> 2024-01-31' : '> 5'}, 2..7, or missing.`,
        { column: spec.name },
      );
    return value;
  };
  const range = between.exec(typed);
  if (range) {
    const [low, high] = [number(range[1]!), number(range[2]!)];
    return (value) => value >= low && value <= high;
  }
  const compared = comparison.exec(typed);
  const bound = number(compared ? compared[2]! : typed);
  switch (compared?.[1]) {
    case '>':
      return (value) => value > bound;
    case '>=':
      return (value) => value >= bound;
    case '<':
      return (value) => value < bound;
    case '<=':
      return (value) => value <= bound;
    case '!=':
      return (value) => value !== bound && !Number.isNaN(value);
    default:
      return (value) => value === bound;
  }
}
