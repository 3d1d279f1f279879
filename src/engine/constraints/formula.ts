import type { ValueSpec } from '../data/frame';
import { compileExpression } from './language/compileExpression';
import { columnsOf, write } from './language/expression';
import { parseExpression } from './language/parseExpression';
import { printExpression, printName } from './language/printExpression';
import { textError } from './language/textError';
import { columnName } from './literal';
import { readNumber } from './readNames';
import type { FormulaRule } from './rule';
import { badRule, defineRuleKind, numericIndex } from './ruleKind';

/**
 * |column - formula| <= tolerance. A column is recorded with a number of decimals, so the tolerance is never taken
 * smaller than half a unit of the last one.
 */
export const formula = defineRuleKind<FormulaRule>({
  kind: 'formula',
  label: 'Formula',
  help: 'A column is calculated from others; it is recalculated in every synthetic row.',
  acts: 'mechanism',
  columns: (rule) => [...new Set([rule.column, ...formulaColumns(rule)])],
  meaning(rule, specs) {
    const spec = specs[numericIndex(rule, rule.column, specs)]!;
    const { tolerance } = rule;
    if (!(tolerance >= 0 && Number.isFinite(tolerance))) badRule(rule, 'the tolerance is not a number of at least 0');
    const expression = parseExpression(rule.formula);
    if (columnsOf(expression).includes(rule.column)) badRule(rule, `"${rule.column}" is calculated from itself`);
    const gives = compileExpression(expression, specs).type.kind;
    const wanted = spec.kind === 'datetime' ? 'date' : 'number';
    if (gives !== wanted) badRule(rule, `"${rule.column}" holds ${wanted}s, and the formula gives something else`);
    const difference = write.binary(write.column(rule.column), '-', expression);
    return write.binary(write.call('abs', difference), '<=', write.number(slackOf(rule, spec)));
  },
  describe: ({ column, formula: text, tolerance }) =>
    `${column} is ${text}${tolerance > 0 ? `, give or take ${tolerance}` : ''}`,
  print: ({ column, formula: text, tolerance }) =>
    `${printName(column)} = ${text}${tolerance > 0 ? ` within ${tolerance}` : ''}`,
  recognise(expression, reader) {
    if (expression.type !== 'binary' || expression.operator !== '=') return null;
    const column = columnName(expression.left);
    if (column === null || columnsOf(expression.right).length === 0) return null;
    const start = reader.peek();
    const tolerance = reader.takes('within') ? readNumber(reader) : 0;
    if (tolerance === null || tolerance < 0) throw textError(start, 'after "within" comes a number of at least 0.');
    return { kind: 'formula', column, formula: printExpression(expression.right), tolerance };
  },
});

/** What the column may differ by: the tolerance, or half of its last recorded decimal with a little for rounding. */
export function slackOf({ tolerance }: Pick<FormulaRule, 'tolerance'>, spec: ValueSpec): number {
  // Dates are recorded as written; differences of dates are in days.
  if (spec.kind === 'datetime') return Math.max(tolerance, 1 / 86_400_000);
  return Math.max(tolerance, 0.5 * 10 ** -spec.decimals) * (1 + 1e-9);
}

/** Columns of the formula; none where its text cannot be read, which `meaning` complains of. */
export function formulaColumns({ formula: text }: Pick<FormulaRule, 'formula'>): string[] {
  try {
    return columnsOf(parseExpression(text));
  } catch {
    return [];
  }
}
