import type { LinearLimit } from '../numeric/quadraticProgram';
import { sortedValues } from '../numeric/sortedValues';
import type { LinearDesign, Term } from './design';
import type { ParentColumns, ParentLimit } from './mechanism';
import { cubic } from './splineBasis';

/** Places at which a bent effect is held to its direction or bound. */
const PLACES = 40;

/**
 * The expert's demands on effects as limits on the coefficients of a linear predictor: a direction holds the slope at every
 * place (and in every class, where effects differ between classes), a sign the mean slope over the rows, a bound the difference
 * between any two values. Zero effects obey all of them.
 * @param columns The parents' values the design was made from.
 */
export function designLimits(
  design: LinearDesign,
  limits: readonly ParentLimit[],
  columns: ParentColumns,
): readonly LinearLimit[] {
  return limits.flatMap((limit) => {
    const { parent, direction, sign, most } = limit;
    const column = sortedValues(columns[parent]!);
    if (column.length === 0) return [];
    const levels = design.terms.flatMap((term, at) => (term.kind === 'level' && term.parent === parent ? [at] : []));
    const out: LinearLimit[] = [];
    const hold = (row: Float64Array, least: number) => out.push({ row, least });
    if (levels.length > 0) {
      const steps = levels.map((at, k) => difference(design, at, k > 0 ? levels[k - 1]! : -1));
      for (const context of contextsOf(design, levels)) {
        const rows = steps.map((step) => inContext(design, step, context));
        if (direction !== 0) for (const row of rows) hold(scaled(row, direction), 0);
        else if (sign !== 0) hold(scaled(rows.reduce(add), sign), 0);
        if (most < Infinity)
          for (let from = 0; from < rows.length; from++) {
            let sum = new Float64Array(rows[from]!.length);
            for (let to = from; to < rows.length; to++) {
              sum = add(sum, rows[to]!);
              hold(sum, -most);
              hold(scaled(sum, -1), -most);
            }
          }
      }
      return out;
    }
    const own = design.terms.findIndex((term) => term.kind === 'numeric' && term.parent === parent);
    if (own < 0) return out;
    const low = column[0]!;
    const high = column[column.length - 1]!;
    const isBent = design.terms.some((term) => term.kind === 'spline' && term.parent === parent);
    const places = isBent
      ? Array.from({ length: PLACES + 1 }, (_, k) => low + (k / PLACES) * (high - low))
      : [low, high];
    for (const context of contextsOf(design, [own])) {
      const at = (v: number) => inContext(design, valueRow(design, parent, v), context);
      const rows = places.map(at);
      const rises = rows.slice(1).map((row, k) => add(row, scaled(rows[k]!, -1)));
      if (direction !== 0) for (const rise of rises) hold(scaled(rise, direction), 0);
      else if (sign !== 0) {
        const quarter = (share: number) => column[Math.floor(share * (column.length - 1))]!;
        hold(scaled(add(at(quarter(0.9)), scaled(at(quarter(0.1)), -1)), sign), 0);
      }
      if (most < Infinity) {
        // Between two ends a straight effect is the whole difference; a bent one is kept within half the bound of its start.
        const from = isBent ? at(column[column.length >> 1]!) : rows[0]!;
        for (const row of isBent ? rows : [rows[1]!]) {
          const gap = add(row, scaled(from, -1));
          hold(gap, isBent ? -most / 2 : -most);
          hold(scaled(gap, -1), isBent ? -most / 2 : -most);
        }
      }
    }
    return out;
  });
}

/** Terms of the target's levels that some product joins to one of `own`: the classes in which the effect may differ; null for the first. */
function contextsOf(design: LinearDesign, own: readonly number[]): readonly (number | null)[] {
  const others = design.terms.flatMap((term) =>
    term.kind !== 'product'
      ? []
      : own.includes(term.first)
        ? [term.second]
        : own.includes(term.second)
          ? [term.first]
          : [],
  );
  return [null, ...new Set(others)];
}

/** The predictor's row for one parent at value v, all else 0. */
function valueRow(design: LinearDesign, parent: number, v: number): Float64Array {
  const row = new Float64Array(design.terms.length + 1);
  design.terms.forEach((term, at) => {
    row[at + 1] = termValue(term, parent, v);
  });
  return row;
}

function termValue(term: Term, parent: number, v: number): number {
  if (term.kind === 'numeric' && term.parent === parent) return (v - term.mean) / term.scale;
  if (term.kind === 'spline' && term.parent === parent) return (cubic(term.knots, term.at, v) - term.mean) / term.scale;
  return 0;
}

function difference(design: LinearDesign, to: number, from: number): Float64Array {
  const row = new Float64Array(design.terms.length + 1);
  row[to + 1] = 1;
  if (from >= 0) row[from + 1] = -1;
  return row;
}

/** Adds the products with the class's 0/1 column, which is 1 in its context. */
function inContext(design: LinearDesign, row: Float64Array, context: number | null): Float64Array {
  if (context === null) return row;
  const out = row.slice();
  design.terms.forEach((term, at) => {
    if (term.kind !== 'product') return;
    if (term.first === context) out[at + 1] = row[term.second + 1]!;
    else if (term.second === context) out[at + 1] = row[term.first + 1]!;
  });
  return out;
}

const scaled = (row: Float64Array, by: number): Float64Array<ArrayBuffer> => Float64Array.from(row, (a) => by * a);
const add = (a: Float64Array, b: Float64Array): Float64Array<ArrayBuffer> => Float64Array.from(a, (v, j) => v + b[j]!);
