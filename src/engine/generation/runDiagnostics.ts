import { compileRules, type RuleViolations } from '../constraints/compileRules';
import type { Rule } from '../constraints/rule';
import type { Frame } from '../data/frame';
import type { SyntheticRows } from '../generators/generator';

/** What can be said of a run by looking at its rows. */
export interface RunDiagnostics {
  /** Rows in which no column differs from the donor. */
  readonly unmovedRows: number;
  readonly refusedByRules: number;
  /** Rows equal to some real rare row in every generated column. */
  readonly copies: number;
  readonly rowsPerDonor: { readonly mean: number; readonly max: number };
  readonly ruleViolations: readonly RuleViolations[];
  /** Synthetic variance over real rare variance of each numeric column; columns without real variance are left out. */
  readonly varianceKept: readonly { readonly column: string; readonly ratio: number }[];
}

/**
 * @param real The real rare rows, in the columns of the run.
 * @param made The synthetic rows; `donor` may count in any row numbering, it is only compared with itself.
 */
export function diagnoseRun(
  real: Frame,
  made: Pick<SyntheticRows, 'rows' | 'columns' | 'donor' | 'moved' | 'refusedByRules'>,
  rules: readonly Rule[],
): RunDiagnostics {
  const perDonor = new Map<number, number>();
  for (const donor of made.donor) perDonor.set(donor, (perDonor.get(donor) ?? 0) + 1);
  const keyOf = (columns: readonly Float64Array[], i: number) => columns.map((column) => column[i]).join(' ');
  const known = new Set(Array.from({ length: real.rows }, (_, i) => keyOf(real.columns, i)));
  let copies = 0;
  let unmoved = 0;
  let refused = 0;
  for (let i = 0; i < made.rows; i++) {
    if (known.has(keyOf(made.columns, i))) copies++;
    unmoved += 1 - made.moved[i]!;
    refused += made.refusedByRules[i]!;
  }
  return {
    unmovedRows: unmoved,
    refusedByRules: refused,
    copies,
    rowsPerDonor: {
      mean: perDonor.size > 0 ? made.rows / perDonor.size : 0,
      max: [...perDonor.values()].reduce((a, b) => Math.max(a, b), 0),
    },
    ruleViolations: compileRules(rules, real.specs).countViolations({
      rows: made.rows,
      specs: real.specs,
      columns: made.columns,
    }),
    varianceKept: real.specs.flatMap((spec, c) => {
      if (spec.levels) return [];
      const before = variance(real.columns[c]!);
      return before > 0 && made.rows > 1 ? [{ column: spec.name, ratio: variance(made.columns[c]!) / before }] : [];
    }),
  };
}

/** Population variance of the present cells; 0 for fewer than two. */
function variance(column: Float64Array): number {
  let n = 0;
  let mean = 0;
  let squares = 0;
  for (const v of column) {
    if (Number.isNaN(v)) continue;
    n++;
    const step = v - mean;
    mean += step / n;
    squares += step * (v - mean);
  }
  return n > 1 ? squares / n : 0;
}
