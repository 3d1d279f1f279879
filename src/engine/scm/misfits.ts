import type { Frame } from '../data/frame';
import { countUnits, type RowUnits } from '../data/rowUnits';
import { gather } from '../numeric/gather';
import { normalQuantile } from '../numeric/normal';
import { midRanks } from '../numeric/ranks';
import { createRng, type Rng } from '../rng';
import { ancestorsOf } from './ancestors';
import type { StructuralModel } from './structuralModel';
import { targetLikelihood } from './targetLikelihood';

/** A dependence in the data that the map and its mechanisms leave unexplained. */
export type Misfit =
  /** Noises of two nodes go together: `size` is their correlation (of noises or of their squares). */
  | { readonly kind: 'pair'; readonly nodes: readonly [number, number]; readonly size: number }
  /** Rare rows stand `size` standard deviations of the noise off where the target's mechanism puts them. */
  | { readonly kind: 'rare'; readonly nodes: readonly [number]; readonly size: number }
  /** Among rare rows noises of two nodes go together by `size` (a difference of correlations) more than the target's mechanism makes them. */
  | { readonly kind: 'rare-pair'; readonly nodes: readonly [number, number]; readonly size: number };

/**
 * A noise that makes less than this share of its column's spread counts in proportion to it: what is left of a column that is
 * all but calculated from its causes is mostly the error of learning the calculation, and moving it moves next to nothing.
 */
const FULL_SHARE = 0.3;
/** More rows than this sharpen nothing that matters. */
const MOST_ROWS = 10_000;
/**
 * A misfit counts beyond this many standard errors: Bonferroni at 5 % for about 500 looks at pairs of
 * all rows; among the few rare rows a false alarm costs little, since only the nodes that it names are held back. */
const STANDARD_ERRORS = { pair: 4, rare: 2.5, rarePair: 3 };

/**
 * What the model leaves unexplained. If map and mechanisms are right, the noises u of all nodes are independent of one
 * another, and among rare rows a function f of the noise of a node that does not come after the target has the mean
 * sum p_i f(u_i) / sum p_i with p_i = P(Y = m | pa_i), while for one that does it is E f(U), U uniform. Each noise is held
 * against each other one over all rows, and against its mean among rare rows, in two ways: its level, u - 1/2 with u in the
 * middle of an atom's interval (its mean given the parents is 0, so nothing is added by chance), and its spread, z^2 - 1
 * with u drawn inside the interval. An arrow left out, an unrecorded common cause and most reversals show here.
 * The noises of two nodes are held against each other among rare rows as well: what an effect on the odds that depends on another
 * one, or an unrecorded cause of two columns, leaves there.
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
  const all = looksAt(model, frame, every, createRng(seed, 'misfits'));
  const inRare = looksAt(model, frame, chosen, createRng(seed, 'misfits-rare'));
  const found = [
    ...pairMisfits(model, all, target, countUnits(units, every)),
    ...rareMisfits(
      { model, frame, rows: every, target, rareCode },
      { looks: all, share: countUnits(units, every) / every.length },
      { looks: inRare, cases: countUnits(units, chosen) },
    ),
  ];
  return found.sort((a, b) => Math.abs(b.size) - Math.abs(a.size));
}

interface Looks {
  /** u - 1/2 in the middle of the noise interval, by node. */
  readonly level: readonly Float64Array[];
  /** z^2 - 1 of a noise drawn inside its interval, by node. */
  readonly spread: readonly Float64Array[];
  /** The drawn noises z themselves. */
  readonly z: readonly Float64Array[];
  /** How much a misfit of each node counts, in (0, 1]: see `FULL_SHARE`. */
  readonly counts: readonly number[];
}

function looksAt(model: StructuralModel, frame: Frame, rows: readonly number[], rng: Rng): Looks {
  const columns = frame.columns.map((column) => gather(column, rows));
  const middle = new Float64Array(rows.length).fill(0.5);
  const noise = (node: number, tieBreak: Float64Array) =>
    model.mechanisms[node]!.noise(
      model.parents[node]!.map((p) => columns[p]!),
      columns[node]!,
      tieBreak,
    );
  const nodes = model.specs.map((_, node) => node);
  const z = nodes.map((node) =>
    noise(
      node,
      middle.map(() => rng.uniform()),
    ).map(normalQuantile),
  );
  const counts = nodes.map((node) => {
    const drawn = model.mechanisms[node]!.quantile(
      model.parents[node]!.map((p) => columns[p]!),
      middle.map(() => rng.uniform()),
    );
    return Math.min(1, shareOfNoise(columns[node]!, drawn) / FULL_SHARE);
  });
  return {
    counts,
    level: nodes.map((node) => noise(node, middle).map((u) => u - 0.5)),
    spread: z.map((column) => column.map((v) => v * v - 1)),
    z,
  };
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
  { level, spread, counts }: Looks,
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

interface RareQuestion {
  readonly model: StructuralModel;
  readonly frame: Frame;
  /** Rows of the frame that `all` looks at. */
  readonly rows: readonly number[];
  readonly target: number;
  readonly rareCode: number;
}

/**
 * @param all All rows, and how many of them are units of their own, as a share.
 * @param inRare Rare rows, and how many units they are of.
 */
function rareMisfits(
  { model, frame, rows, target, rareCode }: RareQuestion,
  { looks: all, share }: { readonly looks: Looks; readonly share: number },
  { looks: inRare, cases }: { readonly looks: Looks; readonly cases: number },
): Misfit[] {
  const count = inRare.z[0]!.length;
  if (cases < 2) return [];
  const likelihood = targetLikelihood(model, target, rareCode);
  const risk = likelihood(
    frame.columns.map((column) => gather(column, rows)),
    all.z,
  ).map(Math.exp);
  const even = new Float64Array(rows.length).fill(1);
  const tied = new Set(model.bidirected.flat());
  // In a district of the target noises go together with its own, which is not weighed here.
  const isJudged = (node: number) => node !== target && !(tied.has(target) && tied.has(node));
  const comesAfter = model.specs.map((_, node) => ancestorsOf(model, node).has(target));
  const pairs = rarePairs(all, inRare, risk, cases, (a, b) => {
    if (!isJudged(a) || !isJudged(b) || (tied.has(a) && tied.has(b))) return null;
    return comesAfter[a] || comesAfter[b] ? 'none' : 'of-risk';
  });
  const single = model.specs.flatMap((_, node): Misfit[] => {
    if (!isJudged(node)) return [];
    const weights = comesAfter[node] ? even : risk;
    let size = 0;
    for (const look of ['level', 'spread'] as const) {
      const expected = weightedMoments(all[look][node]!, weights);
      const seen = weightedMoments(inRare[look][node]!, new Float64Array(count).fill(1));
      if (!(expected.variance > 1e-12)) continue;
      const error = Math.sqrt(1 / cases + 1 / (share * expected.effective));
      const shift = (seen.mean - expected.mean) / Math.sqrt(expected.variance);
      if (Math.abs(shift) > STANDARD_ERRORS.rare * error && Math.abs(shift) > Math.abs(size)) size = shift;
    }
    return size === 0 ? [] : [{ kind: 'rare', nodes: [node], size: size * all.counts[node]! }];
  });
  return [...single, ...pairs];
}

/** Correlations of levels among rare rows beyond those expected. */
function rarePairs(
  all: Looks,
  inRare: Looks,
  risk: Float64Array,
  cases: number,
  expectation: (a: number, b: number) => 'none' | 'of-risk' | null,
): Misfit[] {
  const even = new Float64Array(inRare.z[0]!.length).fill(1);
  const error = 1 / Math.sqrt(cases);
  const found: Misfit[] = [];
  for (let a = 0; a < all.z.length; a++)
    for (let b = 0; b < a; b++) {
      const kind = expectation(a, b);
      if (kind === null) continue;
      // Causes of the target go together among rare rows by selection; what comes after it does not.
      const expected = kind === 'of-risk' ? weightedCorrelation(all.level[a]!, all.level[b]!, risk) : 0;
      const difference = weightedCorrelation(inRare.level[a]!, inRare.level[b]!, even) - expected;
      if (Math.abs(difference) > STANDARD_ERRORS.rarePair * error)
        found.push({ kind: 'rare-pair', nodes: [b, a], size: difference * all.counts[a]! * all.counts[b]! });
    }
  return found;
}

function weightedCorrelation(x: Float64Array, y: Float64Array, weights: Float64Array): number {
  const [mx, my] = [weightedMoments(x, weights), weightedMoments(y, weights)];
  let sum = 0;
  let total = 0;
  for (let i = 0; i < x.length; i++) {
    sum += weights[i]! * (x[i]! - mx.mean) * (y[i]! - my.mean);
    total += weights[i]!;
  }
  const scale = Math.sqrt(mx.variance * my.variance);
  return scale > 1e-12 ? sum / total / scale : 0;
}

function weightedMoments(values: Float64Array, weights: Float64Array) {
  let total = 0;
  let squares = 0;
  let sum = 0;
  for (let i = 0; i < values.length; i++) {
    total += weights[i]!;
    squares += weights[i]! ** 2;
    sum += weights[i]! * values[i]!;
  }
  const mean = sum / total;
  let variance = 0;
  for (let i = 0; i < values.length; i++) variance += (weights[i]! * (values[i]! - mean) ** 2) / total;
  return { mean, variance, effective: total ** 2 / squares };
}

/** Mean 0 and variance 1; a constant column becomes 0. */
function standardised(values: Float64Array): Float64Array {
  const { mean, variance } = weightedMoments(values, new Float64Array(values.length).fill(1));
  const scale = variance > 1e-12 ? 1 / Math.sqrt(variance) : 0;
  return values.map((v) => (v - mean) * scale);
}
