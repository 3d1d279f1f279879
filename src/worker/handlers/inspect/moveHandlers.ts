import { EngineError } from '../../../engine/errors';
import { generatorById } from '../../../engine/generators/catalogue';
import type { TwinsPlan } from '../../../engine/generators/twins';
import { madeLayer } from '../../../engine/inspection/layerRows';
import { movesBySize, verdictOfMove } from '../../../engine/inspection/proposals';
import { scatterData } from '../../../engine/inspection/scatter';
import { gather } from '../../../engine/numeric/gather';
import type { Project } from '../../../engine/project/project';
import { createRng, shuffleInPlace } from '../../../engine/rng';
import { subtask, type Task } from '../../../engine/task';
import type { InspectApi } from '../../inspectApi';
import { findRun, openTable, plansOf, rejectedId, type Session } from '../../session';
import { settle } from '../../settle';
import { prepareModel } from './prepareModel';

/** Step sizes of the slider. */
const SIZES = Array.from({ length: 21 }, (_, i) => i / 20);
/** Rows that are followed: more lines than this cannot be told apart. */
const MORPH_ROWS = 240;
/** Proposals replayed, a bounded sample of what the sampler saw. */
const REPLAYED = 6000;

/** The sampler's moves, replayed with the same mechanisms, rules and redraw set. */
export function moveHandlers(session: Session): Pick<InspectApi, 'morph' | 'replayRejected'> {
  async function readyMoves(
    project: Project,
    seed: number,
    redrawn: readonly string[] | null,
    most: number,
    task: Task,
  ) {
    const { run, model, problem } = await prepareModel(session, project, seed, subtask(task, 0, 0.8));
    if (!model) throw new EngineError('not-fitted', problem!);
    const { frame, target, rareCodes } = run;
    const rare: number[] = [];
    frame.columns[target]!.forEach((code, i) => {
      if (code === rareCodes[0]) rare.push(i);
    });
    const chosen = Int32Array.from(
      { length: Math.min(most, Math.max(rare.length, most)) },
      (_, i) => rare[i % rare.length]!,
    );
    const names = frame.specs.map(({ name }) => name);
    const redraw = names.flatMap((name, node) => (node !== target && (redrawn?.includes(name) ?? true) ? [node] : []));
    return { run, model, rare, chosen, redraw, names };
  }
  return {
    morph: (taskId, project, x, y, onProgress) =>
      settle(() =>
        session.tasks.run(taskId, onProgress, async (task) => {
          const { seed, redraw: wanted } = project.generation;
          const { run, model, rare, redraw } = await readyMoves(project, seed, wanted, 1, task);
          const sampled = shuffleInPlace(Int32Array.from(rare), createRng(seed, 'morph-sample'))
            .slice(0, MORPH_ROWS)
            .sort();
          const donors = run.frame.columns.map((column) => gather(column, sampled));
          await task.checkpoint(0.85, 'Moving rows');
          const moves = movesBySize(
            { model, target: run.target, rareCode: run.rareCodes[0]!, rules: project.rules, redraw, donors, seed },
            SIZES,
          );
          // One axis for all sizes, so that nothing but the rows moves.
          const names = run.frame.specs.map(({ name }) => name);
          const all = names.map((_, c) => {
            const out = new Float64Array(sampled.length * SIZES.length);
            moves.forEach(({ columns }, s) => {
              out.set(columns[c]!, s * sampled.length);
            });
            return out;
          });
          const frame = { rows: sampled.length * SIZES.length, specs: run.frame.specs, columns: all };
          const data = scatterData(
            openTable(session).table,
            [madeLayer('synthetic', frame)],
            x,
            y,
            Number.POSITIVE_INFINITY,
          );
          const layer = data.layers[0]!;
          const places = SIZES.map((_, s) => ({
            x: new Float32Array(sampled.length).fill(Number.NaN),
            y: new Float32Array(sampled.length).fill(Number.NaN),
            verdicts: moves[s]!.verdicts,
          }));
          layer.row.forEach((row, i) => {
            const place = places[Math.floor(row / sampled.length)]!;
            place.x[row % sampled.length] = layer.x[i]!;
            place.y[row % sampled.length] = layer.y[i]!;
          });
          return { x: data.x, y: data.y, sizes: SIZES, donors: sampled.map((row) => run.rows[row]!), places };
        }),
      ),

    replayRejected: (taskId, project, runId, onProgress) =>
      settle(() =>
        session.tasks.run(taskId, onProgress, async (task) => {
          const made = findRun(session, runId);
          const generator = generatorById(made.summary.generator);
          const { step, nodeSteps } = (plansOf(made)?.[0]?.plan ?? {}) as Partial<TwinsPlan>;
          if (!generator.usesMap)
            throw new EngineError(
              'bad-parameter',
              `${generator.label} proposes nothing that it could refuse: choose a run of causal twins.`,
            );
          if (typeof step !== 'number')
            throw new EngineError(
              'no-run',
              'These rows were made in an earlier visit or without steps, so their moves cannot be replayed: generate rows again.',
            );
          const { seed, redrawn } = made.summary;
          const { run, model, chosen, redraw, names } = await readyMoves(project, seed, redrawn, REPLAYED, task);
          const donors = run.frame.columns.map((column) => gather(column, chosen));
          await task.checkpoint(0.85, 'Replaying moves');
          const [moves] = movesBySize(
            {
              model,
              target: run.target,
              rareCode: run.rareCodes[0]!,
              rules: project.rules,
              redraw,
              donors,
              seed,
              nodeSteps: nodeSteps ?? null,
            },
            [step],
          );
          const { columns, verdicts } = moves!;
          const refused = Int32Array.from([...verdicts.keys()].filter((i) => verdicts[i] !== verdictOfMove.accepted));
          const pick = (name: string) => gather(columns[names.indexOf(name)]!, refused);
          session.runs.set(rejectedId(runId), {
            ...made,
            columns: made.columnNames.map(pick),
            donor: refused.map((i) => run.rows[chosen[i]!]!),
            partner: new Int32Array(refused.length).fill(-1),
            proposals: new Uint32Array(refused.length).fill(1),
            refusedByRules: Uint32Array.from(refused, (i) => (verdicts[i] === verdictOfMove.brokeRule ? 1 : 0)),
          });
          const count = (wanted: number) => verdicts.reduce((sum, one) => sum + (one === wanted ? 1 : 0), 0);
          return {
            runId: rejectedId(runId),
            tried: verdicts.length,
            brokeRule: count(verdictOfMove.brokeRule),
            unlikelyRare: count(verdictOfMove.unlikelyRare),
          };
        }),
      ),
  };
}
