import type { ValueSpec } from '../data/frame';
import { allowed } from './allowed';
import { implication } from './implication';
import { order } from './order';
import { range } from './range';
import type { Rule, RuleKind } from './rule';
import type { CompiledRule, RuleKindDefinition } from './ruleKind';

/** Every kind of rule, in the order of the chooser. */
export const ruleKinds = { range, allowed, order, implication } as const satisfies {
  readonly [K in RuleKind]: RuleKindDefinition<Extract<Rule, { kind: K }>>;
};

// A rule's kind picks its own definition, which the type system cannot follow through a lookup.
const kindOf = (rule: Rule) => ruleKinds[rule.kind] as unknown as RuleKindDefinition<Rule>;

/** @throws EngineError `bad-rule` with a sentence that names the rule and what is wrong with it. */
export const compileRule = (rule: Rule, specs: readonly ValueSpec[]): CompiledRule => kindOf(rule).compile(rule, specs);

/** The rule in plain words: "dose is 0 whenever treat is no". `specs` let dates be written as dates. */
export const describeRule = (rule: Rule, specs: readonly ValueSpec[] = []): string =>
  kindOf(rule).describe(rule, specs);
