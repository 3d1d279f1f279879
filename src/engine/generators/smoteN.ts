import { EngineError } from '../errors';
import { createNearestLists, offerInPlace } from '../numeric/nearestLists';
import { createRng, ROWS_PER_BLOCK } from '../rng';
import type { Task } from '../task';
import { defineGenerator, type GeneratorPlan } from './generator';
import { countOf, featureColumns, nameSome, type RareRows, rareRowsOf } from './rareRows';
import { neighboursParameter } from './smote';
import { emptySyntheticRows, hasMoved } from './syntheticRows';
import { valueDifferences } from './valueDifferences';

/** Pairs of rows compared between two checkpoints: a few milliseconds of work. */
const PAIRS_PER_CHECKPOINT = 200_000;

interface ModesPlan extends GeneratorPlan {
  readonly rareCode: number;
  /** Frame rows of the rare rows, their cells, and the row each of them makes. */
  readonly rows: Int32Array;
  readonly columns: readonly Float64Array[];
  readonly modes: readonly Float64Array[];
}

/**
 * SMOTE-N, for tables of categories only: a base drawn uniformly; each column is the most frequent level among the base
 * and its k nearest rare rows by the value difference metric, the first of tied levels in the column's order. So there
 * are at most as many distinct new rows as rare rows. Rows with a missing cell are left out; k is lowered where rows
 * are few.
 * @throws EngineError `unsupported-column` where a column is numeric, `too-few-rows` with fewer than two complete rows.
 * @see SMOTE: Synthetic Minority Over-sampling Technique, JAIR 16 (2002), section 6.2.
 */
export const smoteN = defineGenerator({
  id: 'smote-n',
  label: 'SMOTE-N',
  summary: 'SMOTE for tables of categories only: each cell is put to a vote among like rows.',
  usesMap: false,
  parameters: [neighboursParameter],
  async prepare(input, { k }, task) {
    const { frame, seed, rareCode } = input;
    const { numeric, categorical } = featureColumns(input);
    if (numeric.length > 0)
      throw new EngineError(
        'unsupported-column',
        `SMOTE-N takes categories only, and ${nameSome(numeric.map((column) => frame.specs[column]!))} ${numeric.length === 1 ? 'is' : 'are'} numeric: use SMOTE-NC, or have the numbers read as categories.`,
      );
    const rare = rareRowsOf(input, smoteN.label, 2, true);
    const count = rare.rows.length;
    const wantedK = Math.round(k ?? neighboursParameter.initial);
    const size = Math.min(wantedK, count - 1);
    const differences = valueDifferences(frame, input.target);
    const neighbours = await nearestByDifference(rare, categorical, differences, size, task);
    const plan: ModesPlan = {
      generator: smoteN.id,
      seed,
      rareCode,
      rows: rare.rows,
      columns: rare.columns,
      modes: rare.columns.map((column, c) =>
        categorical.includes(c) ? modesOf(column, neighbours, size, frame.specs[c]!.levels!.length) : column,
      ),
    };
    const messages =
      size < wantedK
        ? [`SMOTE-N uses k = ${size} instead of ${wantedK}: there are only ${countOf(count, 'usable rare row')}.`]
        : [];
    return { plan, messages: [...rare.messages, ...messages] };
  },
  draw(given, from, rows) {
    const plan = given as ModesPlan;
    const out = emptySyntheticRows(from, rows, plan.columns.length);
    for (let start = 0; start < rows; start += ROWS_PER_BLOCK) {
      const rng = createRng(plan.seed, `${plan.generator}-level-${plan.rareCode}`, (from + start) / ROWS_PER_BLOCK);
      const end = Math.min(rows, start + ROWS_PER_BLOCK);
      for (let i = start; i < end; i++) {
        const base = rng.integer(plan.rows.length);
        out.donor[i] = plan.rows[base]!;
        plan.modes.forEach((mode, c) => {
          out.columns[c]![i] = mode[base]!;
        });
        out.moved[i] = hasMoved(out, i, plan.columns, base);
      }
    }
    return out;
  },
});

/** Positions of the k nearest other rare rows, shape (rows, k); d = sum over columns of the levels' squared difference. */
async function nearestByDifference(
  { rows, columns }: RareRows,
  features: readonly number[],
  differences: ReadonlyMap<number, Float64Array>,
  k: number,
  task: Task,
): Promise<Int32Array> {
  const count = rows.length;
  const lists = createNearestLists(count, k);
  const { squared } = lists;
  const distances = new Float64Array(count);
  const tables = features.map((column) => {
    const table = differences.get(column)!;
    return { codes: Int32Array.from(columns[column]!), table, levels: Math.sqrt(table.length) };
  });
  let pairs = 0;
  for (let a = 0; a < count; a++) {
    distances.fill(0, 0, a);
    for (const { codes, table, levels } of tables)
      addLookedUp(distances, a, codes, table.subarray(codes[a]! * levels, (codes[a]! + 1) * levels));
    for (let b = 0; b < a; b++) {
      const distance = distances[b]!;
      if (distance <= squared[a * k + k - 1]!) offerInPlace(lists, a, b, distance);
      if (distance <= squared[b * k + k - 1]!) offerInPlace(lists, b, a, distance);
    }
    pairs += a;
    if (pairs > PAIRS_PER_CHECKPOINT) {
      pairs = 0;
      await task.checkpoint((a / count) ** 2, 'Finding neighbours');
    }
  }
  return lists.index;
}

/** sums[b] += table[codes[b]] for the first rows. */
function addLookedUp(sums: Float64Array, rows: number, codes: Int32Array, table: Float64Array): void {
  for (let b = 0; b < rows; b++) sums[b]! += table[codes[b]!]!;
}

/** Most frequent level among each row and its neighbours; the lowest code of tied ones. */
function modesOf(column: Float64Array, neighbours: Int32Array, k: number, levels: number): Float64Array {
  const votes = new Int32Array(levels);
  return column.map((own, row) => {
    votes.fill(0);
    votes[own]!++;
    for (let s = 0; s < k; s++) votes[column[neighbours[row * k + s]!]!]!++;
    return votes.indexOf(Math.max(...votes));
  });
}
