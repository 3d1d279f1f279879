import type { ValueSpec } from '../data/frame';
import { EngineError } from '../errors';
import type { Expression } from './language/expression';
import type { Reader } from './language/parseExpression';
import { printDate } from './language/printExpression';
import type { Rule, Said } from './rule';

/** What a rule says of one row. A missing cell makes it `unknown`, which never counts as broken. */
export const ruleState = { kept: 0, broken: 1, unknown: 2 } as const;
export type RuleState = (typeof ruleState)[keyof typeof ruleState];

/** One kind of rule: what it means, how it is put in words and in text, and where it acts. */
export interface RuleKindDefinition<R extends Rule> {
  readonly kind: R['kind'];
  /** For the chooser. */
  readonly label: string;
  /** One sentence: when to use it. */
  readonly help: string;
  /**
   * Where it is kept: by turning rows down while they are drawn, inside the mechanism of a column, or on the map. What a
   * mechanism keeps may have a meaning for rows as well.
   */
  readonly acts: 'row' | 'mechanism' | 'map';
  /** Names of the columns it speaks of, each once. */
  columns(rule: R): string[];
  /**
   * The statement of the row language that it makes of every row; null where it says nothing of single rows.
   * @throws EngineError `bad-rule` for an unknown column or level, a bound that is not a number, or a rule that
   * contradicts itself.
   */
  meaning(rule: R, specs: readonly ValueSpec[]): Expression | null;
  /** The rule in plain words, without its reason. */
  describe(rule: R, specs: readonly ValueSpec[]): string;
  /** One line of text that `read` or `recognise` make the same rule of. */
  print(rule: R, specs: readonly ValueSpec[]): string;
  /** Reads a text that begins with a word of this kind, such as "fixed"; null where it does not. */
  read?(reader: Reader): Said<R> | null;
  /** Takes an expression that is of this kind, with what follows it ("step 10"); null where it is not. */
  recognise?(expression: Expression, reader: Reader, specs: readonly ValueSpec[]): Said<R> | null;
}

export const defineRuleKind = <R extends Rule>(definition: RuleKindDefinition<R>): RuleKindDefinition<R> => definition;

/** @throws EngineError `bad-rule` always; the sentence says what cannot be done and why. */
export function badRule(rule: Rule, what: string): never {
  throw new EngineError('bad-rule', `This rule cannot be applied: ${what}.`, { rule: rule.id });
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

export const specOf = (name: string, specs: readonly ValueSpec[]): ValueSpec | undefined =>
  specs.find((spec) => spec.name === name);

/** A bound in the words of its column: a date for a date column, else the number. */
export const boundText = (value: number, spec: ValueSpec | undefined): string =>
  spec?.kind === 'datetime' && Number.isFinite(value) ? printDate(value) : String(value);
