import { write } from './language/expression';
import { printName } from './language/printExpression';
import { readName } from './readNames';
import type { WholeRule } from './rule';
import { badRule, defineRuleKind, numericIndex } from './ruleKind';

/** The column takes whole numbers only. */
export const whole = defineRuleKind<WholeRule>({
  kind: 'whole',
  label: 'Whole numbers',
  help: 'A count: it takes whole numbers only.',
  acts: 'mechanism',
  columns: ({ column }) => [column],
  meaning(rule, specs) {
    const spec = specs[numericIndex(rule, rule.column, specs)]!;
    if (spec.kind === 'datetime') badRule(rule, `"${rule.column}" holds dates, not numbers`);
    const column = write.column(rule.column);
    return write.binary(column, '=', write.call('round', column));
  },
  describe: ({ column }) => `${column} is a whole number`,
  print: ({ column }) => `whole ${printName(column)}`,
  read: (reader) => (reader.takes('whole') ? { kind: 'whole', column: readName(reader, 'after "whole"') } : null),
});
