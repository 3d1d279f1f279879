import type { Rule } from './rule';

/** Names of the columns a rule looks at, each once. */
export function ruleColumns(rule: Rule): string[] {
  switch (rule.kind) {
    case 'range':
    case 'allowed':
      return [rule.column];
    case 'order':
      return [...new Set([rule.lower, rule.upper])];
    case 'implication':
      return [...new Set([...rule.when.map(({ column }) => column), rule.then.column])];
  }
}
