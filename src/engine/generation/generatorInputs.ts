import { rulesWithoutArrow, withoutFixed } from '../constraints/mapRules';
import type { Rule } from '../constraints/rule';
import { withReference } from '../constraints/supportStatement';
import { sampleWeights } from '../data/sampleWeights';
import type { Table } from '../data/table';
import type { Executor } from '../executor';
import type { GeneratorInput } from '../generators/generator';
import { dagOf } from '../graph/dag';
import { gather } from '../numeric/gather';
import type { GenerationSettings, Project } from '../project/project';
import { remembered } from '../remembered';
import { fitModel } from '../scm/fitModel';
import type { FittedModel } from '../scm/fittedModel';
import { ruledModel } from '../scm/ruledModel';
import { type RunInput, runInput } from './runInput';

/** What a run and its preview hand to the generator, made in one place so that a preview shows the rows of the run. */
export interface GeneratorInputs {
  readonly run: RunInput;
  /** Names of the generated columns: the map's, in its order. */
  readonly mapNames: readonly string[];
  readonly redraw: readonly string[];
  /** The project's rules, with the real rare rows that a rule of support compares with. */
  readonly rules: readonly Rule[];
  /** Frame rows of all rare levels. */
  readonly rareRows: Int32Array;
  /** By level of the target, rows of the whole file that each row stands for; null where all count alike. */
  readonly standsFor: Float64Array | null;
  readonly messages: readonly string[];
  /** The model once a generator has asked for it. */
  model(): FittedModel | null;
  inputFor(rareCode: number, rowsWanted: number): GeneratorInput;
}

/** Models of a table that are kept: a dial that moves asks for the same one again and again. */
const rememberModel = remembered<Table, FittedModel>(2);

/** @throws EngineError as `runInput`. */
export function generatorInputs(
  table: Table,
  project: Project,
  settings: GenerationSettings,
  executor: Executor,
): GeneratorInputs {
  const run = runInput(table, project);
  const { frame, map, target } = run;
  const name = frame.specs[target]!.name;
  const mapNames = map.nodes.slice(0, run.mapColumns).map((node) => node.name);
  const wished = (settings.redraw ?? mapNames).filter((one) => one !== name);
  const { redraw, message } = withoutFixed(wished, project.rules, map, name);
  const rare = new Set(run.rareCodes);
  const rareRows = Int32Array.from(
    [...frame.columns[target]!.keys()].filter((i) => rare.has(frame.columns[target]![i]!)),
  );
  const rules = withReference(
    project.rules,
    frame.columns.map((column) => gather(column, rareRows)),
  );
  const standsFor = sampleWeights(frame.specs[target]!.levels!, name, project.data);
  // All that a model of this table depends on.
  const modelKey = JSON.stringify([
    frame.specs,
    map.edges.map(({ from, to, kind }) => [from, to, kind]),
    target,
    run.demands,
    project.rules,
    project.design?.groups ?? [],
    standsFor && Array.from(standsFor),
    settings.seed,
  ]);
  let model: FittedModel | null = null;
  return {
    standsFor,
    run,
    mapNames,
    redraw,
    rules,
    rareRows,
    messages: [...run.messages, ...(message === null ? [] : [message]), ...rulesWithoutArrow(project.rules, map)],
    model: () => model,
    inputFor: (rareCode, rowsWanted) => ({
      frame,
      units: run.units,
      map,
      target,
      rareCode,
      rules,
      redraw,
      seed: settings.seed,
      rowsWanted,
      async model(task) {
        model ??= await rememberModel(table, modelKey, async () =>
          ruledModel(
            await fitModel(frame, dagOf(map), target, settings.seed, executor, task, run.demands, standsFor, run.units),
            frame,
            project.rules,
          ),
        );
        return model;
      },
      neighbours: (search, task) => executor.findNeighbours(search, task),
    }),
  };
}
