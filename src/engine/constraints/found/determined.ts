import { type Expression, write } from '../language/expression';
import { printExpression } from '../language/printExpression';
import type { Candidate, Search } from './candidate';

const MOST_LEVELS = 60;
const LEAST_ROWS = 5;
/** Levels of the one that must have rows enough to speak of. */
const LEAST_LEVELS = 3;

/**
 * Functional dependencies between categories: each level of the one goes with a single level of the other, as a postcode
 * goes with its town. Told as one statement; a dependency between as many levels is told one way round only.
 */
export function dependencyRules({ frame, leastExpected }: Search): Candidate[] {
  const { specs, columns, rows } = frame;
  const found: Candidate[] = [];
  const told = new Set<string>();
  for (let a = 0; a < specs.length; a++)
    for (let b = 0; b < specs.length; b++) {
      const [one, other] = [specs[a]!, specs[b]!];
      if (a === b || !one.levels || !other.levels || told.has(`${b} ${a}`)) continue;
      if (one.levels.length < LEAST_LEVELS || one.levels.length > MOST_LEVELS || other.levels.length < 2) continue;
      const size = other.levels.length;
      const counts = new Float64Array(one.levels.length * size);
      const totals = new Float64Array(size);
      let known = 0;
      for (let i = 0; i < rows; i++) {
        const [x, y] = [columns[a]![i]!, columns[b]![i]!];
        if (Number.isNaN(x) || Number.isNaN(y)) continue;
        known++;
        counts[x * size + y]! += 1;
        totals[y]! += 1;
      }
      let expected = 0;
      let broken = 0;
      const goesWith = new Map<number, string[]>();
      let speaking = 0;
      for (const [x, level] of one.levels.entries()) {
        const row = counts.subarray(x * size, (x + 1) * size);
        const all = row.reduce((sum, n) => sum + n, 0);
        if (all < LEAST_ROWS) continue;
        const top = row.reduce((best, n, y) => (n > row[best]! ? y : best), 0);
        speaking++;
        broken += all - row[top]!;
        expected += all * (1 - totals[top]! / known);
        goesWith.set(top, [...(goesWith.get(top) ?? []), level]);
      }
      if (speaking < LEAST_LEVELS || goesWith.size < 2) continue;
      if (expected < leastExpected || broken > 0.005 * known || broken > 0.02 * expected) continue;
      told.add(`${a} ${b}`);
      const parts = [...goesWith].map(([y, levels]): Expression => {
        const column = write.column(one.name);
        const condition =
          levels.length === 1
            ? write.binary(column, '=', write.text(levels[0]!))
            : write.in(column, levels.map(write.text));
        return write.if(condition, write.binary(write.column(other.name), '=', write.text(other.levels![y]!)));
      });
      const text = printExpression(write.all(parts as [Expression, ...Expression[]]));
      found.push({ said: { kind: 'expression', text }, tier: 1, expected, applies: null });
    }
  return found;
}
