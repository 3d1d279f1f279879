import { columnsOf, type Expression, partsOf } from './language/expression';
import { parseExpression } from './language/parseExpression';
import { printName } from './language/printExpression';
import type { Rule } from './rule';

/** Fields of rules that hold the name of a column, in every kind. */
const nameFields = new Set(['column', 'lower', 'upper', 'cause', 'effect']);
/** Fields that hold an expression of the row language. */
const textFields = new Set(['formula', 'text']);

/** The rule with its columns renamed, names inside its expressions too; others stay as they are. */
export function renameColumns<R extends Rule>(rule: R, nameOf: (column: string) => string): R {
  const visit = (value: unknown, field: string): unknown => {
    if (typeof value === 'string') {
      if (nameFields.has(field) || field === 'tiers') return nameOf(value);
      return textFields.has(field) ? renameInText(value, nameOf) : value;
    }
    if (Array.isArray(value)) return value.map((item) => visit(item, field));
    if (typeof value === 'object' && value !== null)
      return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, visit(inner, key)]));
    return value;
  };
  return visit(rule, '') as R;
}

/** From the last mention to the first, so that earlier places still hold. A text that does not read stays as it is. */
function renameInText(text: string, nameOf: (column: string) => string): string {
  const mentions: { readonly from: number; readonly to: number; readonly name: string }[] = [];
  const collect = (part: Expression) => {
    if (part.type === 'column') mentions.push({ ...part.at, name: part.name });
    partsOf(part).forEach(collect);
  };
  try {
    const expression = parseExpression(text);
    if (columnsOf(expression).every((name) => nameOf(name) === name)) return text;
    collect(expression);
  } catch {
    return text;
  }
  return mentions
    .toSorted((a, b) => b.from - a.from)
    .reduce((now, { from, to, name }) => now.slice(0, from) + printName(nameOf(name)) + now.slice(to), text);
}
