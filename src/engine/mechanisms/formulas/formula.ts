import type { ParentColumns } from '../mechanism';

/** coefficient x product of columns to powers, columns by their place among the parents. */
export interface Monomial {
  readonly coefficient: number;
  readonly factors: readonly { readonly parent: number; readonly power: number }[];
}

/** v = constant + sum of monomials: sums, differences, products, ratios and unit changes are all of this shape. */
export interface Formula {
  readonly constant: number;
  readonly terms: readonly Monomial[];
}

/** The formula's value of every row, shape (n,); NaN where a column it uses is missing or a division has no answer. */
export function evaluateFormula({ constant, terms }: Formula, parents: ParentColumns, rows: number): Float64Array {
  const out = new Float64Array(rows).fill(constant);
  for (const { coefficient, factors } of terms)
    for (let i = 0; i < rows; i++) {
      let product = coefficient;
      for (const { parent, power } of factors) {
        const v = parents[parent]![i]!;
        product *= power === 1 ? v : v ** power;
      }
      out[i]! += product;
    }
  for (let i = 0; i < rows; i++) if (!Number.isFinite(out[i]!)) out[i] = Number.NaN;
  return out;
}

/** Parents the formula uses, in their order. */
export const parentsUsed = ({ terms }: Formula): readonly number[] =>
  [...new Set(terms.flatMap(({ factors }) => factors.map(({ parent }) => parent)))].sort((a, b) => a - b);

/** "2.5 + 0.5 * age - weight / height ^ 2"; names as given, so that quoting is the caller's choice. */
export function formulaText({ constant, terms }: Formula, names: readonly string[]): string {
  const parts = terms.map(({ coefficient, factors }) => {
    const size = Math.abs(coefficient);
    const power = ({ parent, power: p }: Monomial['factors'][number]) =>
      Math.abs(p) === 1 ? names[parent]! : `${names[parent]} ^ ${Math.abs(p)}`;
    const above = factors.filter(({ power: p }) => p > 0).map(power);
    const below = factors.filter(({ power: p }) => p < 0).map(power);
    const head = [...(size === 1 && above.length > 0 ? [] : [numberText(size)]), ...above].join(' * ');
    return { negative: coefficient < 0, text: [head, ...below].join(' / ') };
  });
  const lead = constant !== 0 || parts.length === 0 ? numberText(constant) : '';
  return parts.reduce((text, part, at) => {
    if (at === 0 && lead === '') return part.negative ? `-${part.text}` : part.text;
    return `${text} ${part.negative ? '-' : '+'} ${part.text}`;
  }, lead);
}

const numberText = (value: number): string => String(Number(value.toPrecision(12)));
