import type { OrderRule } from './rule';
import { badRule, columnIndex, defineRuleKind, ruleState } from './ruleKind';

/**
 * lower <= upper in every row, or lower < upper where strict. Both are numbers, both dates, or both ordered categories
 * with the same levels in the same order.
 */
export const order = defineRuleKind<OrderRule>({
  kind: 'order',
  label: 'Order of two columns',
  compile(rule, specs) {
    const lower = columnIndex(rule, rule.lower, specs);
    const upper = columnIndex(rule, rule.upper, specs);
    const a = specs[lower]!;
    const b = specs[upper]!;
    if (lower === upper) badRule(rule, `it compares "${rule.lower}" with itself`);
    if ((a.kind === 'datetime') !== (b.kind === 'datetime') || (a.levels === null) !== (b.levels === null)) {
      badRule(rule, `"${rule.lower}" and "${rule.upper}" cannot be compared: they hold different kinds of value`);
    }
    if (a.levels && (a.kind !== 'ordinal' || b.kind !== 'ordinal' || a.levels.join('\n') !== b.levels!.join('\n'))) {
      badRule(rule, `"${rule.lower}" and "${rule.upper}" are not ordered categories with the same levels`);
    }
    const { strict } = rule;
    return {
      rule,
      columns: [lower, upper],
      state(columns, row) {
        const low = columns[lower]![row]!;
        const high = columns[upper]![row]!;
        if (Number.isNaN(low) || Number.isNaN(high)) return ruleState.unknown;
        return low < high || (!strict && low === high) ? ruleState.kept : ruleState.broken;
      },
    };
  },
  describe: ({ lower, upper, strict }) => `${lower} is ${strict ? 'below' : 'at most'} ${upper}`,
});
