import { printName } from './language/printExpression';
import { columnName } from './literal';
import { readName } from './readNames';
import type { MonotoneRule } from './rule';
import { badRule, columnIndex, defineRuleKind } from './ruleKind';

/** More of `cause` never means less (never more) of `effect`, its other causes being equal: a limit on its mechanism. */
export const monotone = defineRuleKind<MonotoneRule>({
  kind: 'monotone',
  label: 'Rises or falls with',
  help: 'More of a cause never means less of its effect, other causes being equal.',
  acts: 'mechanism',
  columns: ({ cause, effect }) => [...new Set([cause, effect])],
  meaning(rule, specs) {
    const cause = specs[columnIndex(rule, rule.cause, specs)]!;
    const effect = specs[columnIndex(rule, rule.effect, specs)]!;
    if (cause === effect) badRule(rule, `"${rule.cause}" cannot be its own cause`);
    for (const { name, kind } of [cause, effect])
      if (kind === 'nominal') badRule(rule, `the levels of "${name}" have no order, so nothing rises with it`);
    return null;
  },
  describe: ({ cause, effect, direction }) =>
    `${effect} never ${direction === 'rises' ? 'falls' : 'rises'} as ${cause} rises, other causes being equal`,
  print: ({ cause, effect, direction }) => `${printName(effect)} ${direction} with ${printName(cause)}`,
  recognise(expression, reader) {
    const effect = columnName(expression);
    const direction = reader.isAt('rises') ? 'rises' : reader.isAt('falls') ? 'falls' : null;
    if (effect === null || direction === null) return null;
    reader.take();
    reader.expect('with', `after "${direction}"`);
    return { kind: 'monotone', effect, direction, cause: readName(reader, 'after "with"') };
  },
});
