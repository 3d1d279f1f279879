import { sampleWeights } from '../../engine/data/sampleWeights';
import { balanceClasses, type ClassBalance } from '../../engine/generation/balance';
import type { Amount, DataReference, Target } from '../../engine/project/project';
import type { ColumnSummary } from '../../worker/api';

export interface AmountPlan {
  readonly classes: readonly ClassBalance[];
  readonly added: number;
  /** Share of rare rows before and after. */
  readonly shareBefore: number;
  readonly shareAfter: number;
}

/**
 * What an amount will make of the classes, by the engine's own arithmetic.
 * Null where the target cannot be used, or has more levels than the summary lists.
 */
export function amountPlan(
  column: ColumnSummary | undefined,
  target: Target,
  amount: Amount,
  data: Pick<DataReference, 'origin'> | null = null,
): AmountPlan | null {
  if (!column || column.levels.length < 2 || column.levels.length < column.distinct) return null;
  const levels = column.levels.map(({ text }) => text);
  const rareCodes = target.rareLevels.map((level) => levels.indexOf(level)).filter((code) => code >= 0);
  if (rareCodes.length === 0 || rareCodes.length === levels.length) return null;
  const counts = column.levels.map(({ count }) => count);
  const classes = balanceClasses(levels, counts, rareCodes, amount, sampleWeights(levels, target.column, data));
  const sum = (of: (one: ClassBalance) => number) => classes.reduce((total, one) => total + of(one), 0);
  const added = sum(({ syntheticRows }) => syntheticRows);
  const real = sum(({ realRows }) => realRows);
  const rare = sum(({ rare: isRare, realRows }) => (isRare ? realRows : 0));
  return { classes, added, shareBefore: rare / real, shareAfter: (rare + added) / (real + added) };
}
