import type { ValueSpec } from '../data/frame';
import { allowed } from './allowed';
import { boundedEffect } from './boundedEffect';
import { expressionRule } from './expressionRule';
import { fixed } from './fixed';
import { forbidden } from './forbidden';
import { formula } from './formula';
import { implication } from './implication';
import type { Expression } from './language/expression';
import { monotone } from './monotone';
import { order } from './order';
import { range } from './range';
import type { Rule, RuleKind } from './rule';
import type { RuleKindDefinition } from './ruleKind';
import { support } from './support';
import { tiers } from './tiers';
import { whole } from './whole';

/** Every kind of rule, in the order of the chooser and of recognition: the freest comes last. */
export const ruleKinds = {
  range,
  whole,
  allowed,
  order,
  formula,
  implication,
  forbidden,
  monotone,
  'bounded-effect': boundedEffect,
  fixed,
  tiers,
  support,
  expression: expressionRule,
} as const satisfies { readonly [K in RuleKind]: RuleKindDefinition<Extract<Rule, { kind: K }>> };

// A rule's kind picks its own definition, which the type system cannot follow through a lookup.
const kindOf = (rule: Rule) => ruleKinds[rule.kind] as unknown as RuleKindDefinition<Rule>;

/** Names of the columns a rule speaks of, each once. */
export const ruleColumns = (rule: Rule): string[] => kindOf(rule).columns(rule);

/**
 * The statement a rule makes of every row; null where it says nothing of single rows.
 * @throws EngineError `bad-rule` with a sentence that says what is wrong with it.
 */
export const ruleMeaning = (rule: Rule, specs: readonly ValueSpec[]): Expression | null =>
  kindOf(rule).meaning(rule, specs);

/** The rule in plain words: "dose is 0 whenever treat is no". `specs` let dates be written as dates. */
export const describeRule = (rule: Rule, specs: readonly ValueSpec[] = []): string =>
  kindOf(rule).describe(rule, specs);
