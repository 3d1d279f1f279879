import { twoHalves } from '../data/folds';
import { type Frame, selectRows } from '../data/frame';
import type { RowUnits } from '../data/rowUnits';
import { createRng, type Rng, shuffleInPlace } from '../rng';
import { subtask, type Task } from '../task';
import { onInterpolationLines } from './artefacts';
import { classifierTest, type TellApart } from './classifierTest';
import { closestRecords, countCopies } from './closestRecord';
import { columnFidelity } from './columnFidelity';
import { type ColumnReport, columnReports } from './columnReports';
import { embed } from './embedding';
import { energyDistance } from './energyDistance';
import { describedMeasures, type FidelityMeasure } from './fidelityMeasures';
import { type ColumnUtility, globalUtility } from './globalUtility';
import { type PairReport, pairReports } from './pairReports';
import { supportMeasures } from './support';

/** Synthetic against real rare rows. Never averaged into one score: a high mean hides what is broken. */
export interface FidelityReport {
  readonly realRows: number;
  readonly syntheticRows: number;
  readonly measures: readonly FidelityMeasure[];
  readonly columns: readonly ColumnReport[];
  /** Largest change first. */
  readonly pairs: readonly PairReport[];
  readonly utility: readonly ColumnUtility[];
  readonly tellApart: TellApart | null;
}

const MOST_EMBEDDED_ROWS = 500;
const MOST_ENERGY_ROWS = 700;
const MOST_CLOSEST_ROWS = 1000;

/**
 * @param real Real rare rows, @param synthetic synthetic ones, in the same columns.
 * @param donor Row of `real` each synthetic row started from, -1 where unknown.
 * @param units Units of the rows of `real`: rows of one unit are never on both sides of a split.
 * @throws EngineError `cancelled`.
 */
export async function fidelity(
  real: Frame,
  synthetic: Frame,
  donor: Int32Array,
  seed: number,
  task: Task,
  units: RowUnits | null = null,
): Promise<FidelityReport> {
  const rng = createRng(seed, 'fidelity');
  const [first, second] = twoHalves(
    Int32Array.from({ length: real.rows }, (_, row) => row),
    units,
    rng,
  );
  const halves = [selectRows(real, first), selectRows(real, second)] as const;
  const most = (frame: Frame, rows: number) => drawn(frame, rows, rng);
  await task.checkpoint(0, 'Comparing columns');
  const columns = columnReports(real, synthetic);
  const pairs = pairReports(real, synthetic);
  const pairGap = (list: readonly PairReport[]) =>
    list.length > 0 ? list.reduce((sum, pair) => sum + Math.abs(pair.synthetic - pair.real) / list.length, 0) : null;
  const energy = await energyDistance(
    most(real, MOST_ENERGY_ROWS),
    most(synthetic, MOST_ENERGY_ROWS),
    rng,
    subtask(task, 0.05, 0.2),
  );
  const energyOfHalves = await energyDistance(
    most(halves[0], MOST_ENERGY_ROWS),
    most(halves[1], MOST_ENERGY_ROWS),
    rng,
  );
  const apart = classifierTest(real, synthetic, donor, units, rng);
  await task.checkpoint(0.45, 'Looking where real rows live');
  const space = embed(real, synthetic, MOST_EMBEDDED_ROWS, rng);
  const support = await supportMeasures(space.real, space.synthetic, subtask(task, 0.45, 0.6));
  const halfSpace = embed(halves[0], halves[1], MOST_EMBEDDED_ROWS, rng);
  const supportOfHalves = await supportMeasures(halfSpace.real, halfSpace.synthetic, task);
  const closest = await medianClosest(
    most(halves[0], MOST_CLOSEST_ROWS),
    most(synthetic, MOST_CLOSEST_ROWS),
    subtask(task, 0.6, 0.7),
  );
  const closestOfHalves = await medianClosest(
    most(halves[0], MOST_CLOSEST_ROWS),
    most(halves[1], MOST_CLOSEST_ROWS),
    task,
  );
  const utility = await globalUtility(real, synthetic, donor, units, rng, subtask(task, 0.7, 1));
  const meanOf = (values: readonly number[]) =>
    values.length > 0 ? values.reduce((sum, value) => sum + value / values.length, 0) : null;
  const ratios = columns.flatMap(({ varianceRatio }) => (varianceRatio === null ? [] : [varianceRatio]));
  const worst = (values: readonly number[]) => (values.length > 0 ? Math.max(...values) : null);
  const finite = (value: number) => (Number.isFinite(value) ? value : null);
  const measures = describedMeasures({
    'energy-distance': { value: finite(energy.unbiasedSquare), reference: finite(energyOfHalves.unbiasedSquare) },
    'auc-linear': { value: apart?.linear.auc ?? null, reference: 0.5 },
    'auc-boosted': { value: apart?.boosted.auc ?? null, reference: 0.5 },
    'worst-column': {
      value: worst(columns.map(({ distance }) => distance).filter(Number.isFinite)),
      reference: worst(
        columnFidelity(halves[0], halves[1])
          .map(({ distance }) => distance)
          .filter(Number.isFinite),
      ),
    },
    'association-difference': { value: pairGap(pairs), reference: pairGap(pairReports(halves[0], halves[1])) },
    'variance-kept': { value: ratios.length > 0 ? Math.min(...ratios) : null, reference: 1 },
    'alpha-precision': { value: support?.alphaPrecision ?? null, reference: supportOfHalves?.alphaPrecision ?? null },
    'beta-recall': { value: support?.betaRecall ?? null, reference: supportOfHalves?.betaRecall ?? null },
    coverage: { value: support?.coverage ?? null, reference: supportOfHalves?.coverage ?? null },
    authenticity: { value: support?.authenticity ?? null, reference: supportOfHalves?.authenticity ?? null },
    copies: {
      value: synthetic.rows > 0 ? countCopies(real, synthetic) / synthetic.rows : null,
      reference: countCopies(halves[0], halves[1]) / Math.max(1, halves[1].rows),
    },
    'closest-record': { value: closest, reference: closestOfHalves },
    utility: {
      value: meanOf(utility.map(({ fromSynthetic }) => fromSynthetic)),
      reference: meanOf(utility.map(({ fromReal }) => fromReal)),
    },
    heaping: {
      value: worst(columns.flatMap(({ artefacts }) => (artefacts ? [artefacts.atBounds.synthetic] : []))),
      reference: worst(columns.flatMap(({ artefacts }) => (artefacts ? [artefacts.atBounds.real] : []))),
    },
    'off-grid': {
      value: worst(columns.flatMap(({ artefacts }) => (artefacts ? [artefacts.offGrid] : []))),
      reference: 0,
    },
    'interpolation-lines': {
      value: onInterpolationLines(real, synthetic, false, rng),
      reference: onInterpolationLines(real, real, true, rng),
    },
  });
  return { realRows: real.rows, syntheticRows: synthetic.rows, measures, columns, pairs, utility, tellApart: apart };
}

function drawn(frame: Frame, rows: number, rng: Rng): Frame {
  if (frame.rows <= rows) return frame;
  const order = shuffleInPlace(
    Int32Array.from({ length: frame.rows }, (_, row) => row),
    rng,
  );
  return selectRows(frame, order.subarray(0, rows).sort());
}

async function medianClosest(real: Frame, other: Frame, task: Task): Promise<number | null> {
  if (real.rows === 0 || other.rows === 0) return null;
  const { distance } = await closestRecords(real, other, task);
  const rising = distance.sort();
  return rising[rising.length >> 1]!;
}
