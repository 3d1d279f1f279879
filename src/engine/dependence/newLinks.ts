import type { Executor } from '../executor';
import type { Task } from '../task';
import { compareDependence } from './compareDependence';
import type { StatementResult } from './comparison';
import { type ComparisonInput, DEFAULT_MARGIN, type StatementFacts } from './comparisonInput';

/** Two columns that look related in the augmented table and were not in the original. */
export interface NewLink {
  readonly x: string;
  readonly y: string;
  /** `expected`: only because balancing picks rows by the target; `made`: the generator made it inside the class. */
  readonly cause: 'expected' | 'made' | 'cannot-tell';
  readonly unweighted: StatementResult | null;
  readonly within: StatementResult | null;
  readonly sentence: string;
}

/**
 * Looks at every pair of columns without conditions: correlations that exist only in the augmented table (effect below the
 * margin before, above it after, and up by more than half of it), or only among the synthetic rare rows. Pairs with the target are left out: its share was
 * changed on purpose.
 * @throws EngineError as `compareDependence`.
 */
export async function findNewLinks(
  input: ComparisonInput,
  names: readonly string[],
  executor: Executor,
  task: Task,
): Promise<NewLink[]> {
  const margin = input.margin ?? DEFAULT_MARGIN;
  const others = names.filter((name) => name !== input.target);
  const statements = others.flatMap((x, i) =>
    others.slice(i + 1).map(
      (y): StatementFacts => ({
        statement: { id: `pair/${x}/${y}`, kind: 'independence', x, y, given: [] },
        survivesBalancing: false,
        withinClassIndependent: false,
      }),
    ),
  );
  const { results } = await compareDependence({ ...input, statements, wantsPValues: false }, executor, task);
  const find = (id: string, comparison: StatementResult['comparison']) =>
    results.find((result) => result.statement.id === id && result.comparison === comparison) ?? null;
  // A pair that crosses the margin by a hair has not become linked.
  const isNew = (result: StatementResult | null) =>
    result !== null && result.before < margin && result.after >= margin && result.after - result.before > margin / 2;
  return statements.flatMap(({ statement }) => {
    const unweighted = find(statement.id, 'unweighted');
    const within = find(statement.id, 'within-class');
    const isMade = isNew(within) && within?.verdict === 'damaged';
    if (!isMade && !isNew(unweighted)) return [];
    const cause = isMade ? 'made' : within?.verdict === 'kept' ? 'expected' : 'cannot-tell';
    return [
      {
        x: statement.x,
        y: statement.y,
        cause,
        unweighted,
        within,
        sentence: sentenceFor(cause, statement.x, statement.y, unweighted, within, input.target),
      },
    ];
  });
}

const change = (result: StatementResult | null) =>
  result ? `(${result.before.toFixed(2)} -> ${result.after.toFixed(2)})` : '';

function sentenceFor(
  cause: NewLink['cause'],
  x: string,
  y: string,
  unweighted: StatementResult | null,
  within: StatementResult | null,
  target: string,
): string {
  switch (cause) {
    case 'made':
      return `${x} and ${y} became linked among the synthetic rows ${change(within)}: no real row of the class shows it.`;
    case 'expected':
      return `${x} and ${y} look linked in the augmented table ${change(unweighted)} only because balancing picks rows by ${target}; inside the class nothing changed, and weights undo it.`;
    case 'cannot-tell':
      return `${x} and ${y} look linked in the augmented table ${change(unweighted)}; balancing alone may do that, and too few real rows of the class are there to tell.`;
  }
}
