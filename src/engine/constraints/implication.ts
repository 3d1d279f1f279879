import { compileCondition, describeCondition } from './condition';
import type { ImplicationRule } from './rule';
import { defineRuleKind, ruleState } from './ruleKind';

/**
 * When every condition of `when` holds, `then` must hold; without conditions `then` must always hold. Missing cells
 * follow three-valued logic: one condition known to fail keeps the rule, whatever is unknown beside it.
 */
export const implication = defineRuleKind<ImplicationRule>({
  kind: 'implication',
  label: 'If ... then ...',
  compile(rule, specs) {
    const when = rule.when.map((condition) => compileCondition(rule, condition, specs));
    const then = compileCondition(rule, rule.then, specs);
    return {
      rule,
      columns: [...new Set([...when, then].map(({ column }) => column))],
      state(columns, row) {
        const result = columns[then.column]![row]!;
        let unknown = Number.isNaN(result);
        if (!unknown && then.holds(result)) return ruleState.kept;
        for (const { column, holds } of when) {
          const value = columns[column]![row]!;
          if (Number.isNaN(value)) unknown = true;
          else if (!holds(value)) return ruleState.kept;
        }
        return unknown ? ruleState.unknown : ruleState.broken;
      },
    };
  },
  describe({ when, then }, specs) {
    const result = describeCondition(then, specs);
    return when.length === 0
      ? `${result}, always`
      : `${result} whenever ${when.map((condition) => describeCondition(condition, specs)).join(' and ')}`;
  },
});
