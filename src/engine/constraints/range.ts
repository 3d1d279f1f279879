import type { RangeRule } from './rule';
import { badRule, boundText, defineRuleKind, numericIndex, ruleState } from './ruleKind';

/** min <= column <= max, both ends included; a null end is open. */
export const range = defineRuleKind<RangeRule>({
  kind: 'range',
  label: 'Range',
  compile(rule, specs) {
    const index = numericIndex(rule, rule.column, specs);
    if (rule.min === null && rule.max === null) badRule(rule, 'it has neither a smallest nor a largest value');
    const min = rule.min ?? -Infinity;
    const max = rule.max ?? Infinity;
    if (Number.isNaN(min) || Number.isNaN(max)) badRule(rule, 'a bound is not a number');
    if (min > max) badRule(rule, `the smallest value ${min} is above the largest ${max}`);
    return {
      rule,
      columns: [index],
      state(columns, row) {
        const value = columns[index]![row]!;
        if (Number.isNaN(value)) return ruleState.unknown;
        return value >= min && value <= max ? ruleState.kept : ruleState.broken;
      },
    };
  },
  describe({ column, min, max }, specs) {
    const spec = specs.find(({ name }) => name === column);
    const text = (value: number) => boundText(value, spec);
    if (min !== null && max !== null) {
      return min === max ? `${column} is ${text(min)}` : `${column} is between ${text(min)} and ${text(max)}`;
    }
    if (min !== null) return `${column} is at least ${text(min)}`;
    return max !== null ? `${column} is at most ${text(max)}` : `${column} is anything`;
  },
});
