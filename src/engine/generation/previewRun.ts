import type { Table } from '../data/table';
import type { Executor } from '../executor';
import { generatorById } from '../generators/catalogue';
import { completeParameters } from '../generators/generator';
import { gather } from '../numeric/gather';
import type { GenerationSettings, Project } from '../project/project';
import { subtask, type Task } from '../task';
import { generatorInputs } from './generatorInputs';

/** The first rows of the run that the settings would make, beside their donors and real rare rows. */
export interface RunPreview {
  readonly columnNames: readonly string[];
  /** Level texts that the codes of each column stand for; null for numbers. */
  readonly levels: readonly (readonly string[] | null)[];
  /** Values of the previewed rows and of their donors (NaN without one), one array per column. */
  readonly made: readonly Float64Array[];
  readonly donors: readonly Float64Array[];
  /** Real rare rows to look at beside them. */
  readonly rare: readonly Float64Array[];
  readonly donorRows: Int32Array;
  /** What the generator settled on; null where it has no such thing. */
  readonly step: number | null;
  readonly steps: number | null;
  readonly acceptance: number | null;
  readonly messages: readonly string[];
}

const MOST_RARE = 1000;

/**
 * Rows [0, rows) of the run of the first rare level, by the same plan that the run itself would have: what is seen is what
 * will be made. Mechanisms come from the executor's memory where it has them.
 * @throws EngineError as `generateRun`.
 */
export async function previewRun(
  table: Table,
  project: Project,
  settings: GenerationSettings,
  rows: number,
  executor: Executor,
  task: Task,
): Promise<RunPreview> {
  const generator = generatorById(settings.generator);
  const inputs = generatorInputs(table, project, settings, executor);
  const { frame, target, rareCodes, mapColumns } = inputs.run;
  const rareCode = rareCodes[0]!;
  const { plan, messages } = await generator.prepare(
    inputs.inputFor(rareCode, rows),
    completeParameters(generator, settings.parameters[generator.id]),
    subtask(task, 0, 0.9),
  );
  await task.checkpoint(0.9, 'Drawing rows');
  const made = generator.draw(plan, 0, rows);
  const rare: number[] = [];
  frame.columns[target]!.forEach((code, i) => {
    if (code === rareCode && rare.length < MOST_RARE) rare.push(i);
  });
  const numberOf = (key: string) => (typeof plan[key] === 'number' ? (plan[key] as number) : null);
  const columns = frame.columns.slice(0, mapColumns);
  return {
    columnNames: inputs.mapNames,
    levels: frame.specs.slice(0, mapColumns).map(({ levels }) => levels),
    made: made.columns.slice(0, mapColumns),
    donors: columns.map((column) => Float64Array.from(made.donor, (row) => (row < 0 ? Number.NaN : column[row]!))),
    rare: columns.map((column) => gather(column, rare)),
    donorRows: made.donor,
    step: numberOf('step'),
    steps: numberOf('steps'),
    acceptance: numberOf('acceptance'),
    messages,
  };
}
