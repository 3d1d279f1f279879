import type { ValueSpec } from '../data/frame';
import type { AllowedRule } from './rule';
import { badRule, columnIndex, defineRuleKind, levelCode, ruleState } from './ruleKind';

/** The column takes only the listed values. Numbers are compared as numbers: "1.0" allows 1. */
export const allowed = defineRuleKind<AllowedRule>({
  kind: 'allowed',
  label: 'Allowed values',
  compile(rule, specs) {
    const index = columnIndex(rule, rule.column, specs);
    const values = new Set(allowedValues(rule, specs[index]!));
    return {
      rule,
      columns: [index],
      state(columns, row) {
        const value = columns[index]![row]!;
        if (Number.isNaN(value)) return ruleState.unknown;
        return values.has(value) ? ruleState.kept : ruleState.broken;
      },
    };
  },
  describe: ({ column, values }) =>
    values.length === 1 ? `${column} is ${values[0]}` : `${column} is one of ${values.join(', ')}`,
});

/**
 * The allowed values as a frame holds them: level codes, or numbers.
 * @throws EngineError `bad-rule` for an empty list, an unknown level, or a text that is not a number.
 */
export function allowedValues(rule: AllowedRule, spec: ValueSpec): readonly number[] {
  if (rule.values.length === 0) badRule(rule, `it allows no value for "${rule.column}"`);
  if (spec.levels) return rule.values.map((text) => levelCode(rule, spec, text));
  return rule.values.map((text) => {
    const value = text.trim() === '' ? Number.NaN : Number(text);
    return Number.isFinite(value)
      ? value
      : badRule(rule, `"${text}" is not a number, and "${rule.column}" holds numbers`);
  });
}
