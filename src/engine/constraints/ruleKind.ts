import type { ValueSpec } from '../data/frame';
import { EngineError } from '../errors';
import type { Rule } from './rule';

/** What a rule says of one row. A missing cell makes it `unknown`, which never counts as broken. */
export const ruleState = { kept: 0, broken: 1, unknown: 2 } as const;
export type RuleState = (typeof ruleState)[keyof typeof ruleState];

/** A rule bound to the columns of a frame. */
export interface CompiledRule {
  readonly rule: Rule;
  /** Indices of the columns it reads, in frame order of the specs it was compiled for. */
  readonly columns: readonly number[];
  /** The rule's state for one row of columns in spec order. */
  state(columns: readonly Float64Array[], row: number): RuleState;
}

/** One kind of rule: how it is checked, bound to columns and put in words. */
export interface RuleKindDefinition<R extends Rule> {
  readonly kind: R['kind'];
  readonly label: string;
  /**
   * @throws EngineError `bad-rule` for an unknown column or level, a bound that is not a number, or a rule that
   * contradicts itself.
   */
  compile(rule: R, specs: readonly ValueSpec[]): CompiledRule;
  /** The rule in plain words, without its reason. */
  describe(rule: R, specs: readonly ValueSpec[]): string;
}

export const defineRuleKind = <R extends Rule>(definition: RuleKindDefinition<R>): RuleKindDefinition<R> => definition;

/** @throws EngineError `bad-rule` always; the sentence names the rule. */
export function badRule(rule: Rule, what: string): never {
  throw new EngineError('bad-rule', `Rule "${rule.id}" cannot be applied: ${what}.`, { rule: rule.id });
}

/** @throws EngineError `bad-rule` for a name that none of the columns has. */
export function columnIndex(rule: Rule, name: string, specs: readonly ValueSpec[]): number {
  const index = specs.findIndex((spec) => spec.name === name);
  return index >= 0 ? index : badRule(rule, `there is no column "${name}"`);
}

/** @throws EngineError `bad-rule` where the column holds categories. */
export function numericIndex(rule: Rule, name: string, specs: readonly ValueSpec[]): number {
  const index = columnIndex(rule, name, specs);
  return specs[index]!.levels ? badRule(rule, `"${name}" holds categories, not numbers`) : index;
}

/** @throws EngineError `bad-rule` for a text that is no level of the column. */
export function levelCode(rule: Rule, spec: ValueSpec, text: string): number {
  const code = spec.levels!.indexOf(text);
  if (code >= 0) return code;
  const shown = spec.levels!.slice(0, 5).join(', ');
  return badRule(
    rule,
    `"${spec.name}" has no level "${text}" (it has ${shown}${spec.levels!.length > 5 ? ', ...' : ''})`,
  );
}

/** A bound in the words of its column: a date for a date column, else the number. */
export function boundText(value: number, spec: ValueSpec | undefined): string {
  if (spec?.kind !== 'datetime' || !Number.isFinite(value)) return String(value);
  const text = new Date(value).toISOString();
  return text.endsWith('T00:00:00.000Z') ? text.slice(0, 10) : text.slice(0, 19).replace('T', ' ');
}
