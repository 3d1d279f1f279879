import type { Frame } from '../data/frame';
import { countUnits, type RowUnits } from '../data/rowUnits';
import { gather } from '../numeric/gather';
import { normalQuantile } from '../numeric/normal';
import { midRanks } from '../numeric/ranks';
import { createRng, type Rng } from '../rng';
import { ancestorsOf } from './ancestors';
import { type CalculatedMisfit, calculatedMisfits } from './calculatedMisfits';
import { forwardCauses } from './forwardCauses';
import { evaluateNode, type StructuralModel, uniformsOf } from './structuralModel';

/** A dependence in the data that the map and its mechanisms leave unexplained. */
export type Misfit =
  /** Noises of two nodes go together: `size` is their correlation (of noises or of their squares). */
  | { readonly kind: 'pair'; readonly nodes: readonly [number, number]; readonly size: number }
  /** Rare rows stand `size` standard deviations of the noise off where the target's mechanism puts them. */
  | { readonly kind: 'rare'; readonly nodes: readonly [number]; readonly size: number }
  /** Among rare rows noises of two nodes go together by `size` (a difference of correlations) more than the target's mechanism makes them. */
  | { readonly kind: 'rare-pair'; readonly nodes: readonly [number, number]; readonly size: number }
  | CalculatedMisfit;

/**
 * A noise that makes less than this share of its column's spread counts in proportion to it: what is left of a column that is
 * all but calculated from its causes is mostly the error of learning the calculation, and moving it moves next to nothing.
 */
const FULL_SHARE = 0.3;
/** More rows than this sharpen nothing that matters. */
const MOST_ROWS = 10_000;
/** Forward draws that rare rows of the model are taken from, and how many of these are looked at. */
const POOL_ROWS = 12_000;
const EXPECTED_ROWS = 4_000;
/** Rows that say how much of a column is its noise's. */
const SHARE_ROWS = 2_500;
/**
 * A misfit counts beyond this many standard errors: Bonferroni at 5 % for about 500 looks at pairs of all rows. Among the few rare
 * rows a false alarm costs little, since only the nodes that it names are held back; of noises that `<->` joins less is asked,
 * since correlations are hardly ever the whole of what joins them.
 */
const STANDARD_ERRORS = { pair: 4, rare: 3, rareOfDistrict: 1.5 };

/**
 * What the model leaves unexplained. If map and mechanisms are right, the noises u of all nodes are independent of one
 * another but for those that `<->` joins, and among rare rows they have the law that they have among rare rows drawn from the model
 * itself. Each noise is held against each other one over all rows, and among rare rows each one, and each two together, against
 * those draws. In two ways: its level, u - 1/2 with u in the middle of an atom's interval (its mean given the parents is 0, so
 * nothing is added by chance), and its spread, z^2 - 1 with u drawn inside the interval; two together among rare rows by their
 * levels. An arrow left out, an unrecorded common cause, most reversals, odds of another shape than was learned and a cause of
 * several columns that the noises' correlation does not describe show here.
 * @param units Unit of each row of the frame: chance is that of so many units, since rows of one say little more than one of them.
 * @returns Misfits beyond chance, largest first.
 */
export function misfits(
  model: StructuralModel,
  frame: Frame,
  target: number,
  rareCode: number,
  seed: number,
  units: RowUnits | null = null,
): Misfit[] {
  const rare: number[] = [];
  const every: number[] = [];
  const stride = Math.max(1, frame.rows / MOST_ROWS);
  for (let i = 0; i < frame.rows; i++) if (frame.columns[target]![i] === rareCode) rare.push(i);
  for (let k = 0; Math.floor(k * stride) < frame.rows; k++) every.push(Math.floor(k * stride));
  const rareStride = Math.max(1, rare.length / MOST_ROWS);
  const chosen = rare.filter((_, k) => Math.floor(k / rareStride) !== Math.floor((k - 1) / rareStride));
  const rowsOf = (rows: readonly number[]) => frame.columns.map((column) => gather(column, rows));
  const everyRow = rowsOf(every);
  const all = looksAt(model, everyRow, createRng(seed, 'misfits'));
  const some = every.filter((_, k) => k % Math.ceil(every.length / SHARE_ROWS) === 0);
  const counts = countsOf(model, rowsOf(some), createRng(seed, 'misfits-counts'));
  const tied = new Set(model.bidirected.flat());
  const independent = countUnits(units, every);
  const found: Misfit[] = [
    ...calculatedMisfits(
      all.level.map(standardised),
      counts,
      (node) => node !== target && !tied.has(node),
      independent,
    ),
    ...pairMisfits(model, all, counts, target, independent),
  ];
  const cases = countUnits(units, chosen);
  if (cases >= 2)
    found.push(
      ...rareMisfits(
        expectedLooks(model, target, rareCode, seed),
        looksAt(model, rowsOf(chosen), createRng(seed, 'misfits-rare')),
        counts,
        target,
        (node) => tied.has(node),
        cases,
      ),
    );
  return found.sort((a, b) => Math.abs(b.size) - Math.abs(a.size));
}

interface Looks {
  /** u - 1/2 in the middle of the noise interval, by node. */
  readonly level: readonly Float64Array[];
  /** z^2 - 1 of a noise drawn inside its interval, by node. */
  readonly spread: readonly Float64Array[];
}

function looksAt(model: StructuralModel, columns: readonly Float64Array[], rng: Rng): Looks {
  const rows = columns[0]!.length;
  const middle = new Float64Array(rows).fill(0.5);
  const noise = (node: number, tieBreak: Float64Array) =>
    model.mechanisms[node]!.noise(
      model.parents[node]!.map((p) => columns[p]!),
      columns[node]!,
      tieBreak,
    );
  const nodes = model.specs.map((_, node) => node);
  return {
    level: nodes.map((node) => noise(node, middle).map((u) => u - 0.5)),
    spread: nodes.map((node) => {
      const drawn = middle.map(() => rng.uniform());
      return noise(node, drawn).map((u) => normalQuantile(u) ** 2 - 1);
    }),
  };
}

/** How much a misfit of each node counts, in (0, 1]: see `FULL_SHARE`. */
function countsOf(model: StructuralModel, columns: readonly Float64Array[], rng: Rng): number[] {
  return model.specs.map((_, node) => {
    const noise = columns[node]!.map(() => rng.uniform());
    const drawn = model.mechanisms[node]!.quantile(
      model.parents[node]!.map((p) => columns[p]!),
      noise,
    );
    return Math.min(1, shareOfNoise(columns[node]!, drawn) / FULL_SHARE);
  });
}

/**
 * Share of a column's spread that is its noise's: sqrt(sum (r - r')² / 2 sum (r - mean)²), r the ranks of its values and r'
 * those of values drawn again given the parents; 0 where these decide it, 1 where they say nothing. Missing cells rank last.
 */
function shareOfNoise(values: Float64Array, drawn: Float64Array): number {
  const last = Number.MAX_VALUE;
  const both = Float64Array.from([...values, ...drawn], (v) => (Number.isNaN(v) ? last : v));
  const ranks = midRanks(both);
  const n = values.length;
  const mean = (2 * n + 1) / 2;
  let moved = 0;
  let spread = 0;
  for (let i = 0; i < n; i++) {
    moved += (ranks[i]! - ranks[n + i]!) ** 2;
    spread += (ranks[i]! - mean) ** 2;
  }
  return spread > 0 ? Math.sqrt(moved / (2 * spread)) : 0;
}

function pairMisfits(
  model: StructuralModel,
  { level, spread }: Looks,
  counts: readonly number[],
  target: number,
  independent: number,
): Misfit[] {
  const rows = level[0]!.length;
  const tied = new Set(model.bidirected.flatMap(([a, b]) => [`${a} ${b}`, `${b} ${a}`]));
  const looks = [level.map(standardised), spread.map(standardised)] as const;
  const limit = STANDARD_ERRORS.pair / Math.sqrt(independent);
  const found: Misfit[] = [];
  for (let a = 0; a < level.length; a++)
    for (let b = 0; b < a; b++) {
      if (a === target || b === target || tied.has(`${a} ${b}`)) continue;
      let size = 0;
      for (const one of looks)
        for (const other of looks) {
          const x = one[a]!;
          const y = other[b]!;
          let sum = 0;
          for (let i = 0; i < rows; i++) sum += x[i]! * y[i]!;
          if (Math.abs(sum / rows) > Math.abs(size)) size = sum / rows;
        }
      if (Math.abs(size) > limit) found.push({ kind: 'pair', nodes: [b, a], size: size * counts[a]! * counts[b]! });
    }
  return found;
}

/** Draws that say what the model makes of rare rows. */
interface Expected {
  readonly looks: Looks;
  /** Independent draws that they are worth. */
  readonly effective: number;
}

/**
 * Rare rows of the model itself: causes drawn forward and drawn again in proportion to P(Y = m | causes), then all that follows
 * with Y = m held; noises that `<->` joins are drawn together. No row of the table takes part.
 * @see Bayesian statistics without tears: a sampling-resampling perspective, The American Statistician 46 (1992).
 */
function expectedLooks(model: StructuralModel, target: number, rareCode: number, seed: number): Expected {
  const rng = createRng(seed, 'misfits-expected');
  const { columns: pool, z, log } = forwardCauses(model, target, rareCode)(POOL_ROWS, rng);
  const top = log.reduce((most, v) => Math.max(most, v), -Infinity);
  const weights = log.map((v) => Math.exp(v - top));
  const total = weights.reduce((sum, w) => sum + w, 0);
  const effective = total ** 2 / weights.reduce((sum, w) => sum + w * w, 0);
  const rows = systematicSample(weights, total, EXPECTED_ROWS, rng.uniform());
  const causes = ancestorsOf(model, target);
  const columns: Float64Array[] = pool.map((column) => gather(column, rows));
  columns[target] = new Float64Array(EXPECTED_ROWS).fill(rareCode);
  for (const node of model.order) {
    if (node === target || causes.has(node)) continue;
    const noise = z
      ? uniformsOf(gather(z[node]!, rows))
      : Float64Array.from({ length: EXPECTED_ROWS }, () => rng.uniform());
    columns[node] = evaluateNode(model, node, columns, noise);
  }
  return { looks: looksAt(model, columns, rng), effective: 1 / (1 / effective + 1 / EXPECTED_ROWS) };
}

/** Indices drawn in proportion to weights, each as often as its share says but for less than one. */
function systematicSample(weights: Float64Array, total: number, rows: number, start: number): Int32Array {
  const out = new Int32Array(rows);
  let at = 0;
  let run = weights[0]!;
  for (let k = 0; k < rows; k++) {
    const wanted = ((k + start) / rows) * total;
    while (run < wanted && at < weights.length - 1) run += weights[++at]!;
    out[k] = at;
  }
  return out;
}

/**
 * @param seen Looks at the rare rows of the table.
 * @param counts How much a misfit of each node counts.
 * @param isTied Whether `<->` joins the node's noise to another.
 * @param cases Units that the rare rows are of.
 */
function rareMisfits(
  { looks: expected, effective }: Expected,
  seen: Looks,
  counts: readonly number[],
  target: number,
  isTied: (node: number) => boolean,
  cases: number,
): Misfit[] {
  const found: Misfit[] = [];
  const error = Math.sqrt(1 / cases + 1 / effective);
  const limit = (inDistrict: boolean) => error * (inDistrict ? STANDARD_ERRORS.rareOfDistrict : STANDARD_ERRORS.rare);
  for (let node = 0; node < counts.length; node++) {
    if (node === target) continue;
    let size = 0;
    for (const look of ['level', 'spread'] as const) {
      const model = moments(expected[look][node]!);
      if (!(model.variance > 1e-12)) continue;
      const shift = (moments(seen[look][node]!).mean - model.mean) / Math.sqrt(model.variance);
      if (Math.abs(shift) > limit(isTied(node)) && Math.abs(shift) > Math.abs(size)) size = shift;
    }
    if (size !== 0) found.push({ kind: 'rare', nodes: [node], size: size * counts[node]! });
    for (let other = 0; other < node; other++) {
      if (other === target) continue;
      const difference =
        correlation(seen.level[node]!, seen.level[other]!) - correlation(expected.level[node]!, expected.level[other]!);
      if (Math.abs(difference) > limit(isTied(node) && isTied(other)))
        found.push({ kind: 'rare-pair', nodes: [other, node], size: difference * counts[node]! * counts[other]! });
    }
  }
  return found;
}

function correlation(x: Float64Array, y: Float64Array): number {
  const [mx, my] = [moments(x), moments(y)];
  let sum = 0;
  for (let i = 0; i < x.length; i++) sum += (x[i]! - mx.mean) * (y[i]! - my.mean);
  const scale = Math.sqrt(mx.variance * my.variance);
  return scale > 1e-12 ? sum / x.length / scale : 0;
}

function moments(values: Float64Array) {
  const mean = values.reduce((sum, v) => sum + v, 0) / values.length;
  return { mean, variance: values.reduce((sum, v) => sum + (v - mean) ** 2, 0) / values.length };
}

/** Mean 0 and variance 1; a constant column becomes 0. */
function standardised(values: Float64Array): Float64Array {
  const { mean, variance } = moments(values);
  const scale = variance > 1e-12 ? 1 / Math.sqrt(variance) : 0;
  return values.map((v) => (v - mean) * scale);
}
