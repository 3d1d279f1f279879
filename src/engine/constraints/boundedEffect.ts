import { called } from './language/parseExpression';
import { printName } from './language/printExpression';
import { textError } from './language/textError';
import { readName, readNumber } from './readNames';
import type { BoundedEffectRule } from './rule';
import { badRule, columnIndex, defineRuleKind } from './ruleKind';

/**
 * Between any two values of `cause` the centre of `effect` differs by at most `most`, its other causes being equal: in
 * units of the column, in log odds for a category. A limit on its mechanism.
 */
export const boundedEffect = defineRuleKind<BoundedEffectRule>({
  kind: 'bounded-effect',
  label: 'Size of an effect',
  help: 'Whatever a cause does, its effect moves by no more than you say.',
  acts: 'mechanism',
  columns: ({ cause, effect }) => [...new Set([cause, effect])],
  meaning(rule, specs) {
    if (columnIndex(rule, rule.cause, specs) === columnIndex(rule, rule.effect, specs))
      badRule(rule, `"${rule.cause}" cannot be its own cause`);
    if (!(rule.most >= 0 && Number.isFinite(rule.most)))
      badRule(rule, 'the largest effect is not a number of at least 0');
    return null;
  },
  describe: ({ cause, effect, most }) => `the effect of ${cause} on ${effect} is at most ${most}`,
  print: ({ cause, effect, most }) => `effect of ${printName(cause)} on ${printName(effect)} at most ${most}`,
  read(reader) {
    if (!reader.takes('effect')) return null;
    reader.expect('of', 'after "effect"');
    const cause = readName(reader, 'after "of"');
    reader.expect('on', 'after the cause');
    const effect = readName(reader, 'after "on"');
    reader.expect('at', 'before "most"');
    reader.expect('most', 'after "at"');
    const token = reader.peek();
    const most = readNumber(reader);
    if (most === null) throw textError(token, `expected a number after "at most", found ${called(token)}.`);
    return { kind: 'bounded-effect', cause, effect, most };
  },
});
