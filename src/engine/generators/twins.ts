import { gather } from '../numeric/gather';
import { normalCdf } from '../numeric/normal';
import { remembered } from '../remembered';
import { createRng, ROWS_PER_BLOCK } from '../rng';
import { chooseStep, type StepChoice } from '../scm/chooseStep';
import type { FittedModel } from '../scm/fittedModel';
import { modelFromJson, modelToJson } from '../scm/modelJson';
import { type TwinSampler, twinSampler } from '../scm/twinSampler';
import { subtask } from '../task';
import {
  bindRules,
  type DonorPlan,
  dealDonors,
  fewDonorsMessage,
  findDonors,
  oncePerPlan,
  redrawNodes,
} from './causalPlan';
import {
  defineGenerator,
  type GeneratorInput,
  type GeneratorPlan,
  type RowTrace,
  type SyntheticRows,
} from './generator';
import { emptySyntheticRows, hasMoved } from './syntheticRows';

/** Rows of the pilot that finds how many steps a row needs. */
const PILOT_ROWS = 256;
const LEAST_STEPS = 4;
const MOST_STEPS = 48;
/** Enough steps that at most this share of rows is still where it started, and that this share took no long move. */
const MOST_STILL = { any: 0.005, long: 0.05 };

export interface TwinsPlan extends DonorPlan {
  readonly redraw: readonly number[];
  readonly step: number;
  /** The largest step of each node's own noise; null where `step` holds for all. */
  readonly nodeSteps: readonly number[] | null;
  readonly steps: number;
  /** Share of moves the pilot accepted. */
  readonly acceptance: number;
}

/**
 * Causal twins: real rare rows moved through the map's own mechanisms with the target held, so that they follow
 * P(V | Y = m). See `twinSampler` for the chain; here donors are dealt out evenly, rules are bound and the size of the
 * step is taken from the data unless it is given.
 */
export const twins = defineGenerator({
  id: 'twins',
  label: 'Causal twins',
  summary: 'Each row starts from a real rare row and is moved through the map: what the map says is kept, rules hold.',
  usesMap: true,
  parameters: [
    {
      id: 'step',
      label: 'Trust in the map',
      help: 'Small steps stay close to a real row and trust the map little; 1 draws afresh and trusts it fully; 0 lets the data decide.',
      min: 0,
      max: 1,
      step: 0.05,
      initial: 0,
    },
    {
      id: 'steps',
      label: 'Steps per row',
      help: 'More steps loosen the tie to the real row; 0 takes as many as nearly every row needs to move.',
      min: 0,
      max: 60,
      step: 1,
      initial: 0,
    },
  ],
  async prepare(input, parameters, task) {
    const messages: string[] = [];
    const donorRows = findDonors(input, messages);
    const redraw = redrawNodes(input);
    const model = await input.model(subtask(task, 0, 0.85));
    const given = parameters.step! > 0 ? parameters.step! : null;
    const { frame, units = null, target, rareCode, seed } = input;
    const choice =
      given === null
        ? await rememberStep(model, stepKey(input, donorRows, redraw), () =>
            chooseStep(
              {
                model,
                frame,
                units,
                target,
                rareCode,
                donorRows,
                redraw,
                seed,
                ...bindRules(input.rules, frame.specs),
              },
              subtask(task, 0.85, 0.95),
            ),
          )
        : null;
    if (choice) messages.push(choice.reason);
    await task.checkpoint(0.95, 'Trying steps');
    const step = given ?? choice!.step;
    const steps = Math.round(parameters.steps!);
    const nodeSteps = choice?.nodeSteps ?? null;
    const plan = twinsPlan({ input, model, donorRows, redraw, step, nodeSteps, steps, generator: 'twins' });
    return { plan, messages: [...messages, ...fewDonorsMessage(input, donorRows.length)] };
  },
  draw: drawTwins,
  trace: traceTwins,
});

/** Steps chosen for a model, so that another amount or a look at a preview does not judge them again. */
const rememberStep = remembered<FittedModel, StepChoice>(20);

/** All that the step depends on beside the model and the rows it was learned from, which the columns of rules are taken from. */
const stepKey = (
  { target, rareCode, rules, seed }: GeneratorInput,
  donorRows: Int32Array,
  redraw: readonly number[],
): string =>
  JSON.stringify([target, rareCode, rules, seed, redraw, donorRows.join()], (_, value) =>
    ArrayBuffer.isView(value) ? null : value,
  );

interface TwinsRequest {
  readonly input: GeneratorInput;
  readonly model: FittedModel;
  readonly donorRows: Int32Array;
  readonly redraw: readonly number[];
  readonly step: number;
  readonly nodeSteps: readonly number[] | null;
  readonly steps: number;
  /** Id of the generator the plan is of: its rows have a stream of their own. */
  readonly generator: string;
}

/** The plan with this step; with `steps` of 0 a pilot finds how many are needed. */
export function twinsPlan(request: TwinsRequest): TwinsPlan {
  const { input, model, donorRows, redraw, step, nodeSteps, steps, generator } = request;
  const draft: TwinsPlan = {
    generator,
    seed: input.seed,
    model: modelToJson(model),
    target: input.target,
    rareCode: input.rareCode,
    rules: input.rules,
    redraw,
    step,
    nodeSteps,
    steps,
    acceptance: 1,
    donorRows,
    donors: input.frame.columns.map((column) => gather(column, donorRows)),
  };
  const found = pilot(draft, makeReady(draft, model).sample);
  return { ...draft, ...found };
}

/** Rows of a plan whose donors are moved by `twinSampler`. */
export function drawTwins(plan: GeneratorPlan, from: number, rows: number): SyntheticRows {
  const { donors, donorRows } = plan as TwinsPlan;
  const out = emptySyntheticRows(from, rows, donors.length, ready(plan).rules);
  for (const { start, size, chosen, drawn } of blocksOf(plan as TwinsPlan, from, rows)) {
    drawn.columns.forEach((column, c) => {
      out.columns[c]!.set(column.subarray(0, size), start);
    });
    out.proposals.set(drawn.proposals.subarray(0, size), start);
    out.refusedByRules.set(drawn.refusedByRules.subarray(0, size), start);
    drawn.refusalsByRule.forEach((count, rule) => {
      out.refusalsByRule[rule]! += count;
    });
    for (let i = 0; i < size; i++) {
      const row = start + i;
      out.donor[row] = donorRows[chosen[i]!]!;
      out.moved[row] = drawn.accepted[i]! > 0 ? hasMoved(out, row, donors, chosen[i]!) : 0;
    }
  }
  return out;
}

/** The noises behind rows that `drawTwins` gives. */
export function traceTwins(plan: GeneratorPlan, from: number, rows: number): RowTrace {
  const { redraw } = plan as TwinsPlan;
  const before = redraw.map(() => new Float64Array(rows));
  const after = redraw.map(() => new Float64Array(rows));
  const rulesTouched = new Uint32Array(rows);
  for (const { start, size, drawn } of blocksOf(plan as TwinsPlan, from, rows)) {
    redraw.forEach((node, k) => {
      before[k]!.set(drawn.noiseBefore[node]!.subarray(0, size).map(normalCdf), start);
      after[k]!.set(drawn.noiseAfter[node]!.subarray(0, size).map(normalCdf), start);
    });
    rulesTouched.set(drawn.rulesTouched.subarray(0, size), start);
  }
  return { nodes: redraw, before, after, rulesTouched };
}

/** The blocks of rows [from, from + rows), each drawn whole even when only its head is wanted: its rows share a stream. */
function* blocksOf(plan: TwinsPlan, from: number, rows: number) {
  const { sample } = ready(plan);
  const { generator, seed, rareCode, donors, donorRows, steps } = plan;
  for (let start = 0; start < rows; start += ROWS_PER_BLOCK) {
    const chosen = dealDonors(seed, donorRows.length, from + start, ROWS_PER_BLOCK);
    const rng = createRng(seed, `${generator}/${rareCode}`, (from + start) / ROWS_PER_BLOCK);
    const drawn = sample(
      donors.map((column) => gather(column, chosen)),
      steps,
      rng,
    );
    yield { start, size: Math.min(ROWS_PER_BLOCK, rows - start), chosen, drawn };
  }
}

const ready = oncePerPlan<TwinsPlan, ReturnType<typeof makeReady>>((plan) =>
  makeReady(plan, modelFromJson(plan.model)),
);

/** The sampler of a plan. */
function makeReady(plan: TwinsPlan, model: FittedModel) {
  const { target, rareCode, redraw, step } = plan;
  const nodeSteps = plan.nodeSteps ?? undefined;
  const bound = bindRules(plan.rules, model.specs);
  return { sample: twinSampler({ model, target, rareCode, redraw, step, nodeSteps, ...bound }), rules: bound.rules };
}

/**
 * Raises the number of steps until nearly every pilot row has moved, and moved far. The number is fixed for the whole run before any
 * row is drawn: stopping each row as soon as it has moved would favour rows that move easily and change the law.
 */
function pilot(plan: TwinsPlan, sample: TwinSampler): { steps: number; acceptance: number } {
  const { donors, donorRows, seed, rareCode } = plan;
  const chosen = dealDonors(seed, donorRows.length, 0, PILOT_ROWS);
  const start = donors.map((column) => gather(column, chosen));
  for (let steps = plan.steps > 0 ? plan.steps : LEAST_STEPS; ; steps = Math.ceil((steps * 1.5) / 2) * 2) {
    const { accepted, acceptedLong, proposals } = sample(
      start,
      steps,
      createRng(seed, `${plan.generator}-pilot/${rareCode}`, steps),
      1,
    );
    const isMoved = share(accepted, 0) <= MOST_STILL.any && share(acceptedLong, 0) <= MOST_STILL.long;
    if (plan.steps > 0 || isMoved || steps * 1.5 > MOST_STEPS)
      return { steps, acceptance: sum(accepted) / Math.max(1, sum(proposals)) };
  }
}

const share = (counts: Uint32Array, value: number): number =>
  counts.filter((count) => count === value).length / counts.length;
const sum = (counts: Uint32Array): number => counts.reduce((a, b) => a + b, 0);
