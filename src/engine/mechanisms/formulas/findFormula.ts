import type { ValueSpec } from '../../data/frame';
import { gather } from '../../numeric/gather';
import { createRng, shuffleInPlace } from '../../rng';
import type { ParentColumns } from '../mechanism';
import { evaluateFormula, type Formula, formulaText, parentsUsed } from './formula';
import { leastTrimmedSquares } from './leastTrimmed';
import { simplify } from './simplify';

/** A rule without noise that the data suggest for a column. */
export interface FoundFormula {
  /** `sum`: constant plus multiples of columns; `product`: a product of powers, ratios among them. */
  readonly kind: 'sum' | 'product';
  readonly child: string;
  /** Columns it uses, in the order of the parents given. */
  readonly parents: readonly string[];
  readonly formula: Formula;
  /** The right-hand side, such as "weight / height ^ 2". */
  readonly text: string;
  /** Rows in which the child and all columns used are known, and those of them that break it. */
  readonly rows: number;
  readonly counterexamples: number;
  /** Indices of the first rows that break it, at most 5. */
  readonly examples: readonly number[];
}

/** Fewer rows than this plus ten a column prove nothing. */
const LEAST_ROWS = 30;
const ROWS_PER_COLUMN = 10;
/** A formula broken by a larger share of rows is not offered. */
const MOST_BROKEN = 0.05;
/** Share of the searched rows in which a candidate must hold to be counted on all. */
const LEAST_FOUND = 0.9;
/** Rows on which formulas are searched; they are counted on all. */
const SEARCH_ROWS = 400;
/** Rounding of the child may hide at most this share of its spread, or anything would pass for a formula. */
const MOST_ROUNDING = 0.15;
/** Pairs of columns tried for a product or a ratio when values are not all positive. */
const MOST_PAIRS = 600;

/**
 * Looks for an exact formula of a numeric child from numeric columns: constant + sum b_j x_j by least trimmed squares, or
 * c x product of x_j^k_j, powers in halves, by the same on logs; where values are not all positive, products and ratios of
 * two. A row obeys it when the formula, rounded as the child is recorded, gives the child's value.
 * @param values, parentColumns Shape (n,), NaN for missing; rows with a missing cell in a column used are not counted.
 * @returns The formula with the fewest rows against it (then the fewest columns), or null when none holds in 95 % of rows,
 * rows are too few to tell, or rounding hides too much of the child.
 */
export function findFormula(
  child: ValueSpec,
  parents: readonly ValueSpec[],
  values: Float64Array,
  parentColumns: ParentColumns,
): FoundFormula | null {
  if (child.levels) return null;
  const numeric = parents.flatMap((spec, p) => (spec.levels ? [] : [p]));
  if (numeric.length === 0) return null;
  const complete = completeRows(values, parentColumns, numeric);
  if (complete.length < LEAST_ROWS + ROWS_PER_COLUMN * numeric.length) return null;
  const tolerance = toleranceOf(child, values);
  const spread = standardDeviation(gather(values, complete));
  if (!(spread > 0) || tolerance > MOST_ROUNDING * spread) return null;
  const rng = createRng(1, `formula/${child.name}`);
  const sample = shuffleInPlace(Int32Array.from(complete), rng).slice(0, SEARCH_ROWS).sort();
  const y = gather(values, sample);
  const x = numeric.map((p) => gather(parentColumns[p]!, sample));
  const found: FoundFormula[] = [];
  const consider = (kind: FoundFormula['kind'], formula: Formula | null) => {
    if (!formula || formula.terms.length === 0) return;
    const used = parentsUsed(formula);
    const { rows, broken } = countBroken(formula, used, values, parentColumns, tolerance);
    // As many distinct settings of the columns as coefficients would be met by any formula.
    if (rows < LEAST_ROWS || broken.length > MOST_BROKEN * rows || !isTested(formula, used, parentColumns)) return;
    const names = parents.map(({ name }) => name);
    found.push({
      kind,
      child: child.name,
      parents: used.map((p) => names[p]!),
      formula,
      text: formulaText(formula, names),
      rows,
      counterexamples: broken.length,
      examples: broken.slice(0, 5),
    });
  };
  const context = { y, x, numeric, tolerance, rng };
  consider('sum', findSum(context));
  consider('product', y.every((v) => v > 0) && x.some((c) => c.every((v) => v > 0)) ? findPowers(context) : null);
  if (found.length === 0) for (const formula of findPairs(context)) consider('product', formula);
  found.sort((a, b) => a.counterexamples - b.counterexamples || a.parents.length - b.parents.length);
  return found[0] ?? null;
}

/** Half a unit of the child's last decimal, and the error of adding large numbers. */
export function toleranceOf(child: ValueSpec, values: Float64Array): number {
  let largest = 0;
  for (const v of values) if (Math.abs(v) > largest) largest = Math.abs(v);
  return 0.5 * 10 ** -child.decimals * (1 + 1e-9) + 1e-12 * largest;
}

interface Search {
  readonly y: Float64Array;
  readonly x: readonly Float64Array[];
  /** Parent index of each column of x. */
  readonly numeric: readonly number[];
  readonly tolerance: number;
  readonly rng: ReturnType<typeof createRng>;
}

function findSum({ y, x, numeric, tolerance, rng }: Search): Formula | null {
  const ones = new Float64Array(y.length).fill(1);
  const means = x.map(meanOf);
  const scales = x.map((column) => standardDeviation(column) || 1);
  const scaled = x.map((column, j) => column.map((v) => (v - means[j]!) / scales[j]!));
  const [centre, ...rest] = leastTrimmedSquares([ones, ...scaled], y, ones, rng);
  const constantFor = (slopes: readonly number[]) =>
    centre! - slopes.reduce((sum, slope, j) => sum + slope * means[j]!, 0);
  const holds = (constant: number, slopes: readonly number[]) => {
    let kept = 0;
    for (let i = 0; i < y.length; i++) {
      let fitted = constant;
      for (let j = 0; j < x.length; j++) fitted += slopes[j]! * x[j]![i]!;
      if (Math.abs(y[i]! - fitted) <= tolerance) kept++;
    }
    return kept;
  };
  const raw = rest.map((slope, j) => slope / scales[j]!);
  if (holds(constantFor(raw), raw) < LEAST_FOUND * y.length) return null;
  const slopes = simplify(raw, (numbers) => holds(constantFor(numbers), numbers));
  const [constant] = simplify([constantFor(slopes)], ([number]) => holds(number!, slopes));
  return {
    constant: constant!,
    terms: slopes.flatMap((coefficient, j) =>
      coefficient === 0 ? [] : [{ coefficient, factors: [{ parent: numeric[j]!, power: 1 }] }],
    ),
  };
}

function findPowers(search: Search): Formula | null {
  const { y, numeric, rng } = search;
  const positive = search.x.flatMap((column, j) => (column.every((v) => v > 0) ? [j] : []));
  const logs = positive.map((j) => search.x[j]!.map(Math.log));
  const ones = new Float64Array(y.length).fill(1);
  const beta = leastTrimmedSquares(
    [ones, ...logs],
    y.map(Math.log),
    y.map((v) => v * v),
    rng,
  );
  const powers = positive.map((_, at) => Math.round(2 * beta[at + 1]!) / 2);
  const factors = positive.flatMap((j, at) => (powers[at] === 0 ? [] : [{ at: j, power: powers[at]! }]));
  if (factors.length === 0) return null;
  return scaledProduct(search, factors, numeric);
}

/** a b and a / b for every pair: what logs cannot see where values are zero or negative. */
function* findPairs(search: Search): Generator<Formula | null> {
  const d = search.x.length;
  let tried = 0;
  for (let a = 0; a < d; a++)
    for (let b = 0; b < d; b++)
      for (const power of [1, -1]) {
        if (a === b || (power === 1 && b < a) || tried++ > MOST_PAIRS) continue;
        yield scaledProduct(
          search,
          [
            { at: a, power: 1 },
            { at: b, power },
          ],
          search.numeric,
        );
      }
}

/** c times a product of powers, c the middle ratio of the child to the product. */
function scaledProduct(
  { y, x, tolerance }: Search,
  factors: readonly { readonly at: number; readonly power: number }[],
  numeric: readonly number[],
): Formula | null {
  const product = y.map((_, i) => factors.reduce((value, { at, power }) => value * x[at]![i]! ** power, 1));
  const ratios = y.map((v, i) => v / product[i]!).filter((r, i) => Number.isFinite(r) && product[i] !== 0);
  if (ratios.length < y.length / 4) return null;
  const middle = ratios.sort()[ratios.length >> 1]!;
  const holds = ([c]: readonly number[]) => {
    let kept = 0;
    for (let i = 0; i < y.length; i++) if (Math.abs(y[i]! - c! * product[i]!) <= tolerance) kept++;
    return kept;
  };
  const [coefficient] = simplify([middle], holds);
  if (coefficient === 0 || holds([coefficient!]) < LEAST_FOUND * y.length) return null;
  return {
    constant: 0,
    terms: [{ coefficient: coefficient!, factors: factors.map(({ at, power }) => ({ parent: numeric[at]!, power })) }],
  };
}

/** Rows in which every number is known; rows with a child but without one of the columns cannot be searched. */
function completeRows(values: Float64Array, columns: ParentColumns, numeric: readonly number[]): Int32Array {
  const rows: number[] = [];
  for (let i = 0; i < values.length; i++)
    if (!Number.isNaN(values[i]!) && numeric.every((p) => !Number.isNaN(columns[p]![i]!))) rows.push(i);
  return Int32Array.from(rows);
}

function countBroken(
  formula: Formula,
  used: readonly number[],
  values: Float64Array,
  columns: ParentColumns,
  tolerance: number,
): { rows: number; broken: number[] } {
  const fitted = evaluateFormula(formula, columns, values.length);
  const broken: number[] = [];
  let rows = 0;
  for (let i = 0; i < values.length; i++) {
    if (Number.isNaN(values[i]!) || used.some((p) => Number.isNaN(columns[p]![i]!))) continue;
    rows++;
    if (!(Math.abs(values[i]! - fitted[i]!) <= tolerance)) broken.push(i);
  }
  return { rows, broken };
}

/** True when the columns used take clearly more settings than the formula has numbers to fit them with. */
function isTested(formula: Formula, used: readonly number[], columns: ParentColumns): boolean {
  const settings = new Set<string>();
  const enough = 2 * (formula.terms.length + 1) + 2;
  for (let i = 0; i < columns[0]!.length && settings.size < enough; i++)
    settings.add(used.map((p) => columns[p]![i]!).join());
  return settings.size >= enough;
}

const meanOf = (column: Float64Array): number => column.reduce((sum, v) => sum + v, 0) / column.length;

function standardDeviation(column: Float64Array): number {
  const mean = meanOf(column);
  return Math.sqrt(column.reduce((sum, v) => sum + (v - mean) ** 2, 0) / column.length);
}
