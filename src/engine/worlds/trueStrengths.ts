import { type Frame, selectRows } from '../data/frame';
import { canonicalMatrix } from '../dependence/canonical';
import type { Statement } from '../dependence/comparison';
import { mapStatements } from '../dependence/mapStatements';
import { sampleMoments } from '../dependence/sample';
import { statementRows } from '../dependence/statementRows';
import { dagOf } from '../graph/dag';
import { isDSeparated } from '../graph/dSeparation';
import type { WorldSample } from './claims';
import { mapOf } from './simulate';

/** Strength of one dependence on the scale of the tests, in the whole population and inside the rare class. */
export interface TrueStrength {
  readonly x: string;
  readonly y: string;
  /** Columns held, sorted; inside the class the target is held besides. */
  readonly given: readonly string[];
  /** Partial correlation with its sign, or in [0, 1] where a side has several columns; null where it is not asked. */
  readonly all: number | null;
  readonly rare: number | null;
  /** Whether a sign has a meaning: both sides are one column. */
  readonly hasSign: boolean;
}

/** Enough for a standard error of 0.002; more rows only take longer. */
const MOST_ROWS = 200_000;

/**
 * The strength of every statement of the world's own map by the measure of the dependence tests (residual canonical
 * correlation, see `effectChange`), on many simulated rows. Exactly 0 where the map separates the two.
 */
export function trueStrengths({ world, frame, isRare, target }: WorldSample): readonly TrueStrength[] {
  const map = mapOf(world);
  const dag = dagOf(map);
  const rareRows: number[] = [];
  for (let row = 0; row < frame.rows && rareRows.length < MOST_ROWS; row++) if (isRare[row] === 1) rareRows.push(row);
  const population = selectRows(
    frame,
    Array.from({ length: Math.min(MOST_ROWS, frame.rows) }, (_, row) => row),
  );
  const inClass = selectRows(frame, rareRows);
  const name = frame.specs[target]!.name;
  return mapStatements(map, name).map(({ statement, insideClassOnly }) => {
    const { x, y } = statement;
    const separated = (given: readonly string[]) => isDSeparated(dag, [x], [y], given);
    const free = statement.given.filter((column) => column !== name);
    const all = insideClassOnly ? null : strengthIn(population, statement, statement.given, separated(statement.given));
    const isInClass = x !== name && y !== name;
    const rare = isInClass ? strengthIn(inClass, statement, free, separated([...free, name])) : null;
    return {
      x,
      y,
      given: statement.given.toSorted(),
      all: all?.value ?? null,
      rare: rare?.value ?? null,
      hasSign: (all ?? rare)!.hasSign,
    };
  });
}

/** @param isNone Known to be independent, so that nothing has to be estimated. */
function strengthIn(
  frame: Frame,
  statement: Statement,
  given: readonly string[],
  isNone: boolean,
): { readonly value: number; readonly hasSign: boolean } {
  if (isNone) return { value: 0, hasSign: true };
  const oneGroup = new Int32Array(frame.rows);
  const { rows, kept } = statementRows(frame, frame.rows, oneGroup, statement, given);
  const { p, q, total } = sampleMoments(rows, 0, kept.length, new Float64Array(kept.length).fill(1), 1);
  const { matrix, rankX, rankY } = canonicalMatrix(total, p, q);
  if (p === 1 && q === 1) return { value: matrix[0]!, hasSign: true };
  return { value: Math.hypot(...matrix) / Math.sqrt(Math.max(1, Math.min(rankX, rankY))), hasSign: false };
}
