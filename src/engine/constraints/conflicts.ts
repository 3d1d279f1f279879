import type { ValueSpec } from '../data/frame';
import { EngineError } from '../errors';
import { allowedValues } from './allowed';
import { describeRule } from './catalogue';
import type { Rule } from './rule';

/** What one rule alone leaves possible for one column. */
interface Possible {
  readonly rule: Rule;
  readonly min: number;
  readonly max: number;
  /** Null: any value between min and max. */
  readonly values: ReadonlySet<number> | null;
}

/**
 * Refuses two rules that no row can keep together: ranges that do not meet, lists of allowed values without a common
 * one (or none inside the range), and columns that are ordered both ways round.
 * Only single columns and pairs of order rules are looked at; conflicts that need a chain show up as refused rows.
 * @throws EngineError `rule-conflict` that names both rules.
 */
export function refuseConflicts(rules: readonly Rule[], specs: readonly ValueSpec[]): void {
  for (const spec of specs) {
    const possible = rules.flatMap((rule) => possibleValues(rule, spec));
    for (const [i, a] of possible.entries()) {
      for (const b of possible.slice(i + 1)) if (!compatible(a, b)) refuse(a.rule, b.rule, specs);
    }
  }
  const orders = rules.filter((rule) => rule.kind === 'order');
  const possibleOf = (name: string) =>
    rules.flatMap((rule) => possibleValues(rule, specs.find((spec) => spec.name === name)!));
  for (const [i, a] of orders.entries()) {
    for (const b of orders.slice(i + 1)) {
      if (a.lower === b.upper && a.upper === b.lower && (a.strict || b.strict)) refuse(a, b, specs);
    }
    for (const low of possibleOf(a.lower)) {
      for (const high of possibleOf(a.upper)) {
        if (low.min > high.max || (a.strict && low.min === high.max)) refuse(low.rule, high.rule, specs, a);
      }
    }
  }
}

function possibleValues(rule: Rule, spec: ValueSpec): readonly Possible[] {
  if (rule.kind === 'range' && rule.column === spec.name)
    return [{ rule, min: rule.min ?? -Infinity, max: rule.max ?? Infinity, values: null }];
  if (rule.kind === 'allowed' && rule.column === spec.name) {
    const values = allowedValues(rule, spec);
    return [{ rule, min: Math.min(...values), max: Math.max(...values), values: new Set(values) }];
  }
  return [];
}

function compatible(a: Possible, b: Possible): boolean {
  const min = Math.max(a.min, b.min);
  const max = Math.min(a.max, b.max);
  if (min > max) return false;
  const listed = a.values ?? b.values;
  if (!listed) return true;
  return [...listed].some(
    (value) => value >= min && value <= max && (a.values?.has(value) ?? true) && (b.values?.has(value) ?? true),
  );
}

function refuse(a: Rule, b: Rule, specs: readonly ValueSpec[], third?: Rule): never {
  const words = (rule: Rule) => `"${describeRule(rule, specs)}"`;
  const given = third ? ` while ${words(third)}` : '';
  throw new EngineError(
    'rule-conflict',
    `No row can keep both ${words(a)} and ${words(b)}${given}: change or switch off one of them.`,
    { rules: [a.id, b.id, ...(third ? [third.id] : [])] },
  );
}
