import { isNumericSpec } from '../../data/frame';
import type { Candidate, Search } from './candidate';

/** More steps than this between the least and the largest value are no grid anyone would write down. */
const MOST_STEPS = 1000;
const LEAST_ROWS = 30;
/** Values near nought, as a share of their range, suggest that nought is the end. */
const NEAR_ZERO = 0.05;

/** Grids, whole numbers, and the ends of what was seen, column by column. */
export function singleColumnRules({ frame }: Search): Candidate[] {
  return frame.specs.flatMap((spec, c) => {
    if (!isNumericSpec(spec)) return [];
    const values = frame.columns[c]!.filter((value) => !Number.isNaN(value)).sort();
    if (values.length < LEAST_ROWS) return [];
    const [min, max] = [values[0]!, values.at(-1)!];
    if (min === max) return [];
    const column = spec.name;
    const found: Candidate[] = [];
    const add = (said: Candidate['said'], tier: 1 | 2) => found.push({ said, tier, expected: null, applies: null });
    const isDate = spec.kind === 'datetime';
    const step = isDate ? null : gridStep(values, spec.decimals);
    if (step !== null && (max - min) / step <= MOST_STEPS) {
      add({ kind: 'range', column, min, max, step }, 1);
      return found;
    }
    if (!isDate && spec.kind === 'continuous') {
      const whole = values.filter(Number.isInteger).length;
      if (whole >= 0.995 * values.length) add({ kind: 'whole', column }, 1);
    }
    if (!isDate && min >= 0 && min <= NEAR_ZERO * (max - min)) {
      const natural = [1, 100].find((end) => max <= end && max >= 0.9 * end);
      add({ kind: 'range', column, min: 0, max: natural ?? null }, natural || min === 0 ? 1 : 2);
    } else add({ kind: 'range', column, min, max }, 2);
    return found;
  });
}

/** The largest step that all values are multiples of, where it is coarser than the recorded decimals; else null. */
function gridStep(sorted: Float64Array, decimals: number): number | null {
  const factor = 10 ** decimals;
  let step = 0;
  let distinct = 0;
  const first = Math.round(sorted[0]! * factor);
  for (let i = 1; i < sorted.length; i++) {
    if (sorted[i] === sorted[i - 1]) continue;
    distinct++;
    step = greatestDivisor(Math.round(sorted[i]! * factor) - first, step);
    if (step === 1) return null;
  }
  return step > 1 && distinct >= 2 ? step / factor : null;
}

function greatestDivisor(a: number, b: number): number {
  let [x, y] = [Math.abs(a), Math.abs(b)];
  while (y > 0) [x, y] = [y, x % y];
  return x;
}
