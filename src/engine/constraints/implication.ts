import { conditionExpression, conditionMeaning, conditionOf, conditionsOf, describeCondition } from './condition';
import { type Expression, write } from './language/expression';
import { printExpression } from './language/printExpression';
import type { ImplicationRule } from './rule';
import { defineRuleKind } from './ruleKind';

/**
 * When every condition of `when` holds, `then` must hold; without conditions `then` must always hold. Missing cells
 * follow three-valued logic: one condition known to fail keeps the rule, whatever is unknown beside it.
 */
export const implication = defineRuleKind<ImplicationRule>({
  kind: 'implication',
  label: 'If … then …',
  help: 'One value follows from others, such as no dose without treatment.',
  acts: 'row',
  columns: ({ when, then }) => [...new Set([...when, then].map(({ column }) => column))],
  meaning(rule, specs) {
    const then = conditionMeaning(rule, rule.then, specs);
    const [first, ...more] = rule.when.map((condition) => conditionMeaning(rule, condition, specs));
    return first ? write.if(write.all([first, ...more]), then) : then;
  },
  describe({ when, then }, specs) {
    const result = describeCondition(then, specs);
    return when.length === 0
      ? `${result}, always`
      : `${result} whenever ${when.map((condition) => describeCondition(condition, specs)).join(' and ')}`;
  },
  print({ when, then }, specs) {
    const result = conditionExpression(then, specs);
    const [first, ...more] = when.map((condition) => conditionExpression(condition, specs));
    return printExpression(first ? write.if(write.all([first, ...more]), result) : result);
  },
  recognise(expression: Expression, _, specs) {
    const isStatement = expression.type === 'if' && !expression.otherwise;
    const when = isStatement ? conditionsOf(expression.condition, specs) : [];
    const then = conditionOf(isStatement ? expression.result : expression, specs);
    return when && then ? { kind: 'implication', when, then } : null;
  },
});
