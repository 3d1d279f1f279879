import type { Frame, ValueSpec } from '../data/frame';
import type { RowUnits } from '../data/rowUnits';
import { adjustmentById } from '../dependence/adjustments/catalogue';
import { normalSurvival } from '../numeric/normal';
import type { Task } from '../task';
import type { ColumnDifference } from './columnDifferences';
import { FOLDS, outOfFoldLogit } from './outOfFoldLogit';
import { rowsByClass } from './rowsByClass';

/** What two columns together say of the target beyond what each says alone. */
export interface Interaction {
  readonly a: string;
  readonly b: string;
  /** Log loss that the pair takes off the additive model's, as a share of it, on rows it was not fitted on. */
  readonly gain: number;
  /** One-sided, adjusted over all pairs by Benjamini and Hochberg's method. */
  readonly pValue: number;
}

export interface InteractionScreen {
  /** Best first; pairs that add nothing are in it too. */
  readonly pairs: readonly Interaction[];
  /** Columns looked at: those that differ most between the classes. */
  readonly columns: readonly string[];
  /** Mean log loss per row in nats: of the share of rare rows alone, and of the additive model. */
  readonly baseLoss: number;
  readonly additiveLoss: number;
  /** Why nothing was looked at; null otherwise. */
  readonly reason: string | null;
}

const MOST_COLUMNS = 24;
const MOST_ROWS = 20_000;
const CELLS = 4;
/** Worth of evidence, in hessian, that a cell must bring against being shrunk to nothing. */
const SHRINK = 4;
const FEWEST_RARE = 40;
const SWEEPS = 4;

/**
 * Screens pairs for interactions: an additive spline logit of the target is fitted without each fold; for every pair the
 * residuals y - p of the fitted rows are summed over a 4 x 4 grid, made free of row and column effects, shrunk into one
 * Newton step delta = R / (H + 4) a cell, and scored by the log loss they save on the fold left out.
 * @see Accurate intelligible models with pairwise interactions, KDD 2013, section 3 (FAST), with scores out of fold.
 */
export async function interactionScreen(
  frame: Frame,
  isRare: Uint8Array,
  differences: readonly ColumnDifference[],
  task: Task,
  units: RowUnits | null = null,
): Promise<InteractionScreen> {
  const nothing = (reason: string): InteractionScreen => ({
    pairs: [],
    columns: [],
    baseLoss: 0,
    additiveLoss: 0,
    reason,
  });
  const rareRows = isRare.reduce((sum, is) => sum + is, 0);
  if (rareRows < FEWEST_RARE)
    return nothing(`${rareRows} rare rows are too few to tell an interaction from chance: ${FEWEST_RARE} are needed.`);
  const chosen = differences
    .filter(({ effect }) => effect > 0)
    .toSorted((a, b) => b.effect - a.effect)
    .slice(0, MOST_COLUMNS)
    .map(({ column }) => frame.specs.findIndex(({ name }) => name === column))
    .sort((a, b) => a - b);
  if (chosen.length < 2) return nothing('Fewer than two columns differ between the classes.');
  const rows = rowsByClass(isRare, MOST_ROWS, 'interaction-rows');
  const y = Float64Array.from(rows, (row) => isRare[row]!);
  const columns = chosen.map((c) => Float64Array.from(rows, (row) => frame.columns[c]![row]!));
  const specs = chosen.map((c) => frame.specs[c]!);
  await task.checkpoint(0, 'Fitting the additive model');
  const own = units && rows.map((row) => units[row]!);
  const { fold, probabilities } = outOfFoldLogit(['common', 'rare'], y, specs, columns, 'interaction-folds', own);
  const p = y.map((_, i) => insideUnit(probabilities[2 * i + 1]!));
  const eta = p.map((share) => Math.log(share / (1 - share)));
  const share = y.reduce((sum, v) => sum + v, 0) / y.length;
  const baseLoss = -(share * Math.log(share) + (1 - share) * Math.log(1 - share));
  const additiveLosses = eta.map((value, i) => logLoss(value, y[i]!));
  const additiveLoss = meanOf(additiveLosses);
  const cells = specs.map((spec, k) => cellsOf(spec, columns[k]!));
  const found: { a: string; b: string; gain: number; pValue: number }[] = [];
  for (let i = 0; i < specs.length; i++)
    for (let j = i + 1; j < specs.length; j++) {
      await task.checkpoint(found.length / ((specs.length * (specs.length - 1)) / 2), 'Looking for interactions');
      const saved = gains(cells[i]!, cells[j]!, y, p, eta, fold, additiveLosses);
      const mean = meanOf(saved);
      const error = Math.sqrt(saved.reduce((sum, v) => sum + (v - mean) ** 2, 0)) / saved.length;
      found.push({
        a: specs[i]!.name,
        b: specs[j]!.name,
        gain: mean / additiveLoss,
        pValue: error > 0 ? normalSurvival(mean / error) : 1,
      });
    }
  const adjusted = adjustmentById('bh').adjust(found.map(({ pValue }) => pValue));
  return {
    pairs: found.map((one, i) => ({ ...one, pValue: adjusted[i]! })).sort((a, b) => b.gain - a.gain),
    columns: specs.map(({ name }) => name),
    baseLoss,
    additiveLoss,
    reason: null,
  };
}

/** Cell of each row on one axis: four quantile bins of numbers, the three most frequent levels and the rest; missing is a cell of its own. */
function cellsOf({ levels }: ValueSpec, values: Float64Array): Uint8Array {
  if (levels) {
    const counts = new Float64Array(levels.length);
    for (const code of values) if (!Number.isNaN(code)) counts[code]!++;
    const place = new Uint8Array(levels.length).fill(CELLS - 1);
    [...counts.keys()]
      .sort((a, b) => counts[b]! - counts[a]! || a - b)
      .slice(0, CELLS - 1)
      .forEach((level, k) => {
        place[level] = k;
      });
    return Uint8Array.from(values, (code) => (Number.isNaN(code) ? CELLS : place[code]!));
  }
  const sorted = values.filter((v) => !Number.isNaN(v)).sort();
  const edges = Array.from({ length: CELLS - 1 }, (_, k) => sorted[Math.floor(((k + 1) / CELLS) * sorted.length)] ?? 0);
  return Uint8Array.from(values, (v) => (Number.isNaN(v) ? CELLS : edges.filter((edge) => v >= edge).length));
}

/** Keeps log odds finite where a fit is certain. */
const insideUnit = (p: number): number => Math.min(1 - 1e-9, Math.max(1e-9, p));

const side = CELLS + 1;

/** Nats saved in each row by the pair's cells, fitted without its fold. */
function gains(
  a: Uint8Array,
  b: Uint8Array,
  y: Float64Array,
  p: Float64Array,
  eta: Float64Array,
  fold: Uint8Array,
  losses: Float64Array,
): Float64Array {
  const size = side * side;
  const residual = Array.from({ length: FOLDS }, () => new Float64Array(size));
  const hessian = Array.from({ length: FOLDS }, () => new Float64Array(size));
  for (let i = 0; i < y.length; i++) {
    const cell = a[i]! * side + b[i]!;
    residual[fold[i]!]![cell]! += y[i]! - p[i]!;
    hessian[fold[i]!]![cell]! += p[i]! * (1 - p[i]!);
  }
  const deltas = residual.map((_, left) => {
    const sum = (parts: readonly Float64Array[]) => {
      const out = new Float64Array(size);
      parts.forEach((part, f) => {
        if (f !== left) for (let k = 0; k < size; k++) out[k]! += part[k]!;
      });
      return out;
    };
    return pureInteraction(sum(residual), sum(hessian));
  });
  return losses.map((loss, i) => loss - logLoss(eta[i]! + deltas[fold[i]!]![a[i]! * side + b[i]!]!, y[i]!));
}

/** Newton steps of the cells once those of rows and columns of the grid are taken, shrunk towards none. */
function pureInteraction(residual: Float64Array, hessian: Float64Array): Float64Array {
  const left = residual.slice();
  for (let sweep = 0; sweep < SWEEPS; sweep++)
    for (const [step, stride] of [
      [side, 1],
      [1, side],
    ] as const)
      for (let line = 0; line < side; line++) {
        let [r, h] = [0, 0];
        for (let k = 0; k < side; k++) {
          r += left[line * step + k * stride]!;
          h += hessian[line * step + k * stride]!;
        }
        if (h <= 0) continue;
        for (let k = 0; k < side; k++) left[line * step + k * stride]! -= (r / h) * hessian[line * step + k * stride]!;
      }
  return left.map((r, k) => r / (hessian[k]! + SHRINK));
}

/** -log P(y) at log odds eta, without overflow. */
const logLoss = (eta: number, y: number): number => {
  const signed = y === 1 ? eta : -eta;
  return signed > 0 ? Math.log1p(Math.exp(-signed)) : -signed + Math.log1p(Math.exp(signed));
};

const meanOf = (values: Float64Array): number => values.reduce((sum, v) => sum + v, 0) / values.length;
