import { EngineError } from '../errors';
import type { Amount } from '../project/project';

/** One class of the target, before and after rows are added. */
export interface ClassBalance {
  readonly code: number;
  readonly level: string;
  readonly rare: boolean;
  readonly realRows: number;
  readonly syntheticRows: number;
  /** Rows of the whole file that each real row stands for: 1 unless the table is a sample, see `sampleWeights`. */
  readonly standsFor: number;
  /** Original prevalence over share in the augmented table: weighted by it, the augmented table has the original law of the target. */
  readonly weight: number;
}

/** Far beyond what a page can hold; a guard against a mistyped number. */
const MOST_ROWS = 20_000_000;

/**
 * Rows to make for each rare level, and the weights that undo it.
 * `parity` raises a level to the largest class; `share` s to t = s M / (k (1 - s)) rows for each of k rare levels beside
 * M other rows; `rows` makes that many for each. A level that is already there gets none.
 * weight_c = (s_c n_c / sum s n) / ((n_c + x_c) / (N + X)), s_c what a row stands for in the file it was sampled from.
 * @throws EngineError `bad-parameter` for a share outside (0, 1) or an impossible count of rows.
 */
export function balanceClasses(
  levels: readonly string[],
  counts: ArrayLike<number>,
  rareCodes: readonly number[],
  amount: Amount,
  standsFor: ArrayLike<number> | null = null,
): ClassBalance[] {
  const codes = levels.map((_, code) => code).filter((code) => counts[code]! > 0);
  const total = codes.reduce((sum, code) => sum + counts[code]!, 0);
  const largest = Math.max(...codes.map((code) => counts[code]!));
  const others = codes.reduce((sum, code) => sum + (rareCodes.includes(code) ? 0 : counts[code]!), 0);
  const wanted = (count: number): number => {
    if (amount.kind === 'parity') return largest - count;
    if (amount.kind === 'rows') return amount.rows;
    return Math.round((amount.share * others) / (rareCodes.length * (1 - amount.share))) - count;
  };
  if (amount.kind === 'share' && !(amount.share > 0 && amount.share < 1))
    throw new EngineError(
      'bad-parameter',
      `A share of ${amount.share} cannot be reached: give one between 0 and 1, such as 0.5.`,
    );
  if (amount.kind === 'rows' && !(Number.isInteger(amount.rows) && amount.rows >= 0))
    throw new EngineError('bad-parameter', `${amount.rows} is not a number of rows: give a whole number such as 1000.`);
  const made = new Map(codes.map((code) => [code, rareCodes.includes(code) ? Math.max(0, wanted(counts[code]!)) : 0]));
  const stands = (code: number) => standsFor?.[code] ?? 1;
  const inFile = codes.reduce((sum, code) => sum + counts[code]! * stands(code), 0);
  const added = [...made.values()].reduce((sum, rows) => sum + rows, 0);
  if (added > MOST_ROWS)
    throw new EngineError(
      'bad-parameter',
      `${added.toLocaleString('en')} rows are more than a table can hold here: ask for at most ${MOST_ROWS.toLocaleString('en')}.`,
    );
  return codes.map((code) => ({
    code,
    level: levels[code]!,
    rare: rareCodes.includes(code),
    realRows: counts[code]!,
    syntheticRows: made.get(code)!,
    standsFor: stands(code),
    weight: (counts[code]! * stands(code)) / inFile / ((counts[code]! + made.get(code)!) / (total + added)),
  }));
}

/**
 * What to add to the intercept of a logistic model trained on the augmented table without weights:
 * logit p = logit p' + log odds(original prevalence) - log odds(augmented share). Null unless there are two classes.
 */
export function interceptShift(classes: readonly ClassBalance[]): number | null {
  if (classes.length !== 2) return null;
  const rare = classes.find((one) => one.rare);
  const common = classes.find((one) => one !== rare);
  if (!rare || !common) return null;
  const before = Math.log((rare.realRows * rare.standsFor) / (common.realRows * common.standsFor));
  return before - Math.log((rare.realRows + rare.syntheticRows) / (common.realRows + common.syntheticRows));
}
