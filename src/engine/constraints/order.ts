import { write } from './language/expression';
import { printName } from './language/printExpression';
import { columnName } from './literal';
import { printBounds, readBounds } from './readNames';
import type { OrderRule } from './rule';
import { badRule, columnIndex, defineRuleKind } from './ruleKind';

/**
 * lower <= upper in every row, or lower < upper where strict. Both are numbers, both dates, or both ordered categories
 * with the same levels in the same order. A gap bounds upper - lower: in days for dates, not for categories.
 */
export const order = defineRuleKind<OrderRule>({
  kind: 'order',
  label: 'Order of two columns',
  help: 'One column is never above another, such as admission before discharge.',
  acts: 'row',
  columns: ({ lower, upper }) => [...new Set([lower, upper])],
  meaning(rule, specs) {
    const a = specs[columnIndex(rule, rule.lower, specs)]!;
    const b = specs[columnIndex(rule, rule.upper, specs)]!;
    if (a === b) badRule(rule, `it compares "${rule.lower}" with itself`);
    if ((a.kind === 'datetime') !== (b.kind === 'datetime') || (a.levels === null) !== (b.levels === null))
      badRule(rule, `"${rule.lower}" and "${rule.upper}" cannot be compared: they hold different kinds of value`);
    if (a.levels && (a.kind !== 'ordinal' || b.kind !== 'ordinal' || a.levels.join('\n') !== b.levels!.join('\n')))
      badRule(rule, `"${rule.lower}" and "${rule.upper}" are not ordered categories with the same levels`);
    const [low, high] = [write.column(rule.lower), write.column(rule.upper)];
    const ordered = write.binary(low, rule.strict ? '<' : '<=', high);
    if (!rule.gap) return ordered;
    const { min, max } = rule.gap;
    if (a.levels) badRule(rule, `a gap needs numbers or dates, and "${rule.lower}" holds categories`);
    if ((min ?? 0) < 0) badRule(rule, `a gap of ${min} would turn the order round`);
    if (min !== null && max !== null && min > max) badRule(rule, `the least gap ${min} is above the largest ${max}`);
    if (min === null && max === null) return ordered;
    const gap = write.within(
      write.binary(high, '-', low),
      min === null ? null : write.number(min),
      max === null ? null : write.number(max),
    );
    return write.all([ordered, gap]);
  },
  describe({ lower, upper, strict, gap }, specs) {
    const isDate = specs.find(({ name }) => name === lower)?.kind === 'datetime';
    const words = `${lower} is ${isDate ? (strict ? 'before' : 'not after') : strict ? 'below' : 'at most'} ${upper}`;
    const unit = isDate ? ' days' : '';
    if (!gap || (gap.min === null && gap.max === null)) return words;
    if (gap.min !== null && gap.max !== null) return `${words}, ${gap.min} to ${gap.max}${unit} apart`;
    return `${words}, ${gap.min === null ? `at most ${gap.max}` : `at least ${gap.min}`}${unit} apart`;
  },
  print: ({ lower, upper, strict, gap }) =>
    `${printName(lower)} ${strict ? '<' : '<='} ${printName(upper)}${
      gap && (gap.min !== null || gap.max !== null) ? ` gap ${printBounds(gap)}` : ''
    }`,
  recognise(expression, reader) {
    if (expression.type !== 'binary') return null;
    const { operator } = expression;
    const [left, right] = [columnName(expression.left), columnName(expression.right)];
    if (left === null || right === null || operator === '=' || operator === '!=') return null;
    if (operator !== '<' && operator !== '<=' && operator !== '>' && operator !== '>=') return null;
    const [lower, upper] = operator.startsWith('<') ? [left, right] : [right, left];
    const gap = reader.takes('gap') ? readBounds(reader, 'after "gap"') : null;
    return { kind: 'order', lower, upper, strict: operator.length === 1, ...(gap ? { gap } : {}) };
  },
});
