import { type Frame, selectRows } from '../data/frame';
import type { RowUnits } from '../data/rowUnits';
import { createRng, shuffleInPlace } from '../rng';
import type { Task } from '../task';
import { MOST_ROWS_OF_A_KIND } from './arena';
import type { Interval, Statement } from './comparison';
import { DEFAULT_MARGIN } from './comparisonInput';
import { bootstrapGroups, createDonorBootstrap } from './donorBootstrap';
import { sampleMoments } from './sample';
import { type Effect, effectOf, reachOf, rootRank, sampleEffects } from './sampleEffects';
import { statementRows } from './statementRows';

/** An arrow is next to nothing only when even the upper end of its interval is below this: a weak arrow is not a wrong one. */
const SMALLEST_ARROW = 0.03;

/** What the data say of an arrow: seen, so weak that it hardly exists, or too uncertain to say. */
export type ArrowVerdict = 'seen' | 'refuted' | 'cannot-tell' | 'unknown';

/** Strength of each drawn arrow and fate of each implied independence in the real data. */
export interface MapCheck {
  readonly arrows: readonly {
    readonly from: string;
    readonly to: string;
    readonly effect: number;
    readonly low: number;
    readonly high: number;
    readonly rows: number;
    readonly verdict: ArrowVerdict;
  }[];
  readonly independences: readonly {
    readonly x: string;
    readonly y: string;
    readonly given: readonly string[];
    readonly effect: number;
    readonly low: number;
    readonly high: number;
    readonly verdict: 'agrees' | 'refuted' | 'cannot-tell';
  }[];
}

/**
 * Effect of every statement on the real rows, with a 95 % interval: for an arrow x -> y given the other parents of y, for
 * an independence given its separating set. An independence agrees where the whole interval is below the margin, is
 * refuted where all of it is above, and cannot be told otherwise: "not significant" is never read as "independent".
 * Rows with a missing cell in a statement's columns are left out of it; of more than 20,000 rows as many are drawn at
 * random. Effects that cannot be measured (no variation left, too few rows) are 0 with the interval [0, 1].
 * @param units Units of the rows: the bootstrap behind the intervals draws them whole.
 * @throws EngineError `unknown-column` for a name the frame does not have, `cancelled`.
 */
export async function checkMapAgainstData(
  frame: Frame,
  statements: readonly Statement[],
  task: Task,
  units: RowUnits | null = null,
  margin = DEFAULT_MARGIN,
): Promise<MapCheck> {
  const { frame: used, units: ownUnits } = drawnRows(frame, units);
  const every = Array.from({ length: used.rows }, (_, row) => row);
  const { group, groups } = bootstrapGroups(every, ownUnits, createRng(0, 'map-check-groups'));
  const bootstrap = createDonorBootstrap(groups, createRng(0, 'map-check-bootstrap'));
  const measured: { readonly statement: Statement; readonly effect: Effect; readonly rows: number }[] = [];
  for (const [i, statement] of statements.entries()) {
    await task.checkpoint(i / statements.length, 'Checking the map against the data');
    const { rows, before } = statementRows(used, used.rows, group, statement, statement.given);
    const { width } = rows.design;
    let effect: Effect | null = null;
    if (before >= width + 3) {
      const weights = new Float64Array(before).fill(1);
      const effects = sampleEffects(sampleMoments(rows, 0, before, weights, groups), bootstrap);
      if (effects.isDefined) effect = effectOf(effects, reachOf(before, width, groups), rootRank(effects));
    }
    measured.push({ statement, effect: effect ?? { value: 0, interval: { low: 0, high: 1 } }, rows: before });
  }
  return {
    arrows: measured
      .filter(({ statement }) => statement.kind === 'arrow')
      .map(({ statement, effect, rows }) => ({
        from: statement.x,
        to: statement.y,
        effect: effect.value,
        ...effect.interval,
        rows,
        verdict: rows === 0 ? 'unknown' : arrowVerdict(effect.interval),
      })),
    independences: measured
      .filter(({ statement }) => statement.kind === 'independence')
      .map(({ statement: { x, y, given }, effect }) => ({
        x,
        y,
        given,
        effect: effect.value,
        ...effect.interval,
        verdict: independenceVerdict(effect, margin),
      })),
  };
}

function drawnRows(frame: Frame, units: RowUnits | null): { readonly frame: Frame; readonly units: RowUnits | null } {
  if (frame.rows <= MOST_ROWS_OF_A_KIND) return { frame, units };
  const rows = shuffleInPlace(
    Int32Array.from({ length: frame.rows }, (_, row) => row),
    createRng(0, 'map-check-rows'),
  )
    .subarray(0, MOST_ROWS_OF_A_KIND)
    .sort();
  return { frame: selectRows(frame, rows), units: units && rows.map((row) => units[row]!) };
}

/** Seen when the interval of its strength leaves zero out, however weak; refuted only when all of it is next to nothing. */
export function arrowVerdict({ low, high }: Interval): ArrowVerdict {
  if (low > 0) return 'seen';
  return high < SMALLEST_ARROW ? 'refuted' : 'cannot-tell';
}

function independenceVerdict({ interval }: Effect, margin: number): 'agrees' | 'refuted' | 'cannot-tell' {
  if (interval.high <= margin) return 'agrees';
  return interval.low > margin ? 'refuted' : 'cannot-tell';
}
