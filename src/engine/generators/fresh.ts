import { EngineError } from '../errors';
import { createRng, ROWS_PER_BLOCK } from '../rng';
import { ancestorsOf } from '../scm/ancestors';
import { causeCells, riskBound } from '../scm/causeCells';
import type { FreshMethod } from '../scm/causesSampler';
import type { FittedModel } from '../scm/fittedModel';
import { forwardCauses } from '../scm/forwardCauses';
import { freshSampler } from '../scm/freshSampler';
import { modelFromJson, modelToJson } from '../scm/modelJson';
import { subtask } from '../task';
import { bindRules, type CausalPlan, findDonors, oncePerPlan, rareLabelOf } from './causalPlan';
import { defineGenerator } from './generator';
import { emptySyntheticRows } from './syntheticRows';

/** Forward draws that show how rare the outcome is under the model. */
const PILOT_ROWS = 20_000;

interface FreshPlan extends CausalPlan {
  readonly method: FreshMethod;
  readonly bound: number;
  readonly poolRows: number;
  /** Share of forward draws that are kept; null where nothing is refused. */
  readonly acceptance: number | null;
  /** Rows that the rows of a block are worth; null where all are independent. */
  readonly effectiveSampleSize: number | null;
}

/**
 * Fresh draws: rows of P(V | Y = m) without a donor. The causes of the target are drawn from their law given Y = m by
 * writing that law down, by exact rejection or, where that would take more than the given number of tries a row, by
 * sampling-importance-resampling; then Y = m is held and the rest follows in causal order. Nothing of a real row is kept, so
 * the rows are as good as the map and its mechanisms.
 * @see Bayesian statistics without tears: a sampling-resampling perspective, The American Statistician 46 (1992).
 */
export const fresh = defineGenerator({
  id: 'fresh',
  label: 'Fresh rows',
  summary:
    'Rows drawn through the map from nothing, kept in proportion to their risk: for maps that are trusted fully.',
  usesMap: true,
  parameters: [
    {
      id: 'tries',
      label: 'Most tries per row',
      help: 'Outcomes so rare that exact rejection would take more tries are drawn from a weighted pool of this many instead.',
      min: 10,
      max: 2000,
      step: 10,
      initial: 400,
    },
  ],
  async prepare(input, parameters, task) {
    const messages: string[] = [];
    // Not used as donors: a class without a single lawful row cannot be judged by anyone.
    findDonors(input, []);
    const model = await input.model(subtask(task, 0, 0.9));
    await task.checkpoint(0.9, 'Looking at the causes');
    const { target, rareCode, seed } = input;
    const how = methodFor(model, target, rareCode, seed, Math.round(parameters.tries!));
    messages.push(how.message);
    const plan: FreshPlan = {
      generator: 'fresh',
      seed,
      model: modelToJson(model),
      target,
      rareCode,
      rules: input.rules,
      ...how.choice,
    };
    if (makeReady(plan, model).sample(ROWS_PER_BLOCK, createRng(seed, `fresh-pilot/${rareCode}`)) === null)
      throw new EngineError(
        'rule-conflict',
        `Hardly any row with ${rareLabelOf(input)} that the map makes keeps all rules: relax the rules or check the map.`,
      );
    return { plan, messages };
  },
  draw(plan, from, rows) {
    const { sample, rules, width } = ready(plan);
    const out = emptySyntheticRows(from, rows, width, rules);
    for (let start = 0; start < rows; start += ROWS_PER_BLOCK) {
      const size = Math.min(ROWS_PER_BLOCK, rows - start);
      // A whole block is drawn even when only its head is wanted: its stream is shared by its rows.
      const rng = createRng(plan.seed, `fresh/${(plan as FreshPlan).rareCode}`, (from + start) / ROWS_PER_BLOCK);
      const drawn = sample(ROWS_PER_BLOCK, rng);
      if (!drawn)
        throw new EngineError('rule-conflict', 'The rules leave hardly any row of the rare class: relax them.');
      drawn.columns.forEach((column, c) => {
        out.columns[c]!.set(column.subarray(0, size), start);
      });
      out.proposals.set(drawn.proposals.subarray(0, size), start);
      out.refusedByRules.set(drawn.refusedByRules.subarray(0, size), start);
      drawn.refusalsByRule.forEach((count, rule) => {
        out.refusalsByRule[rule]! += count;
      });
    }
    out.donor.fill(-1);
    out.moved.fill(1);
    return out;
  },
});

type Choice = Pick<FreshPlan, 'method' | 'bound' | 'poolRows' | 'acceptance' | 'effectiveSampleSize'>;

function methodFor(
  model: FittedModel,
  target: number,
  rareCode: number,
  seed: number,
  tries: number,
): { readonly choice: Choice; readonly message: string } {
  const exact = { bound: 1, poolRows: 1, acceptance: null, effectiveSampleSize: null };
  const isTied = model.bidirected.flat().includes(target);
  if (ancestorsOf(model, target).size === 0 && !isTied)
    return {
      choice: { ...exact, method: 'forward' },
      message: 'The target has no causes on the map, so rows are drawn exactly, in causal order.',
    };
  const cells = causeCells(model, target, rareCode);
  if (cells)
    return {
      choice: { ...exact, method: 'enumeration' },
      message: `Exact draws: the law of all ${cells.cumulative.length.toLocaleString('en')} combinations of causes is written down.`,
    };
  const pilot = forwardCauses(model, target, rareCode)(PILOT_ROWS, createRng(seed, `fresh-pilot/${rareCode}`));
  const risk = pilot.log.map(Math.exp);
  const total = risk.reduce((sum, p) => sum + p, 0);
  const worth = total ** 2 / risk.reduce((sum, p) => sum + p * p, 0) / PILOT_ROWS;
  const bound = riskBound(model, target, rareCode);
  const acceptance = total / PILOT_ROWS / bound;
  const needed = Math.round(1 / acceptance);
  if (needed <= tries)
    return {
      choice: { ...exact, method: 'rejection', bound, acceptance },
      message: `Exact draws by rejection, about ${needed} tries a row.`,
    };
  const pool = ROWS_PER_BLOCK * tries;
  const effective = Math.round(pool * worth);
  return {
    choice: { method: 'resampling', bound: 1, poolRows: tries, acceptance, effectiveSampleSize: effective },
    message: `Exact rejection would take about ${needed.toLocaleString('en')} tries a row, so every ${ROWS_PER_BLOCK} rows are drawn from ${pool.toLocaleString('en')} weighted tries, worth ${effective.toLocaleString('en')} independent ones.`,
  };
}

const ready = oncePerPlan<FreshPlan, ReturnType<typeof makeReady>>((plan) =>
  makeReady(plan, modelFromJson(plan.model)),
);

function makeReady(plan: FreshPlan, model: FittedModel) {
  const { target, rareCode, method, bound, poolRows } = plan;
  const bounded = bindRules(plan.rules, model.specs);
  const sample = freshSampler({ model, target, rareCode, method, bound, poolRows, ...bounded });
  return { sample, rules: bounded.rules, width: model.specs.length };
}
