import { printName } from './language/printExpression';
import { readName } from './readNames';
import type { TiersRule } from './rule';
import { badRule, columnIndex, defineRuleKind } from './ruleKind';

/** No arrow of the map goes back in time: from a later group of columns to an earlier one. */
export const tiers = defineRuleKind<TiersRule>({
  kind: 'tiers',
  label: 'Order in time',
  help: 'Columns by when they are settled; no arrow of the map may go back in time.',
  acts: 'map',
  columns: (rule) => [...new Set(rule.tiers.flat())],
  meaning(rule, specs) {
    const names = rule.tiers.flat();
    for (const name of names) columnIndex(rule, name, specs);
    const twice = names.find((name, i) => names.indexOf(name) !== i);
    if (twice !== undefined) badRule(rule, `"${twice}" stands at two times`);
    if (rule.tiers.filter((group) => group.length > 0).length < 2)
      badRule(rule, 'it needs columns at two times at least');
    return null;
  },
  describe: (rule) => `in time: ${rule.tiers.map((group) => group.join(', ')).join(', then ')}`,
  print: (rule) => `time ${rule.tiers.map((group) => group.map(printName).join(', ')).join(' | ')}`,
  read(reader) {
    if (!reader.takes('time')) return null;
    const groups: string[][] = [[]];
    for (;;) {
      groups.at(-1)!.push(readName(reader, 'of the order in time'));
      if (reader.takes('|')) groups.push([]);
      else if (!reader.takes(',')) return { kind: 'tiers', tiers: groups };
    }
  },
});
