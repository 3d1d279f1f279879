import { called } from './language/parseExpression';
import { textError } from './language/textError';
import { readNumber } from './readNames';
import type { SupportRule } from './rule';
import { badRule, defineRuleKind } from './ruleKind';

/** No synthetic row lies farther out than all but a given share of the real rare rows. */
export const support = defineRuleKind<SupportRule>({
  kind: 'support',
  label: 'Near the real rare rows',
  help: 'No synthetic row lies where hardly any real rare row does.',
  acts: 'row',
  columns: () => [],
  meaning(rule) {
    if (!(rule.least > 0 && rule.least < 1))
      badRule(rule, 'the least support is a number between 0 and 1, such as 0.02');
    return null;
  },
  describe: ({ least }) =>
    `no row lies farther out than ${Number(((1 - least) * 100).toPrecision(6))} % of the real rare rows`,
  print: ({ least }) => `support at least ${least}`,
  read(reader) {
    if (!reader.takes('support')) return null;
    reader.expect('at', 'after "support"');
    reader.expect('least', 'after "at"');
    const token = reader.peek();
    const least = readNumber(reader);
    if (least === null) throw textError(token, `expected a number after "at least", found ${called(token)}.`);
    return { kind: 'support', least };
  },
});
