import { roundInPlace } from '../numeric/rounding';
import { firstAbove } from '../numeric/runningShares';
import { createRng, ROWS_PER_BLOCK } from '../rng';
import type { GeneratorInput, GeneratorPlan, SyntheticRows } from './generator';
import { emptySyntheticRows, hasMoved } from './syntheticRows';
import { mostVoted } from './votes';

/** What becomes of a column in an interpolated row. */
export const treatment = {
  /** Taken from the base row; the target. */
  copied: 0,
  /** a + u (b - a), rounded to the column's decimals. */
  interpolated: 1,
  /** The level code nearest to a + u (b - a). */
  roundedCode: 2,
  /** The most frequent level among the base's neighbours, ties broken at random. */
  voted: 3,
} as const;
export type Treatment = (typeof treatment)[keyof typeof treatment];

/** Where interpolated rows come from. Positions are those in `rows`. */
export interface Bases {
  /** Frame rows of the bases and of their neighbours, and their cells by frame column. */
  readonly rows: Int32Array;
  readonly columns: readonly Float64Array[];
  /** Positions of the rows that synthetic rows start from. */
  readonly bases: Int32Array;
  readonly k: number;
  /** Positions of the k neighbours of each base, shape (bases, k). */
  readonly neighbours: Int32Array;
  /** Rows made from the bases up to and with this one, in that order; null where each row draws its base uniformly. */
  readonly ends: Int32Array | null;
  /** 1 for rows of another class, which are gone towards less than half the way; null where there are none. */
  readonly isOther: Uint8Array | null;
}

/** Everything that drawing needs. */
export interface InterpolationPlan extends GeneratorPlan, Bases {
  readonly rareCode: number;
  readonly treatments: readonly Treatment[];
  readonly decimals: readonly number[];
  readonly levels: readonly number[];
}

export const interpolationPlan = (
  generator: string,
  { frame, seed, rareCode }: GeneratorInput,
  treatments: readonly Treatment[],
  bases: Bases,
): InterpolationPlan => ({
  generator,
  seed,
  rareCode,
  treatments,
  decimals: frame.specs.map(({ decimals }) => decimals),
  levels: frame.specs.map(({ levels }) => levels?.length ?? 0),
  ...bases,
});

/**
 * Row: base i and slot s uniform on bases x k (or the base whose turn it is, s uniform), neighbour j = neighbours[i][s],
 * one u ~ U(0, 1) for all columns, times another U(0, 0.5) towards another class, then one number per tied vote.
 */
export function drawInterpolated(given: GeneratorPlan, from: number, rows: number): SyntheticRows {
  const plan = given as InterpolationPlan;
  const { columns, treatments, bases, neighbours, ends, isOther, k } = plan;
  const out = emptySyntheticRows(from, rows, columns.length);
  const voters = new Int32Array(k);
  const votes = new Int32Array(Math.max(1, ...plan.levels));
  const voted = treatments.flatMap((given, c) => (given === treatment.voted ? [c] : []));
  const starts = new Int32Array(ROWS_PER_BLOCK);
  const goals = new Int32Array(ROWS_PER_BLOCK);
  const ways = new Float64Array(ROWS_PER_BLOCK);
  for (let start = 0; start < rows; start += ROWS_PER_BLOCK) {
    const rng = createRng(plan.seed, `${plan.generator}-level-${plan.rareCode}`, (from + start) / ROWS_PER_BLOCK);
    const size = Math.min(ROWS_PER_BLOCK, rows - start);
    for (let i = 0; i < size; i++) {
      const pair = ends ? baseAt(ends, from + start + i) * k + rng.integer(k) : rng.integer(bases.length * k);
      const base = Math.floor(pair / k);
      const goal = neighbours[pair]!;
      let way = rng.uniform();
      if (isOther && isOther[goal] === 1) way *= 0.5 * rng.uniform();
      starts[i] = bases[base]!;
      goals[i] = goal;
      ways[i] = way;
      for (const c of voted) {
        for (let s = 0; s < k; s++) voters[s] = columns[c]![neighbours[base * k + s]!]!;
        out.columns[c]![start + i] = mostVoted(voters, votes, (tied) => rng.integer(tied));
      }
    }
    for (let c = 0; c < columns.length; c++) {
      const made = out.columns[c]!.subarray(start, start + size);
      switch (treatments[c]!) {
        case treatment.copied:
          for (let i = 0; i < size; i++) made[i] = columns[c]![starts[i]!]!;
          break;
        case treatment.interpolated:
          interpolate(made, columns[c]!, starts, goals, ways);
          roundInPlace(made, plan.decimals[c]!);
          break;
        case treatment.roundedCode:
          interpolate(made, columns[c]!, starts, goals, ways);
          roundInPlace(made, 0);
      }
    }
    for (let i = 0; i < size; i++) {
      out.donor[start + i] = plan.rows[starts[i]!]!;
      out.partner[start + i] = plan.rows[goals[i]!]!;
      out.moved[start + i] = hasMoved(out, start + i, columns, starts[i]!);
    }
  }
  return out;
}

/** made[i] = a + way (b - a), with a and b the values at start and goal i. */
function interpolate(
  made: Float64Array,
  values: Float64Array,
  starts: Int32Array,
  goals: Int32Array,
  ways: Float64Array,
): void {
  for (let i = 0; i < made.length; i++) {
    const a = values[starts[i]!]!;
    made[i] = a + ways[i]! * (values[goals[i]!]! - a);
  }
}

/** The base whose turn row i is; past the last one it begins anew. */
const baseAt = (ends: Int32Array, i: number): number => firstAbove(ends, i % ends[ends.length - 1]!);
