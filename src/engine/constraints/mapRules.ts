import { EngineError } from '../errors';
import type { CausalMap } from '../graph/causalMap';
import { describeRule } from './catalogue';
import type { Rule } from './rule';

/** @throws EngineError `bad-map` where an arrow goes from a later group of an enabled order in time to an earlier one. */
export function refuseArrowsBackInTime(rules: readonly Rule[], map: CausalMap): void {
  for (const rule of rules) {
    if (!rule.enabled || rule.kind !== 'tiers') continue;
    const tierOf = (name: string) => rule.tiers.findIndex((group) => group.includes(name));
    const back = map.edges.find(({ from, to, kind }) => kind === '->' && tierOf(to) >= 0 && tierOf(from) > tierOf(to));
    if (back)
      throw new EngineError(
        'bad-map',
        `The arrow ${back.from} -> ${back.to} goes back in time: a rule puts "${back.to}" before "${back.from}". Remove the arrow or change the rule.`,
        { rule: rule.id, from: back.from, to: back.to },
      );
  }
}

/** Rules about an effect that the map has no arrow for: there is nothing they could act on. One sentence each. */
export const rulesWithoutArrow = (rules: readonly Rule[], map: CausalMap): string[] =>
  rules.flatMap((rule) => {
    if (!rule.enabled || (rule.kind !== 'monotone' && rule.kind !== 'bounded-effect')) return [];
    const { cause, effect } = rule;
    return map.edges.some(({ from, to, kind }) => kind === '->' && from === cause && to === effect)
      ? []
      : [`The rule “${describeRule(rule)}” has nothing to act on: the map has no arrow ${cause} -> ${effect}.`];
  });

/**
 * The redraw set without the columns that rules keep from the real row, and without whatever would change them: their
 * causes, near and far. What is left of P(V | Y = m) is drawn given the kept part, so its law stays exact.
 */
export function withoutFixed(
  redraw: readonly string[],
  rules: readonly Rule[],
  map: CausalMap,
  target: string,
): { readonly redraw: readonly string[]; readonly message: string | null } {
  const fixed = rules.flatMap((rule) => (rule.enabled && rule.kind === 'fixed' ? [rule.column] : []));
  if (fixed.length === 0) return { redraw, message: null };
  const kept = new Set(fixed);
  // The target is held anyway, so what lies behind it cannot act through it.
  for (const name of kept)
    for (const { from, to, kind } of map.edges) if (kind === '->' && to === name && from !== target) kept.add(from);
  const causes = redraw.filter((name) => kept.has(name) && !fixed.includes(name));
  return {
    redraw: redraw.filter((name) => !kept.has(name)),
    message:
      causes.length > 0
        ? `${fixed.join(', ')} ${fixed.length === 1 ? 'stays' : 'stay'} as in the real row, and so ${causes.length === 1 ? 'does' : 'do'} ${causes.join(', ')}, which would change ${fixed.length === 1 ? 'it' : 'them'}.`
        : null,
  };
}
