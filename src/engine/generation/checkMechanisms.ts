import type { Frame } from '../data/frame';
import type { Table } from '../data/table';
import type { Interval } from '../dependence/comparison';
import { mechanismDifference } from '../dependence/differenceTests';
import { bootstrapGroups, createDonorBootstrap } from '../dependence/donorBootstrap';
import { labelEffect } from '../dependence/labelTest';
import { completeRows } from '../dependence/statementRows';
import { variableOf } from '../dependence/variable';
import { verdictOf } from '../dependence/verdict';
import type { Executor } from '../executor';
import { dagOf } from '../graph/dag';
import { gather } from '../numeric/gather';
import type { GenerationSettings, Project } from '../project/project';
import { createRng } from '../rng';
import { subtask, type Task } from '../task';
import { generateRun } from './generateRun';
import { type HeldOut, heldOutRare } from './heldOutRare';
import { runInput } from './runInput';
import { tableRows } from './tableRows';

/** What became of one mechanism. */
export interface MechanismCheck {
  readonly node: string;
  readonly parents: readonly string[];
  /** How it was asked: by the label given the parents, or by slopes alone where the node is the target. */
  readonly test: 'label' | 'slopes';
  /** In [0, 1]; null where too few rows are complete or nothing varies. */
  readonly effect: number | null;
  readonly interval: Interval;
  readonly verdict: 'kept' | 'damaged' | 'cannot-tell';
  readonly heldOutRows: number;
  readonly sentence: string;
}

export interface MechanismReport {
  readonly generator: string;
  readonly checks: readonly MechanismCheck[];
  readonly messages: readonly string[];
}

/** Synthetic rows made in each fold, per rare row it was learned from, and at most so many. */
const ROWS_OF_A_DONOR = 4;
const MOST_PILOT_ROWS = 1500;
const MOST_COMMON_ROWS = 4000;

/**
 * Checks every mechanism on rare rows that were held out from everything (see `heldOutRare`): the generator learns from the rows
 * that are left and makes rows, and those are put beside the rare ones it has not seen. For each node: does "synthetic or real" say anything about it once its parents are known (level and spread)? For the target,
 * whose level balancing changes on purpose, the slopes of its regression on its parents are compared, synthetic against
 * held-out rare rows, each with other common rows.
 * @throws EngineError as `generateRun`, `cancelled`.
 */
export async function checkMechanisms(
  table: Table,
  project: Project,
  settings: GenerationSettings,
  executor: Executor,
  task: Task,
): Promise<MechanismReport> {
  const input = runInput(table, project);
  const { frame, rows, target, rareCodes } = input;
  const rare = new Set(rareCodes);
  const codes = frame.columns[target]!;
  const rareRows = [...codes.keys()].filter((row) => rare.has(codes[row]!));
  const { parts: cuts, said } = heldOutRare(table, input, project.design, settings.seed);
  const parts: { readonly columns: readonly Float64Array[]; readonly donor: Int32Array }[] = [];
  for (const [fold, { learned }] of cuts.entries()) {
    const pilot = await generateRun(
      tableRows(
        table,
        learned.map((row) => rows[row]!),
      ),
      project,
      { ...settings, amount: { kind: 'rows', rows: Math.min(MOST_PILOT_ROWS, ROWS_OF_A_DONOR * rareRows.length) } },
      executor,
      subtask(task, (0.9 * fold) / cuts.length, (0.9 * (fold + 1)) / cuts.length),
    );
    parts.push({ columns: pilot.columns, donor: pilot.donor.map((row) => learned[row]!) });
  }
  await task.checkpoint(0.92, 'Comparing the mechanisms');
  const { groups, groupOf } = bootstrapGroups(
    rareRows,
    input.units,
    createRng(settings.seed, 'mechanism-bootstrap-groups'),
  );
  const held = Int32Array.from(cuts.flatMap((cut) => [...cut.rare]));
  const made = parts.reduce((sum, part) => sum + part.donor.length, 0);
  const labelled = {
    frame: stacked(frame, held, parts, input.mapColumns),
    realRows: held.length,
    group: Int32Array.from([...held, ...parts.flatMap(({ donor }) => [...donor])], (row) => groupOf(row) ?? 0),
  };
  const bootstrap = createDonorBootstrap(groups, createRng(settings.seed, 'mechanism-bootstrap'));
  const { margin } = project.tests;
  const dag = dagOf(input.map);
  const targetName = frame.specs[target]!.name;
  const common = commonRows(frame, target, rare, cuts);
  const checks: MechanismCheck[] = [];
  for (const [index, { name }] of input.map.nodes.slice(0, input.mapColumns).entries()) {
    await task.checkpoint(0.92 + (0.08 * index) / input.mapColumns, 'Comparing the mechanisms');
    const parents = dag.parents[dag.indexOf.get(name)!]!.map((p) => dag.names[p]!);
    if (name === targetName) {
      if (parents.length > 0)
        checks.push(targetSlopes(frame, target, rare, labelled.frame, held.length, common, parents, margin));
      continue;
    }
    const conditions = parents.filter((parent) => parent !== targetName);
    const found = labelEffect(labelled, name, conditions, bootstrap);
    const interval = found?.interval ?? { low: 0, high: 1 };
    const verdict = found ? verdictOf(interval, margin) : 'cannot-tell';
    checks.push({
      node: name,
      parents,
      test: 'label',
      effect: found?.effect ?? null,
      interval,
      verdict,
      heldOutRows: found?.realRows ?? held.length,
      sentence: sentenceOf(name, conditions, verdict, found?.effect ?? null, held.length),
    });
  }
  return {
    generator: settings.generator,
    checks,
    messages: [`Learned ${said}, with ${made.toLocaleString('en')} synthetic rows.`],
  };
}

/** Real rare rows, then the synthetic ones, in the columns of the map. */
function stacked(
  frame: Frame,
  real: Int32Array,
  parts: readonly { readonly columns: readonly Float64Array[]; readonly donor: Int32Array }[],
  columns: number,
): Frame {
  const rows = real.length + parts.reduce((sum, part) => sum + part.donor.length, 0);
  return {
    rows,
    specs: frame.specs.slice(0, columns),
    columns: Array.from({ length: columns }, (_, c) => {
      const out = new Float64Array(rows);
      real.forEach((row, i) => {
        out[i] = frame.columns[c]![row]!;
      });
      let at = real.length;
      for (const part of parts) {
        out.set(part.columns[c]!, at);
        at += part.donor.length;
      }
      return out;
    }),
  };
}

/**
 * Common rows to hold rare ones against, for held-out and for synthetic rows: two halves of all, or in time those of the later rows
 * and of the rows learned from.
 */
function commonRows(frame: Frame, target: number, rare: ReadonlySet<number>, cuts: readonly HeldOut[]) {
  const codes = frame.columns[target]!;
  const isCommon = (row: number) => !rare.has(codes[row]!) && !Number.isNaN(codes[row]!);
  const thinned = (rows: readonly number[], most: number) => {
    const step = Math.max(1, Math.floor(rows.length / most));
    return rows.filter((_, i) => i % step === 0);
  };
  const [first] = cuts;
  if (first?.common)
    return [first.common, first.learned].map((rows) => thinned([...rows].filter(isCommon), MOST_COMMON_ROWS / 2));
  const used = thinned([...codes.keys()].filter(isCommon), MOST_COMMON_ROWS);
  return [0, 1].map((half) => used.filter((_, i) => i % 2 === half));
}

/** Slopes of the target on its parents: held-out rare rows and synthetic ones, each against common rows of their own. */
function targetSlopes(
  frame: Frame,
  target: number,
  rare: ReadonlySet<number>,
  labelled: Frame,
  realRows: number,
  common: readonly (readonly number[])[],
  parents: readonly string[],
  margin: number,
): MechanismCheck {
  const indices = parents.map((parent) => frame.specs.findIndex(({ name }) => name === parent));
  const sample = (from: number, to: number, half: number) => {
    const others = common[half]!;
    const columns = [...indices, target].map((c) =>
      Float64Array.from([...labelled.columns[c]!.subarray(from, to), ...others.map((row) => frame.columns[c]![row]!)]),
    );
    // One rare class against the rest.
    columns[indices.length] = columns[indices.length]!.map((code) => Number(rare.has(code)));
    const rows = columns[0]!.length;
    const part: Frame = { rows, specs: indices.map((c) => frame.specs[c]!), columns: columns.slice(0, -1) };
    const kept = completeRows(columns, rows);
    return {
      child: { kind: 'categorical' as const, codes: gather(columns[indices.length]!, kept), levels: 2 },
      parents: indices.map((_, c) => variableOf(part, c, kept)),
    };
  };
  const { slopes } = mechanismDifference(sample(0, realRows, 0), sample(realRows, labelled.rows, 1));
  const excess = Math.max(0, slopes.statistic - slopes.degrees);
  const effect = Math.sqrt(excess / (excess + 2 * realRows));
  const reach = 1.96 / Math.sqrt(2 * realRows);
  const interval = { low: slopes.pValue < 0.05 ? Math.max(0, effect - reach) : 0, high: effect + reach };
  const verdict = verdictOf(interval, margin);
  const name = frame.specs[target]!.name;
  return {
    node: name,
    parents,
    test: 'slopes',
    effect,
    interval,
    verdict,
    heldOutRows: realRows,
    sentence: {
      kept: `What ${parents.join(', ')} say about ${name} is the same with synthetic rows (slopes alone: balancing moves the level on purpose).`,
      damaged: `With synthetic rows ${parents.join(', ')} say something else about ${name} than with held-out real ones.`,
      'cannot-tell': `${realRows.toLocaleString('en')} held-out rows are too few to tell whether ${parents.join(', ')} still say the same about ${name}.`,
    }[verdict],
  };
}

function sentenceOf(
  node: string,
  parents: readonly string[],
  verdict: MechanismCheck['verdict'],
  effect: number | null,
  rows: number,
): string {
  const known = parents.length > 0 ? ` once ${parents.join(', ')} ${parents.length === 1 ? 'is' : 'are'} known` : '';
  if (effect === null) return `Too few complete rows, or nothing that varies, to check ${node}.`;
  switch (verdict) {
    case 'kept':
      return `Synthetic and held-out real rows cannot be told apart by ${node}${known}.`;
    case 'damaged':
      return `${node} gives synthetic rows away${known}: its level or its spread is another than in held-out real rows.`;
    case 'cannot-tell':
      return `${rows.toLocaleString('en')} held-out rows are too few to tell whether ${node} gives synthetic rows away${known}.`;
  }
}
