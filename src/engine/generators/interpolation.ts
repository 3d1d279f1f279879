import { nearestNeighbours } from '../numeric/neighbours';
import { roundToDecimals } from '../numeric/rounding';
import { createRng, ROWS_PER_BLOCK } from '../rng';
import type { Task } from '../task';
import type { GeneratorInput, GeneratorPlan, SyntheticRows } from './generator';
import { countOf, type RareRows } from './rareRows';
import { emptySyntheticRows, hasMoved } from './syntheticRows';

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

/** Everything that drawing needs; `a` and `b` are positions among the rare rows. */
export interface InterpolationPlan extends GeneratorPlan {
  readonly rareCode: number;
  /** Frame rows of the rare rows. */
  readonly rows: Int32Array;
  readonly columns: readonly Float64Array[];
  readonly treatments: readonly Treatment[];
  readonly decimals: readonly number[];
  readonly levels: readonly number[];
  readonly k: number;
  /** Positions of the k nearest rare rows of each rare row, shape (rows, k). */
  readonly neighbours: Int32Array;
}

/** Which columns a distance looks at, and what a differing category costs. */
export interface DistanceColumns {
  readonly numeric: readonly number[];
  readonly categorical: readonly number[];
  readonly mismatchPenalty: number;
}

/** Finds the neighbours within the rare class and packs the plan; k is lowered, with a message, where rows are few. */
export async function planInterpolation(
  generator: { readonly id: string; readonly label: string },
  input: GeneratorInput,
  rare: RareRows,
  treatments: readonly Treatment[],
  distance: DistanceColumns,
  wantedK: number,
  task: Task,
): Promise<{ readonly plan: InterpolationPlan; readonly messages: readonly string[] }> {
  const { frame, seed, rareCode } = input;
  const count = rare.rows.length;
  const pack = (indices: readonly number[]) =>
    Float64Array.from(
      { length: count * indices.length },
      (_, cell) => rare.columns[indices[cell % indices.length]!]![Math.floor(cell / indices.length)]!,
    );
  const found = await nearestNeighbours(
    {
      rows: count,
      numeric: pack(distance.numeric),
      numericColumns: distance.numeric.length,
      codes: Int32Array.from(pack(distance.categorical)),
      codeColumns: distance.categorical.length,
      mismatchPenalty: distance.mismatchPenalty,
    },
    wantedK,
    task,
  );
  const messages =
    found.k < wantedK
      ? [
          `${generator.label} uses k = ${found.k} instead of ${wantedK}: there are only ${countOf(count, 'usable rare row')}.`,
        ]
      : [];
  const plan: InterpolationPlan = {
    generator: generator.id,
    seed,
    rareCode,
    rows: rare.rows,
    columns: rare.columns,
    treatments,
    decimals: frame.specs.map(({ decimals }) => decimals),
    levels: frame.specs.map(({ levels }) => levels?.length ?? 0),
    k: found.k,
    neighbours: found.index,
  };
  return { plan, messages };
}

/**
 * Row: base i and slot s uniform on rows x k, neighbour j = neighbours[i][s], one u ~ U(0, 1) for all columns, then one
 * number per tied vote.
 */
export function drawInterpolated(given: GeneratorPlan, from: number, rows: number): SyntheticRows {
  const plan = given as InterpolationPlan;
  const { columns, treatments, neighbours, k } = plan;
  const out = emptySyntheticRows(from, rows, columns.length);
  const voters = new Int32Array(k);
  const votes = new Int32Array(Math.max(1, ...plan.levels));
  for (let start = 0; start < rows; start += ROWS_PER_BLOCK) {
    const rng = createRng(plan.seed, `${plan.generator}-level-${plan.rareCode}`, (from + start) / ROWS_PER_BLOCK);
    const end = Math.min(rows, start + ROWS_PER_BLOCK);
    for (let i = start; i < end; i++) {
      const pair = rng.integer(plan.rows.length * k);
      const u = rng.uniform();
      const a = Math.floor(pair / k);
      const b = neighbours[pair]!;
      out.donor[i] = plan.rows[a]!;
      out.partner[i] = plan.rows[b]!;
      for (let c = 0; c < columns.length; c++) {
        const values = columns[c]!;
        const base = values[a]!;
        switch (treatments[c]!) {
          case treatment.copied:
            out.columns[c]![i] = base;
            break;
          case treatment.interpolated:
            out.columns[c]![i] = roundToDecimals(base + u * (values[b]! - base), plan.decimals[c]!);
            break;
          case treatment.roundedCode:
            out.columns[c]![i] = Math.round(base + u * (values[b]! - base));
            break;
          case treatment.voted: {
            for (let s = 0; s < k; s++) voters[s] = values[neighbours[a * k + s]!]!;
            out.columns[c]![i] = mostVoted(voters, votes, (tied) => rng.integer(tied));
          }
        }
      }
      out.moved[i] = hasMoved(out, i, columns, a);
    }
  }
  return out;
}

/** The level most voters hold; among tied levels, in order of first vote, the one `choose` picks. Leaves `votes` zeroed. */
function mostVoted(voters: Int32Array, votes: Int32Array, choose: (tied: number) => number): number {
  let top = 0;
  for (const level of voters) {
    const count = votes[level]! + 1;
    votes[level] = count;
    if (count > top) top = count;
  }
  let tied = 0;
  for (const level of voters) {
    if (votes[level] === top) {
      tied++;
      votes[level] = -top; // counted once, still recognisable below
    }
  }
  let remaining = tied > 1 ? choose(tied) : 0;
  let winner = -1;
  for (const level of voters) {
    if (winner < 0 && votes[level] === -top && remaining-- === 0) winner = level;
    votes[level] = 0;
  }
  return winner;
}
