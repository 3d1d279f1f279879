import { type IndependentCount, independentCheck } from '../constraints/checker/independentCheck';
import { compileRules, type RuleViolations } from '../constraints/compileRules';
import type { Rule } from '../constraints/rule';
import { twoHalves } from '../data/folds';
import { type Frame, isNumericSpec, selectRows } from '../data/frame';
import type { RowUnits } from '../data/rowUnits';
import type { SyntheticRows } from '../generators/generator';
import { gather } from '../numeric/gather';
import { createRng } from '../rng';
import { subtask, type Task } from '../task';
import { closestRecords } from '../validation/closestRecord';
import { parentCellRows, supportReference } from '../validation/supportScore';

/** Quartiles of a distance in [0, 1]. */
export interface Quartiles {
  readonly low: number;
  readonly middle: number;
  readonly high: number;
}

/** What can be said of a run by looking at its rows. */
export interface RunDiagnostics {
  /** Rows in which no column differs from the donor. */
  readonly unmovedRows: number;
  readonly refusedByRules: number;
  /** Rows equal to some real rare row in every generated column. */
  readonly copies: number;
  readonly rowsPerDonor: { readonly mean: number; readonly max: number };
  readonly ruleViolations: readonly RuleViolations[];
  /** The same by the independent reading of the rules, over this many rows evenly spread over the run. */
  readonly independent: { readonly rows: number; readonly counts: readonly IndependentCount[] };
  /** Synthetic variance over real rare variance of each numeric column; columns without real variance are left out. */
  readonly varianceKept: readonly { readonly column: string; readonly ratio: number }[];
  /** Share of the range (numbers) or 0 / 1 (categories) that a row moved from its donor, mean over columns; null without donors. */
  readonly moved: Quartiles | null;
  /**
   * Distance to the closest real rare row, of synthetic rows and of real rare rows held out: both against the same half of
   * the real rare rows. Synthetic rows much closer than held-out ones are near copies. Null with fewer than four real rows.
   */
  readonly closest: { readonly synthetic: Quartiles; readonly heldOut: Quartiles } | null;
  /** Of the looked-at rows: support scores below 0.01 and 0.05, and rows whose parents no real row has. */
  readonly support: {
    readonly below1: number;
    readonly below5: number;
    readonly emptyCells: number;
    /** Rows looked at; distances and support are of this many, evenly spread over the run. */
    readonly rows: number;
  };
}

/** Rows that distances are measured on: their cost grows with real times synthetic rows. */
const MOST_MADE = 2000;
const MOST_REAL = 1000;
/** Rows that the slow, independent reading of the rules looks at. */
const MOST_READ = 100_000;

export interface DiagnosisInput {
  /** The real rows to compare with, in the columns of the run: rare ones, or all where the outcome is drawn. */
  readonly real: Frame;
  /** Units of the rows of `real`. */
  readonly units: RowUnits | null;
  /** `donor` may count in any row numbering; `moved` and `refusedByRules` come from the generator. */
  readonly made: Pick<SyntheticRows, 'rows' | 'columns' | 'donor' | 'moved' | 'refusedByRules'>;
  readonly rules: readonly Rule[];
  /** All real rows, the donors' numbering, and the parents of each column on the map. */
  readonly all: Frame;
  readonly parents: readonly (readonly number[])[];
  readonly seed: number;
}

export async function diagnoseRun(input: DiagnosisInput, task: Task): Promise<RunDiagnostics> {
  const { real, made, rules, all, parents } = input;
  const perDonor = new Map<number, number>();
  for (const donor of made.donor) if (donor >= 0) perDonor.set(donor, (perDonor.get(donor) ?? 0) + 1);
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
  const looked = spreadRows(made.rows, MOST_MADE);
  const columns = made.columns.map((column) => gather(column, looked));
  await task.checkpoint(0.2, 'Checking rows');
  const scores = supportReference(real).score(columns, 0, looked.length);
  const cells = parentCellRows(all, parents, columns);
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
    independent: readIndependently(input),
    varianceKept: real.specs.flatMap((spec, c) => {
      if (spec.levels) return [];
      const before = variance(real.columns[c]!);
      return before > 0 && made.rows > 1 ? [{ column: spec.name, ratio: variance(made.columns[c]!) / before }] : [];
    }),
    moved: movedFromDonor(all, columns, gather(made.donor, looked)),
    closest: await closestOf(input, { rows: looked.length, specs: real.specs, columns }, subtask(task, 0.3, 1)),
    support: {
      below1: scores.filter((score) => score < 0.01).length,
      below5: scores.filter((score) => score < 0.05).length,
      emptyCells: cells.filter((rows) => rows === 0).length,
      rows: looked.length,
    },
  };
}

function readIndependently({ real, made, rules, all }: DiagnosisInput): RunDiagnostics['independent'] {
  const looked = spreadRows(made.rows, MOST_READ);
  const columns = made.columns.map((column) => gather(column, looked));
  // A row drawn from nothing has no donor whose value it could have had to keep.
  const donors = columns.map((column, c) =>
    column.map((value, i) => {
      const donor = made.donor[looked[i]!]!;
      return donor < 0 ? value : all.columns[c]![donor]!;
    }),
  );
  const frame = { rows: looked.length, specs: real.specs, columns };
  return { rows: looked.length, counts: independentCheck(rules, frame, donors) };
}

function spreadRows(rows: number, most: number): Int32Array {
  const count = Math.min(rows, most);
  return Int32Array.from({ length: count }, (_, i) => Math.floor((i * rows) / count));
}

function movedFromDonor(all: Frame, columns: readonly Float64Array[], donors: Float64Array): Quartiles | null {
  if (!donors.some((row) => row >= 0)) return null;
  const widths = all.specs.map((spec, c) => {
    if (!isNumericSpec(spec)) return 0;
    let low = Infinity;
    let high = -Infinity;
    for (const v of all.columns[c]!) {
      if (v < low) low = v;
      if (v > high) high = v;
    }
    return high > low ? high - low : 0;
  });
  return quartiles(
    donors.map((donor, i) => {
      let sum = 0;
      columns.forEach((column, c) => {
        const a = all.columns[c]![donor]!;
        const b = column[i]!;
        if (a === b || (Number.isNaN(a) && Number.isNaN(b))) return;
        const gap = widths[c]! > 0 ? Math.abs(a - b) / widths[c]! : 1;
        sum += gap < 1 ? gap : 1;
      });
      return sum / columns.length;
    }),
  );
}

async function closestOf(
  { real, units, seed }: DiagnosisInput,
  made: Frame,
  task: Task,
): Promise<RunDiagnostics['closest']> {
  if (real.rows < 4 || made.rows === 0) return null;
  const rows = Int32Array.from({ length: real.rows }, (_, i) => i);
  const [kept, heldOut] = twoHalves(rows, units, createRng(seed, 'held-out-half')).map((half) =>
    selectRows(real, half.subarray(0, MOST_REAL)),
  ) as [Frame, Frame];
  const synthetic = await closestRecords(kept, made, subtask(task, 0, 0.7));
  const baseline = await closestRecords(kept, heldOut, subtask(task, 0.7, 1));
  return { synthetic: quartiles(synthetic.distance), heldOut: quartiles(baseline.distance) };
}

function quartiles(values: Float64Array): Quartiles {
  const sorted = values.slice().sort();
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))]!;
  return { low: at(0.25), middle: at(0.5), high: at(0.75) };
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
