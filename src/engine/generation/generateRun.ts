import { describeRule } from '../constraints/catalogue';
import type { Rule } from '../constraints/rule';
import { selectRows, type ValueSpec } from '../data/frame';
import type { Table } from '../data/table';
import { EngineError } from '../errors';
import { type Executor, joinRows } from '../executor';
import { generatorById } from '../generators/catalogue';
import { completeParameters, type GeneratorPlan, type SyntheticRows } from '../generators/generator';
import { dagOf } from '../graph/dag';
import type { GenerationSettings, Project } from '../project/project';
import type { NodeFit } from '../scm/fittedModel';
import { modelPrevalence } from '../scm/modelPrevalence';
import { subtask, type Task } from '../task';
import { balanceClasses, type ClassBalance, interceptShift } from './balance';
import { type Exposure, exposureWeights, type RowWeights } from './exposureWeights';
import { generatorInputs } from './generatorInputs';
import { diagnoseRun, type RunDiagnostics } from './runDiagnostics';

export interface Prevalence {
  readonly data: number;
  readonly model: number;
}

/** A finished run: the rows, where they came from and what is known of them. */
export interface Run {
  readonly settings: GenerationSettings;
  /** Names of the generated columns: the map's, in its order. */
  readonly columnNames: readonly string[];
  /** Their values, one array of shape (rows,) each; codes for categories, NaN for missing. */
  readonly columns: readonly Float64Array[];
  /** TABLE row of each synthetic row's donor (-1 if drawn from nothing), and of its second parent (-1 if none). */
  readonly donor: Int32Array;
  readonly partner: Int32Array;
  readonly proposals: Uint32Array;
  readonly refusedByRules: Uint32Array;
  /** Proposals that each enabled rule refused, in the order of the project's enabled rules. */
  readonly refusalsByRule: readonly { readonly ruleId: string; readonly count: number }[];
  readonly classes: readonly ClassBalance[];
  /** Weights row by row, real ones by TABLE row, where causes were tilted; null where the weight of the class is all. */
  readonly rowWeights: RowWeights | null;
  /** What the rows were drawn from, in their order: any slice of the run can be drawn again alone. */
  readonly plans: readonly { readonly plan: GeneratorPlan; readonly rows: number }[];
  /** Nodes whose noise was redrawn; empty for generators without a map. */
  readonly redrawn: readonly string[];
  readonly interceptShift: number | null;
  /** Share of proposed moves accepted; null for generators that propose nothing. */
  readonly acceptance: number | null;
  /** Independent rows that the weighted tries behind each block are worth; null where rows are not drawn from such. */
  readonly effectiveSampleSize: number | null;
  /** Share of rare rows in the data and under the fitted model; null for generators without a map. */
  readonly prevalence: Prevalence | null;
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
  const inputs = generatorInputs(table, project, settings, executor);
  const { mapNames, redraw, rules, rareRows, standsFor, run: input } = inputs;
  const { frame, map, target, rareCodes } = input;
  const levels = frame.specs[target]!.levels!;
  const counts = new Float64Array(levels.length);
  for (const code of frame.columns[target]!) counts[code]! += 1;
  const classes = balanceClasses(levels, counts, rareCodes, settings.amount, standsFor);
  const wanted = classes.reduce((sum, one) => sum + one.syntheticRows, 0);
  if (wanted === 0)
    throw new EngineError(
      'bad-parameter',
      'Nothing to make: the rare class is already as large as asked. Ask for a larger share or a number of rows.',
    );
  const enabled = project.rules.filter((rule) => rule.enabled);
  const messages: string[] = [...inputs.messages];
  if (standsFor)
    messages.push(
      generator.drawsTarget
        ? 'The table is a sample of its file: the weights of these rows give the law of the sample back, not that of the file.'
        : 'The table is a sample of its file: weights give the shares of the whole file back.',
    );
  const parts: SyntheticRows[] = [];
  const acceptances: number[] = [];
  const effective: number[] = [];
  const plans: Run['plans'][number][] = [];
  const exposures: Exposure[] = [];
  let done = 0;
  for (const { code, syntheticRows, level } of classes) {
    if (syntheticRows === 0) continue;
    const share = syntheticRows / wanted;
    const part = subtask(task, done, done + share);
    const {
      plan,
      messages: said,
      exposure,
    } = await generator.prepare(
      inputs.inputFor(code, syntheticRows),
      completeParameters(generator, settings.parameters[generator.id]),
      subtask(part, 0, 0.6),
    );
    messages.push(...(rareCodes.length > 1 ? said.map((text) => `${level}: ${text}`) : said));
    if (typeof plan.acceptance === 'number') acceptances.push(plan.acceptance);
    if (typeof plan.effectiveSampleSize === 'number') effective.push(plan.effectiveSampleSize);
    if (exposure) exposures.push({ rows: syntheticRows, ratio: exposure });
    plans.push({ plan, rows: syntheticRows });
    parts.push(await executor.drawRows(plan, 0, syntheticRows, subtask(part, 0.6, 0.98)));
    done += share;
  }
  await task.checkpoint(0.98, 'Checking rows');
  const made = joinRows(parts, 0);
  const fitted = inputs.model();
  const weights = exposures.length > 0 ? exposureWeights(frame.rows, exposures, made.donor) : null;
  const { units } = input;
  const reference = generator.drawsTarget
    ? { real: frame, units }
    : { real: selectRows(frame, rareRows), units: units && rareRows.map((row) => units[row]!) };
  const diagnostics = await diagnoseRun(
    { ...reference, made, rules, all: frame, parents: dagOf(map).parents, seed: settings.seed },
    subtask(task, 0.98, 1),
  );
  if (generator.usesMap) refuseBrokenRows(diagnostics, project.rules, frame.specs);
  return {
    settings,
    columnNames: mapNames,
    columns: made.columns.slice(0, input.mapColumns),
    donor: made.donor.map((row) => (row < 0 ? -1 : input.rows[row]!)),
    partner: made.partner.map((row) => (row < 0 ? -1 : input.rows[row]!)),
    proposals: made.proposals,
    refusedByRules: made.refusedByRules,
    refusalsByRule: Array.from(made.refusalsByRule, (count, i) => ({ ruleId: enabled[i]!.id, count })),
    classes: weights ? drawnClasses(classes, frame.columns[target]!, made.columns[target]!, weights) : classes,
    rowWeights: weights && { ...weights, real: byTableRow(weights.real, input.rows, table.rows) },
    plans,
    redrawn: generator.usesMap ? redraw : [],
    interceptShift: weights ? 0 : interceptShift(classes),
    acceptance: acceptances.length > 0 ? acceptances.reduce((a, b) => a + b, 0) / acceptances.length : null,
    effectiveSampleSize: effective.length > 0 ? Math.min(...effective) : null,
    prevalence: fitted && {
      data: rareRows.length / frame.rows,
      model: rareCodes.reduce((sum, code) => sum + modelPrevalence(fitted, target, code, settings.seed), 0),
    },
    diagnostics,
    fits: fitted?.fits ?? [],
    messages: [...messages, ...(fitted?.fits.flatMap((fit) => fit.messages) ?? [])],
  };
}

/** Rows of the classes as they were drawn, with the mean weight of the rows of each. */
function drawnClasses(
  classes: readonly ClassBalance[],
  real: Float64Array,
  made: Float64Array,
  weights: RowWeights,
): ClassBalance[] {
  const sums = new Map(classes.map(({ code }) => [code, { weight: 0, made: 0 }]));
  real.forEach((code, i) => {
    sums.get(code)!.weight += weights.real[i]!;
  });
  made.forEach((code, i) => {
    const sum = sums.get(code)!;
    sum.weight += weights.synthetic[i]!;
    sum.made += 1;
  });
  return classes.map((one) => {
    const { weight, made: rows } = sums.get(one.code)!;
    return { ...one, syntheticRows: rows, weight: weight / (one.realRows + rows) };
  });
}

/** Rows without a known target take no part and weigh 1. */
function byTableRow(weights: Float64Array, rows: Int32Array, tableRows: number): Float64Array {
  const out = new Float64Array(tableRows).fill(1);
  rows.forEach((row, i) => {
    out[row] = weights[i]!;
  });
  return out;
}

/**
 * Rows of a generator that keeps rules are read once more in another way before anyone sees them.
 * @throws EngineError `numeric-failure` where one breaks a rule after all: a fault of this program, never of the data.
 */
function refuseBrokenRows({ independent }: RunDiagnostics, rules: readonly Rule[], specs: readonly ValueSpec[]): void {
  const broken = independent.counts.find((count) => count.broken > 0);
  if (!broken) return;
  const rule = rules.find(({ id }) => id === broken.ruleId)!;
  throw new EngineError(
    'numeric-failure',
    `${broken.broken} of ${independent.rows} synthetic rows break “${describeRule(rule, specs)}” by an independent check, so none is handed out. This is a fault of the program: please report it, and switch the rule off to go on.`,
    { rule: rule.id },
  );
}
