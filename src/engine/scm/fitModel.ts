import type { Frame } from '../data/frame';
import type { RowUnits } from '../data/rowUnits';
import type { Executor } from '../executor';
import type { Dag } from '../graph/dag';
import { mechanismFromJson } from '../mechanisms/registry';
import { gather } from '../numeric/gather';
import type { NodeSettings } from '../project/nodeSettings';
import { createRng, shuffleInPlace } from '../rng';
import { subtask, type Task } from '../task';
import { classDifferences } from './classDifference';
import type { FittedModel, NodeFit } from './fittedModel';
import { estimateNoiseCorrelation } from './noiseCorrelation';

/** Mechanisms are learned from at most this many rows: all rare ones and a weighted sample of the others. */
const MOST_ROWS = 20_000;

/**
 * Learns one mechanism per node of a map without latent nodes from all rows of the frame, common and rare alike:
 * mechanisms that do not involve the target are the same in both classes, so the rare class borrows their strength.
 * @param dag Its names are the frame's column names, in the same order.
 * @param target Column index of the target; its children are scored and pooled by class.
 * @param standsFor By level of the target, how many rows of the whole file each row stands for; null where all count alike.
 * @param units Unit of each row of the frame: folds are of whole units.
 * @param demands What the expert overrides in how single nodes are learned, by node name.
 */
export async function fitModel(
  frame: Frame,
  dag: Dag,
  target: number,
  seed: number,
  executor: Executor,
  task: Task,
  demands: readonly NodeSettings[] = [],
  standsFor: Float64Array | null = null,
  units: RowUnits | null = null,
): Promise<FittedModel> {
  const { rows, weights: drawn, common } = sampleForFitting(frame, target, seed);
  const weights = standsFor ? drawn.map((w, i) => w * standsFor[frame.columns[target]![rows ? rows[i]! : i]!]!) : drawn;
  const columns = rows ? frame.columns.map((column) => gather(column, rows)) : frame.columns;
  const ownUnits = units && (rows ? rows.map((row) => units[row]!) : units);
  const results = await executor.fitNodes(
    frame.specs.map((child, node) => {
      const parents = dag.parents[node]!;
      const settings = demands.find((one) => one.node === child.name);
      return {
        child,
        parents: parents.map((p) => frame.specs[p]!),
        values: columns[node]!,
        parentColumns: parents.map((p) => columns[p]!),
        weights,
        targetParent: parents.indexOf(target),
        seed,
        ...(settings ? { settings } : {}),
        ...(ownUnits ? { units: ownUnits } : {}),
      };
    }),
    subtask(task, 0, 0.95),
  );
  const mechanisms = results.map(({ mechanism }) => mechanismFromJson(mechanism));
  const bidirected = dag.spouses.flatMap((others, a) => others.filter((b) => b > a).map((b) => [a, b] as const));
  const parts = { specs: frame.specs, order: dag.order, parents: dag.parents, bidirected, mechanisms };
  await task.checkpoint(0.95, 'Learning unrecorded causes');
  const noiseCorrelation = estimateNoiseCorrelation(parts, columns, weights, seed);
  await task.checkpoint(0.97, 'Comparing classes');
  const differences = classDifferences({
    ...parts,
    columns,
    weights,
    target,
    rareCodes: [...frame.specs[target]!.levels!.keys()].filter((code) => code !== common),
    noise: results.map(({ noise }) => noise),
  });
  await task.checkpoint(1, 'Learned');
  const fits = results.map(({ fit }, node): NodeFit => {
    const classDifference = differences[node]!;
    const said = classDifference?.differs ? [classDifference.explanation] : [];
    const sampled =
      rows && node === target
        ? [
            `Mechanisms were learned from ${rows.length} of ${frame.rows} rows: every row of the rarer classes (at most ${MOST_ROWS / 2}) and a weighted sample of the commonest one.`,
          ]
        : [];
    return { ...fit, classDifference, messages: [...sampled, ...fit.messages, ...said] };
  });
  return { ...parts, noiseCorrelation, fits };
}

/**
 * All rows with weight 1 up to MOST_ROWS; above it every row outside the most frequent class and a simple random sample
 * of that class, weighted back to its size.
 * @returns `common` is the code of the most frequent class.
 */
function sampleForFitting(
  frame: Frame,
  target: number,
  seed: number,
): { rows: Int32Array | null; weights: Float64Array; common: number } {
  const codes = frame.columns[target]!;
  const counts = new Map<number, number>();
  for (const code of codes) counts.set(code, (counts.get(code) ?? 0) + 1);
  const common = [...counts].sort((a, b) => b[1] - a[1])[0]![0];
  if (frame.rows <= MOST_ROWS) return { rows: null, weights: new Float64Array(frame.rows).fill(1), common };
  const others: number[] = [];
  const pool: number[] = [];
  codes.forEach((code, i) => {
    (code === common ? pool : others).push(i);
  });
  const rng = createRng(seed, 'fit-sample');
  const keepOthers = shuffleInPlace(Int32Array.from(others), rng).slice(0, MOST_ROWS / 2);
  const keepCommon = shuffleInPlace(Int32Array.from(pool), rng).slice(0, MOST_ROWS - keepOthers.length);
  const rows = Int32Array.from([...keepOthers, ...keepCommon]).sort();
  const weightOf = (code: number) =>
    code === common ? pool.length / keepCommon.length : others.length / keepOthers.length;
  return { rows, weights: Float64Array.from(rows, (i) => weightOf(codes[i]!)), common };
}
