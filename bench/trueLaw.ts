import { type Frame, selectRows, type ValueSpec } from '../src/engine/data/frame';
import { EngineError } from '../src/engine/errors';
import { generatorById } from '../src/engine/generators/catalogue';
import { completeParameters, type GeneratorInput } from '../src/engine/generators/generator';
import type { CausalMap } from '../src/engine/graph/causalMap';
import { projectLatents } from '../src/engine/graph/projection';
import { logGamma } from '../src/engine/numeric/gamma';
import { nearestNeighbours } from '../src/engine/numeric/neighbours';
import { createRng } from '../src/engine/rng';
import type { FittedModel } from '../src/engine/scm/fittedModel';
import { silentTask } from '../src/engine/task';
import { variance } from '../src/engine/validation/columnFidelity';
import { partialCorrelationError } from '../src/engine/validation/partialCorrelations';
import { mapOf, simulateWorld } from '../src/engine/worlds/simulate';
import type { World } from '../src/engine/worlds/world';

/** Rows every arm makes. */
export const MADE = 8192;
const TRUTH_ROWS = 300_000;
/** Directions that energy distances are the mean over. */
const DIRECTIONS = 300;

/** What a world's rare rows are like when there is no end of them. */
export interface Truth {
  readonly map: CausalMap;
  readonly target: number;
  readonly rareCode: number;
  /** As the table holds them, and with nominal levels as 0/1 columns, so that correlations with each of them are judged too. */
  readonly rareRows: Frame;
  readonly coded: Frame;
  readonly prevalence: number;
}

export interface Score {
  /** Mean absolute difference of within-class partial correlations. */
  readonly correlation: number;
  /** Squared energy distance, without bias. */
  readonly energy: number;
}

export function truthOf(world: World): Truth {
  const all = simulateWorld(world, TRUTH_ROWS, 987);
  const target = all.specs.findIndex(({ name }) => name === world.target);
  const rareCode = all.specs[target]!.levels!.indexOf(world.rareLevel);
  const rows = rareRowsOf(all, target, rareCode);
  const rareRows = selectRows(all, rows);
  const prevalence = rows.length / all.rows;
  return { map: projectLatents(mapOf(world)), target, rareCode, rareRows, coded: oneHot(rareRows), prevalence };
}

export const rareRowsOf = (frame: Frame, target: number, code: number) =>
  [...frame.columns[target]!.keys()].filter((i) => frame.columns[target]![i] === code);

function oneHot(frame: Frame): Frame {
  const specs: ValueSpec[] = [];
  const columns: Float64Array[] = [];
  frame.specs.forEach((spec, c) => {
    if (!spec.levels || spec.levels.length === 2) {
      specs.push(spec);
      columns.push(frame.columns[c]!);
      return;
    }
    spec.levels.slice(1).forEach((level, k) => {
      specs.push({ ...spec, name: `${spec.name}=${level}`, kind: 'binary', levels: ['0', '1'] });
      columns.push(frame.columns[c]!.map((v) => (v === k + 1 ? 1 : 0)));
    });
  });
  return { rows: frame.rows, specs, columns };
}

/** The columns of a frame without some of them. */
export function without(frame: Frame, names: ReadonlySet<string>): Frame {
  const kept = frame.specs.flatMap(({ name }, c) => (names.has(name) ? [] : [c]));
  return { rows: frame.rows, specs: kept.map((c) => frame.specs[c]!), columns: kept.map((c) => frame.columns[c]!) };
}

/** The rows that a generator makes by itself, or null where it cannot work on this table. */
export async function draw(
  arm: string,
  frame: Frame,
  { map, target, rareCode }: Pick<Truth, 'map' | 'target' | 'rareCode'>,
  seed: number,
  model: FittedModel,
): Promise<Frame | null> {
  const generator = generatorById(arm);
  const input: GeneratorInput = {
    frame,
    map,
    target,
    rareCode,
    rules: [],
    redraw: null,
    seed,
    rowsWanted: MADE,
    neighbours: nearestNeighbours,
    model: async () => model,
  };
  try {
    const { plan } = await generator.prepare(input, completeParameters(generator), silentTask);
    return { rows: MADE, specs: frame.specs, columns: generator.draw(plan, 0, MADE).columns };
  } catch (error) {
    if (error instanceof EngineError) return null;
    throw error;
  }
}

export function score({ coded }: Pick<Truth, 'coded'>, made: Frame): Score {
  const own = oneHot(made);
  return { correlation: partialCorrelationError(coded, own), energy: energyTo(coded)(own) };
}

const known = new WeakMap<Frame, (made: Frame) => number>();

/**
 * The squared energy distance to a truth, without bias, numbers over the truth's standard deviation: `energyDistance` of all rows,
 * by the mean over directions t of |t'(x - y)| = |x - y| G(d / 2) / (sqrt(pi) G((d + 1) / 2)), since all pairs of so many rows would
 * take too long and a sample of them says too little. Directions are the same for all arms.
 */
function energyTo(truth: Frame): (made: Frame) => number {
  const before = known.get(truth);
  if (before) return before;
  const d = truth.specs.length;
  const scale = truth.specs.map(({ levels }, c) => {
    const spread = levels ? 1 : variance(truth.columns[c]!);
    return spread > 0 ? 1 / Math.sqrt(spread) : 1;
  });
  const rng = createRng(1, 'bench-directions');
  const directions = Array.from({ length: DIRECTIONS }, () => {
    const t = Float64Array.from(scale, () => rng.normal());
    const length = Math.hypot(...t);
    return t.map((v, c) => (v / length) * scale[c]!);
  });
  const along = (frame: Frame, direction: Float64Array) => {
    const out = new Float64Array(frame.rows);
    direction.forEach((by, c) => {
      const column = frame.columns[c]!;
      for (let i = 0; i < out.length; i++) out[i]! += by * column[i]!;
    });
    return out.sort();
  };
  const reference = directions.map((direction) => along(truth, direction));
  const inside = reference.map(pairSum);
  const factor = Math.sqrt(Math.PI) * Math.exp(logGamma((d + 1) / 2) - logGamma(d / 2));
  const measure = (made: Frame) => {
    const [n, m] = [truth.rows, made.rows];
    let sum = 0;
    directions.forEach((direction, k) => {
      const other = along(made, direction);
      const within = pairSum(other);
      const between = pairSum(merged(reference[k]!, other)) - inside[k]! - within;
      const pairs = (rows: number) => Math.max(1, (rows * (rows - 1)) / 2);
      sum += (2 * between) / (n * m) - inside[k]! / pairs(n) - within / pairs(m);
    });
    return (factor * sum) / DIRECTIONS;
  };
  known.set(truth, measure);
  return measure;
}

/** Sum of |x_i - x_j| over all pairs of increasing values. */
function pairSum(increasing: Float64Array): number {
  const last = increasing.length - 1;
  let sum = 0;
  for (let k = 0; k <= last; k++) sum += (2 * k - last) * increasing[k]!;
  return sum;
}

/** Two increasing arrays as one. */
function merged(a: Float64Array, b: Float64Array): Float64Array {
  const out = new Float64Array(a.length + b.length);
  for (let i = 0, j = 0, k = 0; k < out.length; k++)
    out[k] = j >= b.length || (i < a.length && a[i]! <= b[j]!) ? a[i++]! : b[j++]!;
  return out;
}

/** The same truth of a table that lacks some columns. */
export const truthWithout = (truth: Truth, names: ReadonlySet<string>): Pick<Truth, 'coded'> => ({
  coded: oneHot(without(truth.rareRows, names)),
});

/** Energy distances are unbiased and may fall below 0 by chance; a ratio needs a floor. */
const FLOOR = 1e-4;
export const meanScore = (values: readonly number[]) =>
  Math.max(FLOOR, values.reduce((a, b) => a + b, 0) / values.length);
export const geometricMean = (values: readonly number[]) =>
  Math.exp(values.reduce((sum, v) => sum + Math.log(v), 0) / values.length);
