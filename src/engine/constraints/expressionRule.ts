import { compileStatement } from './language/compileExpression';
import { columnsOf } from './language/expression';
import { parseExpression } from './language/parseExpression';
import { printExpression } from './language/printExpression';
import type { ExpressionRule } from './rule';
import { defineRuleKind } from './ruleKind';

/** Any statement of the row language that is true of every row. */
export const expressionRule = defineRuleKind<ExpressionRule>({
  kind: 'expression',
  label: 'In your own words',
  help: 'Any statement about a row, such as if dose > 20 then weight >= 40.',
  acts: 'row',
  columns({ text }) {
    try {
      return columnsOf(parseExpression(text));
    } catch {
      return []; // `meaning` says what is wrong with the text
    }
  },
  meaning({ text }, specs) {
    const expression = parseExpression(text);
    compileStatement(expression, specs);
    return expression;
  },
  describe: ({ text }) => text,
  print: ({ text }) => text,
  recognise: (expression) => ({ kind: 'expression', text: printExpression(expression) }),
});
