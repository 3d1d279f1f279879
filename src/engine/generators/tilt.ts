import { EngineError } from '../errors';
import { gather } from '../numeric/gather';
import { firstAbove } from '../numeric/runningShares';
import { createRng, ROWS_PER_BLOCK } from '../rng';
import { ancestorsOf } from '../scm/ancestors';
import { causalRisk, exposureSampler } from '../scm/exposureSampler';
import type { FittedModel } from '../scm/fittedModel';
import { modelFromJson, modelToJson } from '../scm/modelJson';
import { subtask } from '../task';
import { bindRules, type CausalPlan, findDonors, oncePerPlan, rareLabelOf } from './causalPlan';
import { defineGenerator } from './generator';
import { emptySyntheticRows, hasMoved } from './syntheticRows';

interface TiltPlan extends CausalPlan {
  /** Running shares of the real rows' chances to be drawn, and their cells by frame column. */
  readonly cumulative: Float64Array;
  readonly real: readonly Float64Array[];
}

/**
 * More exposure: root causes are drawn from real rows with chances r(root) / n, r proportional to risk^strength and of mean
 * 1, where risk is P(Y = m | root causes) under the map; then everything else, the target last among its causes'
 * followers, is drawn through its own mechanism. No mechanism is touched, so P(Y | causes) is what it was: a model trained
 * on these rows stays calibrated, and the share of rare rows rises only as far as the causes allow. Weights 1 / r undo the
 * tilt.
 */
export const tilt = defineGenerator({
  id: 'tilt',
  label: 'More exposure',
  summary: 'Root causes like those of rows at risk, everything else by its mechanism, the outcome drawn and not set.',
  usesMap: true,
  drawsTarget: true,
  parameters: [
    {
      id: 'strength',
      label: 'Strength of the tilt',
      help: '0 copies the causes as they are, 1 gives them the law they have among rare rows, more goes beyond.',
      min: 0,
      max: 3,
      step: 0.1,
      initial: 1,
    },
  ],
  async prepare(input, parameters, task) {
    const { frame, target, rareCode, seed } = input;
    findDonors(input, []);
    const model = await input.model(subtask(task, 0, 0.85));
    const causes = ancestorsOf(model, target);
    const roots = model.specs.flatMap((_, node) =>
      model.parents[node]!.length === 0 && node !== target ? [node] : [],
    );
    if (!roots.some((node) => causes.has(node)))
      throw new EngineError(
        'bad-map',
        `"${frame.specs[target]!.name}" has no causes on the map, so there is nothing to tilt: draw its causes first.`,
      );
    await task.checkpoint(0.85, 'Finding rows at risk');
    const risk = causalRisk({ model, target, rareCode, roots }, frame.columns, seed);
    const { check } = bindRules(input.rules, frame.specs);
    const broken = check?.(frame.columns);
    const chance = risk.map((p, i) => (broken && broken[i] !== 0 ? 0 : p ** parameters.strength!));
    const total = chance.reduce((sum, v) => sum + v, 0);
    const ratio = chance.map((v) => (v * frame.rows) / total);
    const mean = (weights: Float64Array) =>
      risk.reduce((sum, p, i) => sum + p * weights[i]!, 0) / weights.reduce((sum, w) => sum + w, 0);
    const before = mean(new Float64Array(frame.rows).fill(1));
    const after = mean(ratio);
    const share = (p: number) => `${(100 * p).toPrecision(2)} %`;
    let sum = 0;
    const plan: TiltPlan = {
      generator: 'tilt',
      seed,
      model: modelToJson(model),
      target,
      rareCode,
      rules: input.rules,
      cumulative: ratio.map((v) => {
        sum += v / frame.rows;
        return sum;
      }),
      real: frame.columns,
    };
    return {
      plan,
      exposure: ratio,
      messages: [
        `The outcome is drawn, not set: about ${share(after)} of these rows will have ${rareLabelOf(input)}, against ${share(before)} without the tilt. P(outcome | causes) is untouched, so a model trained on them without weights stays calibrated; the weights give the original shares of causes back.`,
      ],
    };
  },
  draw(plan, from, rows) {
    const { sample, rules } = ready(plan);
    const { real, cumulative, seed, rareCode } = plan as TiltPlan;
    const out = emptySyntheticRows(from, rows, real.length, rules);
    for (let start = 0; start < rows; start += ROWS_PER_BLOCK) {
      const size = Math.min(ROWS_PER_BLOCK, rows - start);
      const rng = createRng(seed, `tilt/${rareCode}`, (from + start) / ROWS_PER_BLOCK);
      const drawn = sample(ROWS_PER_BLOCK, rng, (count) => {
        const chosen = Int32Array.from({ length: count }, () => firstAbove(cumulative, rng.uniform()));
        return { chosen, columns: real.map((column) => gather(column, chosen)) };
      });
      if (!drawn)
        throw new EngineError('rule-conflict', 'The rules leave hardly any row that the map makes: relax them.');
      drawn.columns.forEach((column, c) => {
        out.columns[c]!.set(column.subarray(0, size), start);
      });
      out.proposals.set(drawn.proposals.subarray(0, size), start);
      out.refusedByRules.set(drawn.refusedByRules.subarray(0, size), start);
      drawn.refusalsByRule.forEach((count, rule) => {
        out.refusalsByRule[rule]! += count;
      });
      for (let i = 0; i < size; i++) {
        out.donor[start + i] = drawn.donor[i]!;
        out.moved[start + i] = hasMoved(out, start + i, real, drawn.donor[i]!);
      }
    }
    return out;
  },
});

const ready = oncePerPlan<TiltPlan, ReturnType<typeof makeReady>>((plan) => makeReady(plan, modelFromJson(plan.model)));

function makeReady(plan: TiltPlan, model: FittedModel) {
  const bound = bindRules(plan.rules, model.specs);
  const roots = model.specs.flatMap((_, node) =>
    model.parents[node]!.length === 0 && node !== plan.target ? [node] : [],
  );
  return {
    sample: exposureSampler({ model, target: plan.target, rareCode: plan.rareCode, roots, ...bound }),
    rules: bound.rules,
  };
}
