import { BLOCK_ROWS } from '../../constraints/language/compiled';
import { compileExpression } from '../../constraints/language/compileExpression';
import { parseExpression } from '../../constraints/language/parseExpression';
import type { ValueSpec } from '../../data/frame';
import { insideUnit } from '../locationScale';
import type { Mechanism, MechanismJson, ParentColumns } from '../mechanism';

export interface Calculation {
  readonly child: string;
  /** An expression of the row language over the parents. */
  readonly formula: string;
  readonly parents: readonly ValueSpec[];
  /** Sorted differences between the real values and the formula that its tolerance allows; [0] where it is exact. */
  readonly differences: readonly number[];
}

/**
 * A column that a rule calculates from others: v = f(parents) + r, with r drawn from the differences seen in the real
 * rows. Where the formula is exact the column has no noise of its own. A missing parent makes it missing.
 */
export function calculated(calculation: Calculation): Mechanism {
  const { child, formula, parents: specs, differences } = calculation;
  const expression = compileExpression(parseExpression(formula), specs);
  const n = differences.length;
  const values = (parents: ParentColumns, rows: number): Float64Array => {
    const out = new Float64Array(rows);
    for (let from = 0; from < rows; from += BLOCK_ROWS) {
      const size = Math.min(BLOCK_ROWS, rows - from);
      out.set(expression.evaluate(parents, from, size).subarray(0, size), from);
    }
    return out;
  };
  return {
    family: 'calculated',
    quantile: (parents, noise) =>
      values(parents, noise.length).map((v, i) => v + differences[Math.min(n - 1, Math.floor(noise[i]! * n))]!),
    noise: (parents, given, tieBreak) =>
      values(parents, given.length).map((v, i) => {
        const [low, high] = placeOf(differences, given[i]! - v);
        return insideUnit((low + tieBreak[i]! * (high - low)) / n);
      }),
    // Every value the rule allows is as good as any other; rows that break it are no donors.
    logDensity: (_, given) => new Float64Array(given.length),
    card: () => ({
      family: 'calculated',
      label: 'Calculated by a rule',
      equation: `${child} = ${formula}${n > 1 ? ', with the differences seen in the real rows' : ''}`,
      terms: [],
    }),
    toJSON: () => ({ family: 'calculated', ...calculation }),
  };
}

/** Positions [low, high) of the differences next to one, at least one wide. */
function placeOf(sorted: readonly number[], difference: number): readonly [number, number] {
  if (!Number.isFinite(difference)) return [0, sorted.length];
  let best = 0;
  for (let i = 1; i < sorted.length; i++)
    if (Math.abs(sorted[i]! - difference) < Math.abs(sorted[best]! - difference)) best = i;
  let end = best + 1;
  while (end < sorted.length && sorted[end] === sorted[best]) end++;
  return [best, end];
}

export const calculatedFromJson = (json: MechanismJson): Mechanism =>
  calculated({
    child: json.child as string,
    formula: json.formula as string,
    parents: json.parents as readonly ValueSpec[],
    differences: json.differences as readonly number[],
  });
