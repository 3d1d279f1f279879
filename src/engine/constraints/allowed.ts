import type { ValueSpec } from '../data/frame';
import type { Expression } from './language/expression';
import { write } from './language/expression';
import { printName, printText } from './language/printExpression';
import { columnName, literal, literalLevel, literalValue } from './literal';
import type { AllowedRule } from './rule';
import { badRule, columnIndex, defineRuleKind, levelCode, specOf } from './ruleKind';

/** The column takes only the listed values. Numbers are compared as numbers: "1.0" allows 1. */
export const allowed = defineRuleKind<AllowedRule>({
  kind: 'allowed',
  label: 'Allowed values',
  help: 'A column takes one of a few values.',
  acts: 'row',
  columns: ({ column }) => [column],
  meaning(rule, specs) {
    const spec = specs[columnIndex(rule, rule.column, specs)]!;
    const values = allowedValues(rule, spec).map((value, i) =>
      spec.levels ? write.text(rule.values[i]!) : literal(value, spec),
    );
    return write.in(write.column(rule.column), values);
  },
  describe: ({ column, values }) =>
    values.length === 1 ? `${column} is ${values[0]}` : `${column} is one of ${values.join(', ')}`,
  print({ column, values }, specs) {
    const isText = Boolean(specOf(column, specs)?.levels) || values.some((value) => !isNumber(value));
    return `${printName(column)} in (${values.map((value) => (isText ? printText(value) : String(Number(value)))).join(', ')})`;
  },
  recognise(expression, _, specs) {
    const found = listed(expression);
    const column = found && columnName(found.operand);
    if (column === null || !found) return null;
    const spec = specOf(column, specs);
    const values = found.values.map((value) => {
      if (spec?.levels) return literalLevel(value, spec);
      const number = spec?.kind === 'datetime' ? null : literalValue(value, spec);
      return number === null ? null : String(number);
    });
    return values.some((value) => value === null)
      ? null
      : { kind: 'allowed', column, values: values.filter((value) => value !== null) };
  },
});

const isNumber = (text: string): boolean => text.trim() !== '' && Number.isFinite(Number(text));

function listed(
  expression: Expression,
): { readonly operand: Expression; readonly values: readonly Expression[] } | null {
  if (expression.type === 'in' && !expression.isNegated) return expression;
  return expression.type === 'binary' && expression.operator === '='
    ? { operand: expression.left, values: [expression.right] }
    : null;
}

/**
 * The allowed values as a frame holds them: level codes, or numbers.
 * @throws EngineError `bad-rule` for an empty list, an unknown level, or a text that is not a number.
 */
function allowedValues(rule: AllowedRule, spec: ValueSpec): readonly number[] {
  if (rule.values.length === 0) badRule(rule, `it allows no value for "${rule.column}"`);
  if (spec.levels) return rule.values.map((text) => levelCode(rule, spec, text));
  return rule.values.map((text) =>
    isNumber(text) ? Number(text) : badRule(rule, `"${text}" is not a number, and "${rule.column}" holds numbers`),
  );
}
