import { selectRows } from '../data/frame';
import { columnDifferences } from '../diagnosis/columnDifferences';
import {
  balancedWeight,
  claimValue,
  columnOf,
  contrastOf,
  correlationOf,
  type Estimate,
  effectUnderDo,
  sampleWorld,
  type WorldSample,
} from './claims';
import { type TrueStrength, trueStrengths } from './trueStrengths';
import type { World } from './world';

/** What one cause does to the risk of the rare outcome, by intervention in the simulated world. */
export interface TrueEffect {
  readonly exposure: string;
  /** Values compared, as texts: two levels, or the lower and the upper quartile of a number. */
  readonly from: string;
  readonly to: string;
  readonly riskFrom: number;
  readonly riskTo: number;
  /** P(rare | do(exposure = to)) - P(rare | do(exposure = from)). */
  readonly total: Estimate;
  /** Along the arrow from exposure to outcome only; 0 without one. */
  readonly direct: Estimate;
  /** The raw difference between the rows with either value; null for numbers. */
  readonly crude: Estimate | null;
}

/** Pearson correlation of two columns in the whole population, inside each class, and with the classes balanced. */
export interface TrueCorrelation {
  readonly x: string;
  readonly y: string;
  readonly all: number;
  readonly common: number;
  readonly rare: number;
  readonly balanced: number;
}

/** Mean and standard deviation of one column in either class. */
export interface TrueColumn {
  readonly column: string;
  readonly common: { readonly mean: number; readonly sd: number };
  readonly rare: { readonly mean: number; readonly sd: number };
}

/** What is known of a demo world because it is simulated. */
export interface WorldTruth {
  readonly id: string;
  readonly rows: number;
  readonly seed: number;
  readonly target: string;
  readonly rareLevel: string;
  readonly prevalence: Estimate;
  readonly claims: readonly (Estimate & { readonly text: string; readonly stated: number })[];
  readonly effects: readonly TrueEffect[];
  /** Of numbers and two-level categories, latent ones left out. */
  readonly columns: readonly TrueColumn[];
  readonly correlations: readonly TrueCorrelation[];
  /** How far apart rare and common rows are in each recorded column, see `ColumnDifference.effect`. */
  readonly separations: readonly { readonly column: string; readonly effect: number }[];
  /** Every statement of the world's map as the dependence tests measure it. */
  readonly strengths: readonly TrueStrength[];
}

/** Ranks of more rows than this take long and say no more. */
const MOST_RANKED = 300_000;

/**
 * The truth of a world by simulation: effects by holding the exposure at either value on the same noises, laws by counting.
 * Costs about two simulations for each possible exposure.
 */
export function truthOf(world: World, rows: number, seed: number): WorldTruth {
  const sample = sampleWorld(world, rows, seed);
  const claims = (world.claims ?? []).map((claim) => ({
    text: claim.text,
    stated: claim.stated,
    ...claimValue(sample, claim),
  }));
  return {
    id: world.id,
    rows,
    seed,
    target: world.target,
    rareLevel: world.rareLevel,
    prevalence: claimValue(sample, { kind: 'prevalence', text: '', stated: 0, precision: 0 }),
    claims,
    effects: exposuresOf(world).flatMap((exposure) => effectsOf(sample, exposure)),
    ...lawsOf(sample),
    separations: separationsOf(sample),
    strengths: trueStrengths(sample),
  };
}

function separationsOf({ frame, isRare, world }: WorldSample): WorldTruth['separations'] {
  const rows = Math.min(MOST_RANKED, frame.rows);
  const some = selectRows(frame, [...Array(rows).keys()]);
  const latent = new Set(world.nodes.flatMap(({ spec, isLatent }) => (isLatent ? [spec.name] : [])));
  return columnDifferences(some, isRare.subarray(0, rows), world.target)
    .filter(({ column }) => !latent.has(column))
    .map(({ column, effect }) => ({ column, effect }));
}

/** Recorded variables that are not caused by the target. */
function exposuresOf(world: World): readonly string[] {
  const after = new Set([world.target]);
  for (const { spec, parents } of world.nodes) if (parents.some((name) => after.has(name))) after.add(spec.name);
  return world.nodes.flatMap(({ spec: { name }, isLatent }) => (isLatent || after.has(name) ? [] : [name]));
}

function effectsOf(sample: WorldSample, exposure: string): readonly TrueEffect[] {
  const { frame, world } = sample;
  const spec = frame.specs[columnOf(frame, exposure)]!;
  const isCause = world.nodes.find((node) => node.spec.name === world.target)!.parents.includes(exposure);
  const pairs = spec.levels
    ? spec.levels.slice(1).map((level, k) => ({ from: 0, to: k + 1, texts: [spec.levels![0]!, level] as const }))
    : quartiles(sample, exposure);
  return pairs.map(({ from, to, texts }) => {
    const { riskFrom, riskTo, ...total } = effectUnderDo(sample, exposure, from, to);
    const nothing = { value: 0, standardError: 0 };
    const { value, standardError } = isCause ? effectUnderDo(sample, exposure, from, to, true) : nothing;
    return {
      exposure,
      from: texts[0],
      to: texts[1],
      riskFrom,
      riskTo,
      total,
      direct: { value, standardError },
      crude: spec.levels ? contrastOf(sample, exposure, from, to) : null,
    };
  });
}

function quartiles({ frame }: WorldSample, name: string) {
  const column = columnOf(frame, name);
  const sorted = Float64Array.from(frame.columns[column]!).sort();
  const [from, to] = [0.25, 0.75].map((share) => sorted[Math.floor(share * (sorted.length - 1))]!);
  const text = (value: number) => value.toFixed(frame.specs[column]!.decimals);
  return from === to ? [] : [{ from: from!, to: to!, texts: [text(from!), text(to!)] as const }];
}

function lawsOf(sample: WorldSample): Pick<WorldTruth, 'columns' | 'correlations'> {
  const { frame, isRare, world } = sample;
  const shown = world.nodes.flatMap(({ spec, isLatent }, k) =>
    isLatent || spec.name === world.target || (spec.levels && spec.levels.length > 2) ? [] : [k],
  );
  const name = (k: number) => frame.specs[k]!.name;
  const inClass = (flag: number) => (i: number) => (isRare[i] === flag ? 1 : 0);
  const weights = { all: () => 1, common: inClass(0), rare: inClass(1), balanced: balancedWeight(sample) };
  return {
    columns: shown.map((k) => ({
      column: name(k),
      common: moments(frame.columns[k]!, inClass(0)),
      rare: moments(frame.columns[k]!, inClass(1)),
    })),
    correlations: shown.flatMap((x, at) =>
      shown.slice(at + 1).map((y) => {
        const r = (weight: (i: number) => number) => correlationOf(frame.columns[x]!, frame.columns[y]!, weight).value;
        return {
          x: name(x),
          y: name(y),
          all: r(weights.all),
          common: r(weights.common),
          rare: r(weights.rare),
          balanced: r(weights.balanced),
        };
      }),
    ),
  };
}

function moments(values: Float64Array, weight: (i: number) => number) {
  let [n, mean, squares] = [0, 0, 0];
  for (let i = 0; i < values.length; i++) {
    if (weight(i) === 0) continue;
    n++;
    const d = values[i]! - mean;
    mean += d / n;
    squares += d * (values[i]! - mean);
  }
  return { mean, sd: Math.sqrt(squares / n) };
}
