import type { ValueSpec } from '../data/frame';
import type { Executor } from '../executor';
import type { CategoricalMechanism, Mechanism } from '../mechanisms/mechanism';
import { mechanismFromJson } from '../mechanisms/registry';
import { joined } from '../numeric/joined';
import type { Task } from '../task';

/** Risk of the rare class over the plane of two columns, learned with and without synthetic rows. */
export interface BoundaryReport {
  readonly columns: number;
  readonly rows: number;
  /** Values at the middle of the grid's cells; codes for categories. */
  readonly x: readonly number[];
  readonly y: readonly number[];
  /** Row-major (rows, columns) risks from real rows alone, and from real and synthetic rows brought back to the original prevalence. */
  readonly real: readonly number[];
  readonly augmented: readonly number[];
  readonly threshold: number;
  readonly prevalence: number;
  /** Share of real rows on another side of the threshold once synthetic rows are learned from; rows counted in all. */
  readonly disagreement: { readonly all: number; readonly rare: number; readonly common: number };
  /** The same where the augmented model's risks are taken as they come, without the correction. */
  readonly uncorrected: number;
  readonly families: readonly [real: string, augmented: string];
}

const GRID_COLUMNS = 56;
const GRID_ROWS = 42;
/** Real common rows learned from at most; rare and synthetic ones are all used up to the same number. */
const MOST_ROWS = 10_000;

export interface BoundaryInput {
  readonly axes: readonly [ValueSpec, ValueSpec];
  /** Columns of the two axes. */
  readonly common: readonly [Float64Array, Float64Array];
  readonly rare: readonly [Float64Array, Float64Array];
  readonly made: readonly [Float64Array, Float64Array];
  /** Risk at which a row is flagged, in units of the prevalence of the rare class. */
  readonly timesPrevalence: number;
  readonly seed: number;
}

/**
 * Fits P(rare | x, y) twice by the node-fitting contest (logit, splines, boosted trees by cross-validation): on real rows
 * alone, and with the synthetic rows added. Adding rare rows shifts the log odds by log(odds added), which is taken back
 * (prior correction) before the two are compared. Rows with a missing cell on either axis are left out.
 * @see Logistic Regression in Rare Events Data, Political Analysis 9 (2001), section 4.1.
 */
export async function decisionBoundary(input: BoundaryInput, executor: Executor, task: Task): Promise<BoundaryReport> {
  const { axes, seed } = input;
  const [common, rare, made] = [input.common, input.rare, input.made].map(complete) as [Pair, Pair, Pair];
  const learnedCommon = thinned(common);
  const learnedMade = thinned(made);
  const weightOfCommon = common[0].length / Math.max(1, learnedCommon[0].length);
  const weightOfMade = made[0].length / Math.max(1, learnedMade[0].length);
  const child: ValueSpec = { name: 'rare', kind: 'binary', levels: ['no', 'yes'], decimals: 0, datePattern: null };
  const request = (parts: readonly { readonly of: Pair; readonly isRare: boolean; readonly weight: number }[]) => ({
    child,
    parents: axes,
    values: joined(parts.map(({ of, isRare }) => new Float64Array(of[0].length).fill(isRare ? 1 : 0))),
    parentColumns: [joined(parts.map(({ of }) => of[0])), joined(parts.map(({ of }) => of[1]))],
    weights: joined(parts.map(({ of, weight }) => new Float64Array(of[0].length).fill(weight))),
    targetParent: -1,
    seed,
  });
  const realParts = [
    { of: learnedCommon, isRare: false, weight: weightOfCommon },
    { of: rare, isRare: true, weight: 1 },
  ];
  const fits = await executor.fitNodes(
    [request(realParts), request([...realParts, { of: learnedMade, isRare: true, weight: weightOfMade }])],
    task,
  );
  const models = fits.map(({ mechanism }) => mechanismFromJson(mechanism));
  // log of the odds after over the odds before: what adding rare rows does to every predicted log odds.
  const shift = Math.log((rare[0].length + made[0].length) / rare[0].length);
  const risksReal = (pair: Pair) => risks(models[0]!, pair);
  const risksRaw = (pair: Pair) => risks(models[1]!, pair);
  const correct = (p: Float64Array) => p.map((one) => 1 / (1 + Math.exp(shift) * ((1 - one) / Math.max(1e-12, one))));
  const grid = gridOf(axes, [common, rare, made]);
  const prevalence = rare[0].length / (rare[0].length + common[0].length);
  const threshold = input.timesPrevalence * prevalence;
  const differing = (pair: Pair, isCorrected: boolean) => {
    const [a, raw] = [risksReal(pair), risksRaw(pair)];
    const b = isCorrected ? correct(raw) : raw;
    return a.reduce((sum, risk, i) => sum + (risk >= threshold !== b[i]! >= threshold ? 1 : 0), 0);
  };
  const [inRare, inCommon] = [differing(rare, true), differing(common, true)];
  const all = rare[0].length + common[0].length;
  return {
    columns: grid.x.length,
    rows: grid.y.length,
    x: grid.x,
    y: grid.y,
    real: Array.from(risksReal(grid.points)),
    augmented: Array.from(correct(risksRaw(grid.points))),
    threshold,
    prevalence,
    disagreement: {
      all: (inRare + inCommon) / all,
      rare: inRare / rare[0].length,
      common: inCommon / common[0].length,
    },
    uncorrected: (differing(rare, false) + differing(common, false)) / all,
    families: [models[0]!.card().label, models[1]!.card().label],
  };
}

type Pair = readonly [Float64Array, Float64Array];

function complete([x, y]: Pair): Pair {
  const isKnown = (i: number) => !Number.isNaN(x[i]!) && !Number.isNaN(y[i]!);
  return [x.filter((_, i) => isKnown(i)), y.filter((_, i) => isKnown(i))];
}

function thinned([x, y]: Pair): Pair {
  const step = Math.ceil(x.length / MOST_ROWS);
  return step <= 1 ? [x, y] : [x.filter((_, i) => i % step === 0), y.filter((_, i) => i % step === 0)];
}

/** A model of a yes/no child is one of the categorical families. */
const risks = (model: Mechanism, [x, y]: Pair): Float64Array => {
  const p = (model as CategoricalMechanism).probabilities([x, y], x.length);
  return Float64Array.from({ length: x.length }, (_, i) => p[2 * i + 1]!);
};

function gridOf(axes: BoundaryInput['axes'], pairs: readonly Pair[]) {
  const along = (axis: 0 | 1, count: number): number[] => {
    const { levels } = axes[axis];
    if (levels) return [...levels.keys()];
    let min = Number.POSITIVE_INFINITY;
    let max = Number.NEGATIVE_INFINITY;
    for (const pair of pairs)
      for (const value of pair[axis]) {
        if (value < min) min = value;
        if (value > max) max = value;
      }
    return Array.from({ length: count }, (_, i) => min + ((i + 0.5) / count) * (max - min));
  };
  const x = along(0, GRID_COLUMNS);
  const y = along(1, GRID_ROWS);
  const size = x.length * y.length;
  const points: Pair = [
    Float64Array.from({ length: size }, (_, i) => x[i % x.length]!),
    Float64Array.from({ length: size }, (_, i) => y[Math.floor(i / x.length)]!),
  ];
  return { x, y, points };
}
