import type { Frame } from '../data/frame';
import type { MonotoneRule, Rule } from './rule';

/** What the real rows say of a rule about an effect, the other causes as they are: no single row can break such a rule. */
export interface EffectEvidence {
  /** Pairs of rows that differ in cause and effect, and how many of them go against the direction; null for a bound. */
  readonly pairs: { readonly all: number; readonly against: number } | null;
  /** Groups of the cause, lowest first, that were compared. */
  readonly groups: number;
  /** Steps from group to group in which the mean of the effect goes against the direction; null for a bound. */
  readonly stepsAgainst: number | null;
  /** Largest difference between the means of two groups, in units of the effect; null where it is a category. */
  readonly largest: number | null;
}

const MOST_GROUPS = 10;
/** Rows whose pairs are counted, evenly taken: half a million pairs. */
const MOST_PAIRED = 1000;

/** @returns Null for rules of other kinds and where fewer than two values of the cause have been seen. */
export function effectEvidence(rule: Rule, { specs, columns, rows }: Frame): EffectEvidence | null {
  if (rule.kind !== 'monotone' && rule.kind !== 'bounded-effect') return null;
  const at = (name: string) => specs.findIndex((spec) => spec.name === name);
  const cause = columns[at(rule.cause)]!;
  const effect = columns[at(rule.effect)]!;
  const known = Array.from({ length: rows }, (_, i) => i).filter(
    (i) => !Number.isNaN(cause[i]!) && !Number.isNaN(effect[i]!),
  );
  const means = groupMeans(cause, effect, known);
  if (means.length < 2) return null;
  const isNumber = specs[at(rule.effect)]!.levels === null;
  const largest = isNumber ? Math.max(...means) - Math.min(...means) : null;
  if (rule.kind === 'bounded-effect') return { pairs: null, groups: means.length, stepsAgainst: null, largest };
  const sign = directionOf(rule);
  const stepsAgainst = means.slice(1).filter((mean, k) => sign * (mean - means[k]!) < 0).length;
  return { pairs: pairsOf(cause, effect, known, sign), groups: means.length, stepsAgainst, largest };
}

const directionOf = ({ direction }: MonotoneRule): 1 | -1 => (direction === 'rises' ? 1 : -1);

/** Mean of the effect in groups of the cause: its values where they are few, else ten of equal size. */
function groupMeans(cause: Float64Array, effect: Float64Array, known: readonly number[]): number[] {
  const order = [...known].sort((a, b) => cause[a]! - cause[b]! || a - b);
  const distinct = [...new Set(order.map((i) => cause[i]!))];
  const groupOf =
    distinct.length <= MOST_GROUPS
      ? (place: number) => distinct.indexOf(cause[order[place]!]!)
      : (place: number) => Math.floor((place * MOST_GROUPS) / order.length);
  const sums: number[] = [];
  const counts: number[] = [];
  order.forEach((i, place) => {
    const group = groupOf(place);
    sums[group] = (sums[group] ?? 0) + effect[i]!;
    counts[group] = (counts[group] ?? 0) + 1;
  });
  return sums.map((sum, group) => sum / counts[group]!);
}

function pairsOf(cause: Float64Array, effect: Float64Array, known: readonly number[], sign: 1 | -1) {
  const step = Math.max(1, known.length / MOST_PAIRED);
  const taken = Array.from({ length: Math.min(known.length, MOST_PAIRED) }, (_, k) => known[Math.floor(k * step)]!);
  let all = 0;
  let against = 0;
  for (let a = 0; a < taken.length; a++)
    for (let b = 0; b < a; b++) {
      const product =
        Math.sign(cause[taken[a]!]! - cause[taken[b]!]!) * Math.sign(effect[taken[a]!]! - effect[taken[b]!]!);
      if (product === 0) continue;
      all++;
      if (product * sign < 0) against++;
    }
  return { all, against };
}
