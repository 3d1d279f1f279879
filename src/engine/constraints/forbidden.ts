import { conditionExpression, conditionMeaning, conditionsOf, describeCondition } from './condition';
import { write } from './language/expression';
import { printExpression } from './language/printExpression';
import type { ForbiddenRule } from './rule';
import { badRule, defineRuleKind } from './ruleKind';

/** The conditions never hold together. */
export const forbidden = defineRuleKind<ForbiddenRule>({
  kind: 'forbidden',
  label: 'Never together',
  help: 'Some values cannot occur in one row, such as male and pregnant.',
  acts: 'row',
  columns: ({ conditions }) => [...new Set(conditions.map(({ column }) => column))],
  meaning(rule, specs) {
    const [first, ...more] = rule.conditions.map((condition) => conditionMeaning(rule, condition, specs));
    if (!first) badRule(rule, 'it forbids nothing: give at least one condition');
    return write.not(write.all([first!, ...more]));
  },
  describe: ({ conditions }, specs) =>
    `never ${conditions.map((condition) => describeCondition(condition, specs)).join(' and ')}`,
  print({ conditions }, specs) {
    const [first, ...more] = conditions.map((condition) => conditionExpression(condition, specs));
    return `never ${first ? printExpression(write.all([first, ...more])) : ''}`;
  },
  recognise(expression, _, specs) {
    if (expression.type !== 'unary' || expression.operator !== 'not') return null;
    const conditions = conditionsOf(expression.operand, specs);
    return conditions && conditions.length > 1 ? { kind: 'forbidden', conditions } : null;
  },
});
