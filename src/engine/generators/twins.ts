import { compileRules } from '../constraints/compileRules';
import type { Rule } from '../constraints/rule';
import { EngineError } from '../errors';
import { gather } from '../numeric/gather';
import { createRng, ROWS_PER_BLOCK, shuffleInPlace } from '../rng';
import { type ModelJson, modelFromJson, modelToJson } from '../scm/modelJson';
import { type RuleCheck, twinSampler } from '../scm/twinSampler';
import { subtask } from '../task';
import { defineGenerator, type GeneratorInput, type GeneratorPlan } from './generator';
import { countOf, rareLevelOf } from './rareRows';
import { emptySyntheticRows, hasMoved } from './syntheticRows';

/** Rows of the pilot that finds how many steps a row needs. */
const PILOT_ROWS = 256;
const LEAST_STEPS = 3;
const MOST_STEPS = 200;
/** Enough steps that at most this share of rows is still where it started. */
const STILL_SHARE = 0.005;

interface TwinsPlan extends GeneratorPlan {
  readonly model: ModelJson;
  readonly target: number;
  readonly rareCode: number;
  readonly rules: readonly Rule[];
  readonly redraw: readonly number[];
  readonly step: number;
  readonly steps: number;
  /** Share of moves the pilot accepted. */
  readonly acceptance: number;
  /** Frame rows of the donors, and their cells by frame column. */
  readonly donorRows: Int32Array;
  readonly donors: readonly Float64Array[];
}

/**
 * Causal twins: real rare rows moved through the map's own mechanisms with the target held, so that they follow
 * P(V | Y = m). See `twinSampler` for the chain; here donors are dealt out evenly and rules are bound.
 */
export const twins = defineGenerator({
  id: 'twins',
  label: 'Causal twins',
  summary: 'Each row starts from a real rare row and is moved through the map: what the map says is kept, rules hold.',
  usesMap: true,
  parameters: [
    {
      id: 'step',
      label: 'Distance from the real row',
      help: 'Small steps stay close to a real row and trust the map little; 1 draws afresh and trusts it fully.',
      min: 0.05,
      max: 1,
      step: 0.05,
      initial: 0.6,
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
    const donorRows = findDonors(input);
    const model = await input.model(subtask(task, 0, 0.95));
    const messages: string[] = [];
    const fine = withoutRuleBreakers(input, donorRows, messages);
    const names = input.frame.specs.map(({ name }) => name);
    const unknown = input.redraw?.find((name) => !names.includes(name));
    if (unknown !== undefined)
      throw new EngineError('unknown-column', `The redraw set names "${unknown}", which is not on the map.`, {
        column: unknown,
      });
    const redraw = names.flatMap((name, node) =>
      node !== input.target && (input.redraw?.includes(name) ?? true) ? [node] : [],
    );
    if (redraw.length === 0)
      throw new EngineError(
        'bad-map',
        'There is nothing to redraw: put at least one column besides the target on the map, or widen the redraw set.',
      );
    const draft: TwinsPlan = {
      generator: 'twins',
      seed: input.seed,
      model: modelToJson(model),
      target: input.target,
      rareCode: input.rareCode,
      rules: input.rules,
      redraw,
      step: parameters.step!,
      steps: Math.round(parameters.steps!),
      acceptance: 1,
      donorRows: fine,
      donors: input.frame.columns.map((column) => gather(column, fine)),
    };
    await task.checkpoint(0.95, 'Trying steps');
    const { steps, acceptance } = pilot(draft);
    if (fine.length < 10)
      messages.push(
        `Only ${countOf(fine.length, 'real row')} with ${input.frame.specs[input.target]!.name} = ${rareLevelOf(input)}: twins of so few rows cannot be validated.`,
      );
    return { plan: { ...draft, steps: draft.steps > 0 ? draft.steps : steps, acceptance }, messages };
  },
  draw(plan, from, rows) {
    const { sample, donorRows, donors, rules } = ready(plan as TwinsPlan);
    const out = emptySyntheticRows(from, rows, donors.length, rules);
    const { steps } = plan as TwinsPlan;
    for (let start = 0; start < rows; start += ROWS_PER_BLOCK) {
      const size = Math.min(ROWS_PER_BLOCK, rows - start);
      // A whole block is drawn even when only its head is wanted: its stream is shared by its rows.
      const chosen = dealDonors(plan.seed, donorRows.length, from + start, ROWS_PER_BLOCK);
      const rng = createRng(plan.seed, `twins/${(plan as TwinsPlan).rareCode}`, (from + start) / ROWS_PER_BLOCK);
      const drawn = sample(
        donors.map((column) => gather(column, chosen)),
        steps,
        rng,
      );
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
  },
});

function findDonors({ frame, target, rareCode }: GeneratorInput): Int32Array {
  const rows: number[] = [];
  frame.columns[target]!.forEach((code, i) => {
    if (code === rareCode) rows.push(i);
  });
  return Int32Array.from(rows);
}

/** Donors that break a rule themselves cannot start a chain that never breaks one. */
function withoutRuleBreakers(input: GeneratorInput, donors: Int32Array, messages: string[]): Int32Array {
  const label = `${input.frame.specs[input.target]!.name} = ${rareLevelOf(input)}`;
  if (donors.length === 0)
    throw new EngineError('too-few-rows', `No real row has ${label}: there is nothing to make twins of.`);
  if (input.rules.length === 0) return donors;
  const broken = compileRules(input.rules, input.frame.specs).check(input.frame.columns, 0, input.frame.rows);
  const fine = donors.filter((row) => broken[row]! < 0);
  if (fine.length === 0)
    throw new EngineError(
      'rule-conflict',
      `All ${donors.length} real rows with ${label} break a rule: relax the rules or check the data.`,
    );
  if (fine.length < donors.length)
    messages.push(
      `${countOf(donors.length - fine.length, 'real rare row')} breaking a rule ${donors.length - fine.length === 1 ? 'is' : 'are'} not used as donors.`,
    );
  return fine;
}

const readied = new WeakMap<TwinsPlan, ReturnType<typeof makeReady>>();

/** The sampler of a plan, made once per thread. */
function ready(plan: TwinsPlan) {
  const known = readied.get(plan) ?? makeReady(plan);
  readied.set(plan, known);
  return known;
}

function makeReady(plan: TwinsPlan) {
  const model = modelFromJson(plan.model);
  let check: RuleCheck | null = null;
  let ruleColumns: number[] = [];
  let rules = 0;
  if (plan.rules.some(({ enabled }) => enabled)) {
    const compiled = compileRules(plan.rules, model.specs);
    rules = compiled.rules.length;
    check = (columns) => compiled.check(columns, 0, columns[0]!.length).map((first) => first + 1);
    ruleColumns = compiled.rules.flatMap(({ columns }) => [...columns]);
  }
  const sample = twinSampler({
    model,
    target: plan.target,
    rareCode: plan.rareCode,
    redraw: plan.redraw,
    step: plan.step,
    check,
    rules,
    ruleColumns,
  });
  return { sample, donorRows: plan.donorRows, donors: plan.donors, rules };
}

/** Donor positions of rows [from, from + rows): every donor once per cycle, each cycle in an order of its own. */
function dealDonors(seed: number, donors: number, from: number, rows: number): Int32Array {
  const out = new Int32Array(rows);
  let cycle = -1;
  let order = new Int32Array(0);
  for (let i = 0; i < rows; i++) {
    const now = Math.floor((from + i) / donors);
    if (now !== cycle) {
      cycle = now;
      order = shuffleInPlace(
        Int32Array.from({ length: donors }, (_, k) => k),
        createRng(seed, 'donors', cycle),
      );
    }
    out[i] = order[(from + i) % donors]!;
  }
  return out;
}

/**
 * Doubles the number of steps until nearly every pilot row has moved. The number is fixed for the whole run before any
 * row is drawn: stopping each row as soon as it has moved would favour rows that move easily and change the law.
 */
function pilot(plan: TwinsPlan): { steps: number; acceptance: number } {
  const { sample, donors } = makeReady(plan);
  const chosen = dealDonors(plan.seed, plan.donorRows.length, 0, PILOT_ROWS);
  const start = donors.map((column) => gather(column, chosen));
  for (let steps = LEAST_STEPS; ; steps *= 2) {
    const { accepted, proposals } = sample(
      start,
      steps,
      createRng(plan.seed, `twins-pilot/${plan.rareCode}`, steps),
      1,
    );
    const still = accepted.filter((count) => count === 0).length;
    if (still <= STILL_SHARE * PILOT_ROWS || steps * 2 > MOST_STEPS)
      return { steps, acceptance: sum(accepted) / Math.max(1, sum(proposals)) };
  }
}

const sum = (counts: Uint32Array): number => counts.reduce((a, b) => a + b, 0);
