import { isNumericSpec } from '../../data/frame';
import { findFormula } from '../../mechanisms/formulas/findFormula';
import type { Task } from '../../task';
import { printName } from '../language/printExpression';
import type { Candidate, Search } from './candidate';

/** More numbers than this are not searched for formulas: each is tried on all others. */
const MOST_NUMBERS = 40;

/**
 * Numbers that are calculated from others without noise. c = a b can be read as a = c / b too: of each set of columns the
 * one that neither divides nor subtracts is told, unless more than a few rows are against it.
 */
export async function formulaRules({ frame }: Search, task: Task): Promise<Candidate[]> {
  const numbers = frame.specs
    .flatMap((spec, c) => (isNumericSpec(spec) && spec.kind !== 'datetime' ? [c] : []))
    .slice(0, MOST_NUMBERS);
  const found = [];
  for (const [i, child] of numbers.entries()) {
    await task.checkpoint(i / numbers.length, 'Looking for formulas');
    const others = numbers.filter((c) => c !== child);
    const one = findFormula(
      frame.specs[child]!,
      // The names as the row language writes them, so that the formula is a text of it.
      others.map((c) => ({ ...frame.specs[c]!, name: printName(frame.specs[c]!.name) })),
      frame.columns[child]!,
      others.map((c) => frame.columns[c]!),
    );
    if (one) found.push({ ...one, column: frame.specs[child]!.name });
  }
  const told = new Set<string>();
  return found
    .sort(
      (a, b) =>
        Number(isDoubtful(a)) - Number(isDoubtful(b)) ||
        Number(/[-/]/.test(a.text)) - Number(/[-/]/.test(b.text)) ||
        a.counterexamples - b.counterexamples ||
        a.parents.length - b.parents.length,
    )
    .filter(({ column, parents }) => {
      const key = [printName(column), ...parents].sort().join('\n');
      const isNew = !told.has(key);
      told.add(key);
      return isNew;
    })
    .map(({ column, text, rows }) => ({
      said: { kind: 'formula', column, formula: text, tolerance: 0 },
      tier: 1,
      // Nearly every row would miss the formula by chance.
      expected: rows,
      applies: null,
    }));
}

const isDoubtful = ({ counterexamples, rows }: { readonly counterexamples: number; readonly rows: number }): boolean =>
  counterexamples > 0.005 * rows;
