import { selectRows } from '../data/frame';
import type { Table } from '../data/table';
import { EngineError } from '../errors';
import { type Executor, joinRows } from '../executor';
import { generatorById } from '../generators/catalogue';
import { completeParameters, type SyntheticRows } from '../generators/generator';
import { dagOf } from '../graph/dag';
import type { GenerationSettings, Project } from '../project/project';
import { fitModel } from '../scm/fitModel';
import type { FittedModel, NodeFit } from '../scm/fittedModel';
import { subtask, type Task } from '../task';
import { balanceClasses, type ClassBalance, interceptShift } from './balance';
import { diagnoseRun, type RunDiagnostics } from './runDiagnostics';
import { runInput } from './runInput';

/** A finished run: the rows, where they came from and what is known of them. */
export interface Run {
  readonly settings: GenerationSettings;
  /** Names of the generated columns: the map's, in its order. */
  readonly columnNames: readonly string[];
  /** Their values, one array of shape (rows,) each; codes for categories, NaN for missing. */
  readonly columns: readonly Float64Array[];
  /** TABLE row of each synthetic row's donor, and of its second parent (-1 if none). */
  readonly donor: Int32Array;
  readonly partner: Int32Array;
  readonly proposals: Uint32Array;
  readonly refusedByRules: Uint32Array;
  /** Proposals that each enabled rule refused, in the order of the project's enabled rules. */
  readonly refusalsByRule: readonly { readonly ruleId: string; readonly count: number }[];
  readonly classes: readonly ClassBalance[];
  /** Nodes whose noise was redrawn; empty for generators without a map. */
  readonly redrawn: readonly string[];
  readonly interceptShift: number | null;
  /** Share of proposed moves accepted; null for generators that propose nothing. */
  readonly acceptance: number | null;
  readonly diagnostics: RunDiagnostics;
  readonly fits: readonly NodeFit[];
  readonly messages: readonly string[];
}

/**
 * Makes the synthetic rows of a project: learns what the generator needs, then draws the rows of each rare level.
 * The rows depend on table, target, map, rules and settings only: not on the executor, time or thread.
 * @param settings Used instead of the project's own, for the comparison arm.
 * @throws EngineError as `runInput` and the generators; `bad-parameter` for amounts that make no row.
 */
export async function generateRun(
  table: Table,
  project: Project,
  settings: GenerationSettings,
  executor: Executor,
  task: Task,
): Promise<Run> {
  const generator = generatorById(settings.generator);
  const input = runInput(table, project);
  const { frame, map, target, rareCodes } = input;
  const levels = frame.specs[target]!.levels!;
  const counts = new Float64Array(levels.length);
  for (const code of frame.columns[target]!) counts[code]! += 1;
  const classes = balanceClasses(levels, counts, rareCodes, settings.amount);
  const wanted = classes.reduce((sum, one) => sum + one.syntheticRows, 0);
  if (wanted === 0)
    throw new EngineError(
      'bad-parameter',
      'Nothing to make: the rare class is already as large as asked. Ask for a larger share or a number of rows.',
    );
  const enabled = project.rules.filter((rule) => rule.enabled);
  let model: FittedModel | null = null;
  const messages: string[] = [...input.messages];
  const parts: SyntheticRows[] = [];
  const acceptances: number[] = [];
  const mapNames = map.nodes.slice(0, input.mapColumns).map(({ name }) => name);
  const redraw = (settings.redraw ?? mapNames).filter((name) => name !== frame.specs[target]!.name);
  let done = 0;
  for (const { code, syntheticRows, level } of classes) {
    if (syntheticRows === 0) continue;
    const share = syntheticRows / wanted;
    const part = subtask(task, done, done + share);
    const { plan, messages: said } = await generator.prepare(
      {
        frame,
        map,
        target,
        rareCode: code,
        rules: project.rules,
        redraw,
        seed: settings.seed,
        rowsWanted: syntheticRows,
        async model(fitTask) {
          model ??= await fitModel(frame, dagOf(map), target, settings.seed, executor, fitTask);
          return model;
        },
      },
      completeParameters(generator, settings.parameters[generator.id]),
      subtask(part, 0, 0.6),
    );
    messages.push(...(rareCodes.length > 1 ? said.map((text) => `${level}: ${text}`) : said));
    if (typeof plan.acceptance === 'number') acceptances.push(plan.acceptance);
    parts.push(await executor.drawRows(plan, 0, syntheticRows, subtask(part, 0.6, 0.98)));
    done += share;
  }
  await task.checkpoint(0.98, 'Checking rows');
  const made = joinRows(parts, 0);
  const rare = new Set(rareCodes);
  const rareRows: number[] = [];
  frame.columns[target]!.forEach((code, i) => {
    if (rare.has(code)) rareRows.push(i);
  });
  const diagnostics = diagnoseRun(selectRows(frame, rareRows), made, project.rules);
  const fitted = model as FittedModel | null;
  return {
    settings,
    columnNames: mapNames,
    columns: made.columns.slice(0, input.mapColumns),
    donor: made.donor.map((row) => input.rows[row]!),
    partner: made.partner.map((row) => (row < 0 ? -1 : input.rows[row]!)),
    proposals: made.proposals,
    refusedByRules: made.refusedByRules,
    refusalsByRule: Array.from(made.refusalsByRule, (count, i) => ({ ruleId: enabled[i]!.id, count })),
    classes,
    redrawn: generator.usesMap ? redraw : [],
    interceptShift: interceptShift(classes),
    acceptance: acceptances.length > 0 ? acceptances.reduce((a, b) => a + b, 0) / acceptances.length : null,
    diagnostics,
    fits: fitted?.fits ?? [],
    messages: [...messages, ...(fitted?.fits.flatMap((fit) => fit.messages) ?? [])],
  };
}
