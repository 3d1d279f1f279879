import type { Rng } from '../rng';
import { type CausesSetup, causesSampler } from './causesSampler';
import { evaluateNode } from './structuralModel';
import type { RuleCheck } from './twinSampler';

export interface FreshSetup extends CausesSetup {
  readonly check: RuleCheck | null;
  readonly rules: number;
}

export interface FreshRows {
  readonly columns: readonly Float64Array[];
  readonly proposals: Uint32Array;
  readonly refusedByRules: Uint32Array;
  readonly refusalsByRule: Uint32Array;
}

/** Whole candidate rows tried for one row before a law so thin is given up. */
const MOST_CANDIDATES = 2000;

/** Null from `draw` says that the rules leave (almost) nothing of the law. */
export type FreshSampler = (rows: number, rng: Rng) => FreshRows | null;

/** Draws of P(V | Y = m, no rule broken) without a donor. */
export function freshSampler(setup: FreshSetup): FreshSampler {
  const { model, target, rareCode, check } = setup;
  const causes = causesSampler(setup);
  const after = model.order.filter((node) => node !== target && !causes.nodes.has(node));
  return (rows, rng) => {
    const columns = model.specs.map(() => new Float64Array(rows));
    const proposals = new Uint32Array(rows);
    const refused = new Uint32Array(rows);
    const refusals = new Uint32Array(setup.rules);
    columns[target]!.fill(rareCode);
    const draw = causes.begin(rows, rng);
    let open = Uint32Array.from({ length: rows }, (_, i) => i);
    for (let attempt = 0; open.length > 0; attempt++) {
      if (attempt >= MOST_CANDIDATES) return null;
      const drawn = draw(open.length);
      const made = drawn.columns.slice();
      made[target] = new Float64Array(open.length).fill(rareCode);
      for (const node of after) made[node] = evaluateNode(model, node, made, drawn.noise(node));
      const broken = check?.(made);
      const next: number[] = [];
      for (let at = 0; at < open.length; at++) {
        const row = open[at]!;
        proposals[row]! += drawn.tries[at]!;
        if (broken && broken[at] !== 0) {
          refused[row]! += 1;
          refusals[broken[at]! - 1]! += 1;
          next.push(row);
        } else for (let c = 0; c < columns.length; c++) columns[c]![row] = made[c]![at]!;
      }
      open = Uint32Array.from(next);
    }
    return { columns, proposals, refusedByRules: refused, refusalsByRule: refusals };
  };
}
