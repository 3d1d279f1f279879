import { generatorById } from '../../../engine/generators/catalogue';
import type { ExactTrace } from '../../../engine/inspection/biography';
import { ROWS_PER_BLOCK } from '../../../engine/rng';
import type { FittedModel } from '../../../engine/scm/fittedModel';
import type { RunRows } from '../../api';
import { plansOf } from '../../session';

/** The noises that made one row, from drawing its block again; null where the run keeps no plan or moves no noise. */
export function traceOf(rows: RunRows, row: number, model: FittedModel | null): ExactTrace | null {
  const { trace } = generatorById(rows.summary.generator);
  let first = 0;
  for (const { plan, rows: count } of plansOf(rows) ?? []) {
    const local = row - first;
    first += count;
    if (local >= count || !trace || !model) continue;
    const from = local - (local % ROWS_PER_BLOCK);
    const traced = trace(plan, from, local - from + 1);
    const at = local - from;
    return {
      noises: new Map(
        traced.nodes.map((node, k) => [
          model.specs[node]!.name,
          [traced.before[k]![at]!, traced.after[k]![at]!] as const,
        ]),
      ),
      rulesTouched: traced.rulesTouched[at]!,
    };
  }
  return null;
}
