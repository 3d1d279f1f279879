import { pairAssociations } from '../association/pairs';
import { twoHalves } from '../data/folds';
import { type Frame, isNumericSpec, selectRows } from '../data/frame';
import type { RowUnits } from '../data/rowUnits';
import { createRng, type Rng, shuffleInPlace } from '../rng';
import { subtask, type Task } from '../task';
import { type ColumnArtefacts, columnArtefacts, onInterpolationLines } from './artefacts';
import { type CategoryMeasures, categoryMeasures } from './categoryMeasures';
import { classifierTest, type TellApart } from './classifierTest';
import { closestRecords, countCopies } from './closestRecord';
import { type ColumnFidelity, columnFidelity } from './columnFidelity';
import { embed } from './embedding';
import { energyDistance } from './energyDistance';
import { type ColumnUtility, globalUtility } from './globalUtility';
import { type NumberMeasures, numberMeasures } from './numberMeasures';
import { supportMeasures } from './support';

/** One figure about the synthetic rows, beside what real rows get when they are judged by each other. */
export interface FidelityMeasure {
  readonly id: string;
  readonly label: string;
  /** What is measured and what is good, one sentence. */
  readonly help: string;
  /** Null where it cannot be measured on these rows. */
  readonly value: number | null;
  /** The same for real rows against real rows; null where there is no such thing. */
  readonly reference: number | null;
  readonly good: 'low' | 'high' | 'half';
}

export interface ColumnReport extends ColumnFidelity {
  readonly numbers: NumberMeasures | null;
  readonly categories: CategoryMeasures | null;
  readonly artefacts: ColumnArtefacts | null;
}

/** Association of two columns among real and among synthetic rare rows. */
export interface PairReport {
  readonly x: string;
  readonly y: string;
  readonly measure: 'pearson' | 'eta' | 'cramers-v';
  readonly real: number;
  readonly synthetic: number;
}

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
  const measures: FidelityMeasure[] = [
    {
      id: 'energy-distance',
      label: 'Energy distance, squared',
      help: 'Distance of the two laws over all columns at once, without the part that chance adds: about 0 for equal laws.',
      value: finite(energy.unbiasedSquare),
      reference: finite(energyOfHalves.unbiasedSquare),
      good: 'low',
    },
    {
      id: 'auc-linear',
      label: 'Told apart by a logistic regression (AUC)',
      help: 'How well synthetic rows are told from real ones, learned and judged on different donors: 0.5 is not at all. Below 0.5, rows are nearer to the other real rows than real rows are.',
      value: apart?.linear.auc ?? null,
      reference: 0.5,
      good: 'half',
    },
    {
      id: 'auc-boosted',
      label: 'Told apart by boosted trees (AUC)',
      help: 'The same with boosted trees, which see interactions and odd shapes.',
      value: apart?.boosted.auc ?? null,
      reference: 0.5,
      good: 'half',
    },
    {
      id: 'worst-column',
      label: 'Worst column (KS or TV distance)',
      help: 'Largest distance between the two laws of a single column, in [0, 1].',
      value: worst(columns.map(({ distance }) => distance).filter(Number.isFinite)),
      reference: worst(
        columnFidelity(halves[0], halves[1])
          .map(({ distance }) => distance)
          .filter(Number.isFinite),
      ),
      good: 'low',
    },
    {
      id: 'association-difference',
      label: 'Mean change of an association',
      help: 'Mean absolute change of the association of two columns (r, eta or V).',
      value: pairGap(pairs),
      reference: pairGap(pairReports(halves[0], halves[1])),
      good: 'low',
    },
    {
      id: 'variance-kept',
      label: 'Variance kept, least',
      help: 'Smallest synthetic over real variance of a number: below 1 the rows have collapsed towards the middle.',
      value: ratios.length > 0 ? Math.min(...ratios) : null,
      reference: 1,
      good: 'high',
    },
    {
      id: 'alpha-precision',
      label: 'Alpha-precision',
      help: 'Do synthetic rows live where real ones live? 1 is ideal.',
      value: support?.alphaPrecision ?? null,
      reference: supportOfHalves?.alphaPrecision ?? null,
      good: 'high',
    },
    {
      id: 'beta-recall',
      label: 'Beta-recall',
      help: 'Are all real rows reached by synthetic ones? 1 is ideal.',
      value: support?.betaRecall ?? null,
      reference: supportOfHalves?.betaRecall ?? null,
      good: 'high',
    },
    {
      id: 'coverage',
      label: 'Coverage',
      help: 'Share of real rows with a synthetic row among their five nearest.',
      value: support?.coverage ?? null,
      reference: supportOfHalves?.coverage ?? null,
      good: 'high',
    },
    {
      id: 'authenticity',
      label: 'Authenticity',
      help: 'Share of synthetic rows that are no closer to a real row than real rows are to each other. Half is what fresh rows get.',
      value: support?.authenticity ?? null,
      reference: supportOfHalves?.authenticity ?? null,
      good: 'half',
    },
    {
      id: 'copies',
      label: 'Copies of a real row',
      help: 'Share of synthetic rows that equal a real rare row in every column.',
      value: synthetic.rows > 0 ? countCopies(real, synthetic) / synthetic.rows : null,
      reference: countCopies(halves[0], halves[1]) / Math.max(1, halves[1].rows),
      good: 'low',
    },
    {
      id: 'closest-record',
      label: 'Distance to the closest real row, median',
      help: 'Against the distance of held-out real rows: much less means rows give away whom they were made from. No proof of privacy.',
      value: closest,
      reference: closestOfHalves,
      good: 'high',
    },
    {
      id: 'utility',
      label: 'Columns predicted from the others (mean R²)',
      help: 'Every column of held-out real rows predicted in turn by a model that learned from synthetic rows, beside one that learned from real rows.',
      value: meanOf(utility.map(({ fromSynthetic }) => fromSynthetic)),
      reference: meanOf(utility.map(({ fromReal }) => fromReal)),
      good: 'high',
    },
    {
      id: 'heaping',
      label: 'Heaped at a bound, worst column',
      help: 'Share of values at the smallest or largest real value: clipping leaves it.',
      value: worst(columns.flatMap(({ artefacts }) => (artefacts ? [artefacts.atBounds.synthetic] : []))),
      reference: worst(columns.flatMap(({ artefacts }) => (artefacts ? [artefacts.atBounds.real] : []))),
      good: 'low',
    },
    {
      id: 'off-grid',
      label: 'Broken digits, worst column',
      help: 'Share of values that are not on the grid of the real ones: a dose of 12.37 where doses are 5, 10, 15.',
      value: worst(columns.flatMap(({ artefacts }) => (artefacts ? [artefacts.offGrid] : []))),
      reference: 0,
      good: 'low',
    },
    {
      id: 'interpolation-lines',
      label: 'On a line between two real rows',
      help: 'Share of rows that lie between two real rows in every number at the same share of the way: what interpolation leaves.',
      value: onInterpolationLines(real, synthetic, false, rng),
      reference: onInterpolationLines(real, real, true, rng),
      good: 'low',
    },
  ];
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

function columnReports(real: Frame, synthetic: Frame): ColumnReport[] {
  const artefacts = new Map(columnArtefacts(real, synthetic).map((one) => [one.column, one]));
  return columnFidelity(real, synthetic).map((base, c): ColumnReport => {
    const spec = real.specs[c]!;
    const present = (frame: Frame) => frame.columns[c]!.filter((value) => !Number.isNaN(value));
    const [a, b] = [present(real), present(synthetic)];
    const isKnown = a.length > 1 && b.length > 1;
    const counts = (values: Float64Array) => {
      const out = new Float64Array(spec.levels?.length ?? 0);
      for (const code of values) out[code]!++;
      return out;
    };
    return {
      ...base,
      numbers: isKnown && isNumericSpec(spec) ? numberMeasures(a, b) : null,
      categories: isKnown && !isNumericSpec(spec) ? categoryMeasures(counts(a), counts(b)) : null,
      artefacts: artefacts.get(spec.name) ?? null,
    };
  });
}

function pairReports(real: Frame, synthetic: Frame): PairReport[] {
  const made = pairAssociations(synthetic);
  return pairAssociations(real)
    .map((pair, i) => ({ x: pair.x, y: pair.y, measure: pair.measure, real: pair.value, synthetic: made[i]!.value }))
    .sort((a, b) => Math.abs(b.synthetic - b.real) - Math.abs(a.synthetic - a.real));
}
