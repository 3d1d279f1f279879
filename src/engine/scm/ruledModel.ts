import { formulaColumns, slackOf } from '../constraints/formula';
import type { FormulaRule, Rule } from '../constraints/rule';
import type { Frame } from '../data/frame';
import { EngineError } from '../errors';
import type { CausalMap } from '../graph/causalMap';
import { createEdge } from '../graph/causalMap';
import type { Mechanism } from '../mechanisms/mechanism';
import { mechanismFromJson } from '../mechanisms/registry';
import { type Calculation, calculated } from '../mechanisms/ruled/calculated';
import type { Grid } from '../mechanisms/ruled/onGrid';
import { gather } from '../numeric/gather';
import type { FittedModel } from './fittedModel';

/** Differences from a formula that are remembered: enough for their law. */
const MOST_DIFFERENCES = 200;

const formulasOf = (rules: readonly Rule[]): FormulaRule[] =>
  rules.filter((rule): rule is FormulaRule => rule.enabled && rule.kind === 'formula');

/** Columns that enabled rules calculate. */
export const calculatedColumns = (rules: readonly Rule[]): string[] => [
  ...new Set(formulasOf(rules).map(({ column }) => column)),
];

/**
 * The map with the columns of each formula as the only causes of the column it calculates: all else that was drawn to it
 * acts through them.
 * @throws EngineError `bad-rule` where a rule calculates the target, or two rules the same column.
 */
export function mapWithFormulas(map: CausalMap, rules: readonly Rule[], target: string): CausalMap {
  let { edges } = map;
  const done = new Set<string>();
  for (const rule of formulasOf(rules)) {
    const { column } = rule;
    if (column === target)
      throw new EngineError('bad-rule', `The target "${column}" is what rows are made for: no rule can calculate it.`, {
        rule: rule.id,
      });
    if (done.has(column))
      throw new EngineError('bad-rule', `Two rules calculate "${column}": switch off one of them.`, { rule: rule.id });
    done.add(column);
    edges = [
      ...edges.filter(({ to, from, kind }) => (kind === '->' ? to !== column : to !== column && from !== column)),
      ...formulaColumns(rule).map((name) => createEdge(name, column)),
    ];
  }
  return { ...map, edges };
}

/** The model with what rules build into mechanisms: calculated columns, and values on grids. */
export function ruledModel(model: FittedModel, frame: Frame, rules: readonly Rule[]): FittedModel {
  const mechanisms = [...model.mechanisms];
  const fits = [...model.fits];
  const put = (node: number, mechanism: Mechanism) => {
    mechanisms[node] = mechanism;
    const fit = fits[node];
    if (fit) fits[node] = { ...fit, family: mechanism.family, card: mechanism.card() };
  };
  const withoutOffers = (node: number) => {
    const fit = fits[node];
    if (fit) fits[node] = { ...fit, messages: fit.messages.filter((text) => !fit.offers.includes(text)), offers: [] };
  };
  for (const rule of formulasOf(rules)) {
    const node = model.specs.findIndex(({ name }) => name === rule.column);
    const parents = model.parents[node]!;
    put(node, calculated(calculationOf(rule, frame, node, parents)));
    withoutOffers(node);
  }
  for (const { column, grid } of gridsOf(rules)) {
    const node = model.specs.findIndex(({ name }) => name === column);
    const mechanism = node >= 0 ? onGridWhereFree(mechanisms[node]!, grid, model.specs[node]!.decimals) : null;
    if (mechanism) put(node, mechanism);
  }
  return { ...model, mechanisms, fits };
}

function calculationOf(rule: FormulaRule, frame: Frame, node: number, parents: readonly number[]): Calculation {
  const spec = frame.specs[node]!;
  const exact: Calculation = {
    child: rule.column,
    formula: rule.formula,
    parents: parents.map((p) => frame.specs[p]!),
    differences: [0],
  };
  const slack = slackOf(rule, spec);
  if (spec.kind === 'datetime' || rule.tolerance <= slackOf({ tolerance: 0 }, spec)) return exact;
  const known = Array.from({ length: frame.rows }, (_, i) => i);
  const fitted = calculated(exact).quantile(
    parents.map((p) => gather(frame.columns[p]!, known)),
    new Float64Array(frame.rows).fill(0.5),
  );
  const differences = fitted
    .map((v, i) => frame.columns[node]![i]! - v)
    .filter((difference) => Math.abs(difference) <= slack)
    .sort();
  if (differences.length === 0) return exact;
  const size = Math.min(MOST_DIFFERENCES, differences.length);
  return {
    ...exact,
    differences: Array.from(
      { length: size },
      (_, k) => differences[Math.floor(((k + 0.5) * differences.length) / size)]!,
    ),
  };
}

function gridsOf(rules: readonly Rule[]): { readonly column: string; readonly grid: Grid }[] {
  return rules.flatMap((rule) => {
    if (!rule.enabled) return [];
    if (rule.kind === 'whole') return [{ column: rule.column, grid: { origin: 0, step: 1 } }];
    return rule.kind === 'range' && rule.step !== undefined
      ? [{ column: rule.column, grid: { origin: rule.min ?? 0, step: rule.step } }]
      : [];
  });
}

/** The mechanism on the grid; null where its values are single numbers learned as such, or recorded no finer. */
function onGridWhereFree(mechanism: Mechanism, grid: Grid, decimals: number): Mechanism | null {
  if (grid.step <= 10 ** -decimals * (1 + 1e-9)) return null;
  const json = mechanism.toJSON();
  if (json.family === 'calculated') return null;
  if (json.family !== 'mixture') return mechanismFromJson({ family: 'on-grid', grid, inner: json });
  // Atoms are values that were seen; only what lies between them is free.
  return json.core === null
    ? null
    : mechanismFromJson({ ...json, core: { family: 'on-grid', grid, inner: json.core } });
}
