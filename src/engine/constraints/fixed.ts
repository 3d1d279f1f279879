import { printName } from './language/printExpression';
import { readName } from './readNames';
import type { FixedRule } from './rule';
import { columnIndex, defineRuleKind } from './ruleKind';

/** A synthetic row keeps the value of the real row it started from. */
export const fixed = defineRuleKind<FixedRule>({
  kind: 'fixed',
  label: 'Kept from the real row',
  help: 'A synthetic row keeps this value of the real row it started from.',
  acts: 'mechanism',
  columns: ({ column }) => [column],
  meaning(rule, specs) {
    columnIndex(rule, rule.column, specs);
    return null;
  },
  describe: ({ column }) => `${column} stays what it is in the real row`,
  print: ({ column }) => `fixed ${printName(column)}`,
  read: (reader) => (reader.takes('fixed') ? { kind: 'fixed', column: readName(reader, 'after "fixed"') } : null),
});
