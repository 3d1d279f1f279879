import type { ValueSpec } from '../data/frame';
import { hasMoreValues } from '../numeric/hasMoreValues';
import { sortedValues } from '../numeric/sortedValues';
import type { ParentColumns } from './mechanism';
import { cubicColumn } from './splineBasis';

/** One column of a linear design, computed from the parents. */
export type Term =
  | { readonly kind: 'numeric'; readonly parent: number; readonly mean: number; readonly scale: number }
  /** The same of log(v + shift): the scale of a parent with a long tail, see `withLogs`. */
  | {
      readonly kind: 'log';
      readonly parent: number;
      readonly shift: number;
      /** Half of the smallest v + shift seen: below it the logarithm stays as it is. */
      readonly least: number;
      readonly mean: number;
      readonly scale: number;
    }
  | { readonly kind: 'level'; readonly parent: number; readonly level: number }
  | { readonly kind: 'missing'; readonly parent: number }
  /** Product of two earlier terms: lets an effect differ between the classes of the target. */
  | { readonly kind: 'product'; readonly first: number; readonly second: number }
  /** One function of a restricted cubic spline, centred and scaled: linear beyond the outer knots. */
  | {
      readonly kind: 'spline';
      readonly parent: number;
      readonly at: number;
      readonly knots: readonly number[];
      readonly mean: number;
      readonly scale: number;
    };

/**
 * Turns parents into the columns of a linear predictor: an intercept, numbers centred and scaled, one 0/1 column per
 * level but the first, one per parent that has missing cells (a missing number counts as its mean there, so that
 * nothing is imputed: the indicator carries what missing means), and products with the target's levels.
 */
export interface LinearDesign {
  readonly terms: readonly Term[];
  /** Ridge penalty of each design column, the intercept (0) first; shape (terms + 1,). */
  readonly penalties: readonly number[];
  readonly names: readonly string[];
}

/** Knots of a spline, as quantiles of the parent: more where there are rows to place them. */
const FEW_KNOTS = [0.03, 0.2, 0.4, 0.6, 0.8, 0.97];
const MANY_KNOTS = [0.02, 0.12, 0.27, 0.42, 0.58, 0.73, 0.88, 0.98];
const MANY_ROWS = 800;
/** Fewer distinct values than this leave nothing to bend. */
const LEAST_DISTINCT = 12;
/** Fewer rows than this a spline function cannot be told from noise. */
const ROWS_PER_FUNCTION = 12;

/** Pull of every effect towards zero, in rows: an effect seen in n rows keeps about n / (n + RIDGE) of its size. */
const RIDGE = 1;
/** The same for the difference of an effect between classes: partial pooling of the rare class with the common one. */
const POOLING = 20;

export function fitDesign(
  parents: readonly ValueSpec[],
  columns: ParentColumns,
  weights: Float64Array,
  targetParent: number,
): LinearDesign {
  const terms: Term[] = [];
  const names: string[] = ['(intercept)'];
  const penalties: number[] = [0];
  const targetTerms: number[] = [];
  const poolable: number[] = [];
  const add = (term: Term, name: string, penalty: number) => {
    terms.push(term);
    names.push(name);
    penalties.push(penalty);
    return terms.length - 1;
  };
  parents.forEach((spec, parent) => {
    const column = columns[parent]!;
    let total = 0;
    let sum = 0;
    let missing = 0;
    for (let i = 0; i < column.length; i++) {
      const v = column[i]!;
      if (Number.isNaN(v)) missing++;
      else {
        total += weights[i]!;
        sum += weights[i]! * v;
      }
    }
    if (spec.levels) {
      const counts = new Float64Array(spec.levels.length);
      for (let i = 0; i < column.length; i++) if (!Number.isNaN(column[i]!)) counts[column[i]!]! += 1;
      spec.levels.forEach((text, level) => {
        if (level === 0 || counts[level] === 0) return;
        const index = add({ kind: 'level', parent, level }, `${spec.name}=${text}`, RIDGE);
        if (parent === targetParent) targetTerms.push(index);
        else if (spec.levels!.length === 2) poolable.push(index);
      });
    } else if (total > 0) {
      const mean = sum / total;
      let squares = 0;
      for (let i = 0; i < column.length; i++) {
        const v = column[i]!;
        if (!Number.isNaN(v)) squares += weights[i]! * (v - mean) ** 2;
      }
      const scale = Math.sqrt(squares / total);
      if (scale > 0 && Number.isFinite(scale))
        poolable.push(add({ kind: 'numeric', parent, mean, scale }, spec.name, RIDGE));
    }
    if (missing > 0 && missing < column.length) add({ kind: 'missing', parent }, `${spec.name} missing`, RIDGE);
  });
  for (const target of targetTerms)
    for (const other of poolable)
      add({ kind: 'product', first: target, second: other }, `${names[target + 1]} x ${names[other + 1]}`, POOLING);
  return { terms, penalties, names };
}

/**
 * The design with restricted cubic spline functions of each numeric parent after its own columns, so that effects may
 * bend; the same design where no parent can carry any.
 * @param isDense Eight knots instead of six where rows allow: for least squares, whose cost they hardly touch.
 * @see Regression Modeling Strategies, 2nd edition, 2015, section 2.4.5 (knots at fixed quantiles).
 */
export function withSplines(design: LinearDesign, columns: ParentColumns, rows: number, isDense = false): LinearDesign {
  const terms = [...design.terms];
  const names = [...design.names];
  const penalties = [...design.penalties];
  const levels = isDense && rows >= MANY_ROWS ? MANY_KNOTS : FEW_KNOTS;
  for (const term of design.terms) {
    if (term.kind !== 'numeric') continue;
    const sorted = sortedValues(columns[term.parent]!);
    let distinct = 1;
    for (let i = 1; i < sorted.length && distinct < LEAST_DISTINCT; i++) if (sorted[i] !== sorted[i - 1]) distinct++;
    if (distinct < LEAST_DISTINCT || rows < ROWS_PER_FUNCTION * (terms.length + levels.length)) continue;
    const knots = [...new Set(levels.map((level) => sorted[Math.floor(level * (sorted.length - 1))]!))];
    for (let at = 0; at < knots.length - 2; at++) {
      const values = new Float64Array(sorted.length);
      cubicColumn(knots, at, sorted, values);
      let mean = 0;
      for (let i = 0; i < values.length; i++) mean += values[i]! / values.length;
      let squares = 0;
      for (let i = 0; i < values.length; i++) squares += (values[i]! - mean) * (values[i]! - mean);
      const scale = Math.sqrt(squares / values.length);
      if (!(scale > 0 && Number.isFinite(scale))) continue;
      terms.push({ kind: 'spline', parent: term.parent, at, knots, mean, scale });
      names.push(`${names[design.terms.indexOf(term) + 1]} bend ${at + 1}`);
      penalties.push(RIDGE);
    }
  }
  return terms.length === design.terms.length ? design : { terms, names, penalties };
}

/** A tail is long when its outer half is this many times as wide as the opposite one. */
const LONG_TAIL = 2;
const TAIL_ENDS = [0.02, 0.5, 0.98] as const;

/**
 * The design with log(v + shift) in place of each amount that never falls below 0 and has a long right tail; the same design
 * where there is none. A straight effect of such an amount on log odds would grow beyond all bounds in the tail: of rows with
 * Y = m it would then make the largest amounts too many and too large. The shift is 0 for amounts above 0, else the lower
 * quartile of those above 0.
 */
export function withLogs(design: LinearDesign, columns: ParentColumns, weights: Float64Array): LinearDesign {
  const names = [...design.names];
  const terms = design.terms.map((term, at): Term => {
    if (term.kind !== 'numeric') return term;
    const column = columns[term.parent]!;
    const sorted = sortedValues(column);
    const shift = logShift(sorted);
    if (shift === null) return term;
    const least = (sorted[0]! + shift) / 2;
    const logs = column.map((v) => logOf(v, shift, least));
    let total = 0;
    let sum = 0;
    for (let i = 0; i < logs.length; i++) {
      if (Number.isNaN(logs[i]!)) continue;
      total += weights[i]!;
      sum += weights[i]! * logs[i]!;
    }
    const mean = sum / total;
    let squares = 0;
    for (let i = 0; i < logs.length; i++) if (!Number.isNaN(logs[i]!)) squares += weights[i]! * (logs[i]! - mean) ** 2;
    const name = names[at + 1]!;
    names[at + 1] = shift > 0 ? `log(${name} + ${Number(shift.toPrecision(3))})` : `log(${name})`;
    return { kind: 'log', parent: term.parent, shift, least, mean, scale: Math.sqrt(squares / total) };
  });
  const isLog = terms.map(({ kind }) => kind === 'log');
  if (!isLog.includes(true)) return design;
  terms.forEach((term, at) => {
    if (term.kind === 'product' && (isLog[term.first] || isLog[term.second]))
      names[at + 1] = `${names[term.first + 1]} x ${names[term.second + 1]}`;
  });
  return { terms, penalties: design.penalties, names };
}

/**
 * The shift of an amount with a long right tail, from its sorted values; null for any other column. The tail is judged among
 * values above 0: nothing or about fifty is no long tail.
 */
function logShift(sorted: Float64Array): number | null {
  if (sorted.length === 0 || sorted[0]! < 0) return null;
  const above = sorted.filter((v) => v > 0);
  const at = (share: number) => above[Math.floor(share * (above.length - 1))]!;
  const [low, middle, high] = TAIL_ENDS.map(at);
  if (!(high! - middle! > LONG_TAIL * (middle! - low!)) || !hasMoreValues(above, LEAST_DISTINCT - 1)) return null;
  return sorted[0]! > 0 ? 0 : at(0.25);
}

const logOf = (v: number, shift: number, least: number): number => Math.log(Math.max(v + shift, least));

/** Products cost a coefficient for each pair: more columns than this are left to trees. */
const MOST_CROSSED = 6;
/** The pull of a product towards none, in rows: pairs are many and mostly do nothing. */
const CROSSING = 3;

/**
 * The design with the product of every pair of numbers and two-level categories after its own columns, so that one effect may
 * depend on the value of another parent; the same design where there is no pair or rows are too few.
 * @param without Parents that take no part.
 */
export function withProducts(design: LinearDesign, rows: number, without: ReadonlySet<number>): LinearDesign {
  const levelCounts = new Map<number, number>();
  for (const term of design.terms)
    if (term.kind === 'level') levelCounts.set(term.parent, (levelCounts.get(term.parent) ?? 0) + 1);
  const crossed = design.terms.flatMap((term, index) =>
    (term.kind === 'numeric' || (term.kind === 'level' && levelCounts.get(term.parent) === 1)) &&
    !without.has(term.parent)
      ? [index]
      : [],
  );
  if (crossed.length < 2 || crossed.length > MOST_CROSSED) return design;
  const terms = [...design.terms];
  const names = [...design.names];
  const penalties = [...design.penalties];
  const has = (first: number, second: number) =>
    design.terms.some((term) => term.kind === 'product' && term.first === first && term.second === second);
  crossed.forEach((first, at) => {
    for (const second of crossed.slice(at + 1)) {
      if (has(first, second) || has(second, first)) continue;
      terms.push({ kind: 'product', first, second });
      names.push(`${names[first + 1]} x ${names[second + 1]}`);
      penalties.push(CROSSING);
    }
  });
  return terms.length === design.terms.length || rows < ROWS_PER_FUNCTION * terms.length
    ? design
    : { terms, names, penalties };
}

/**
 * The design columns of shape (n,), intercept first.
 * @param known The first of them, where they are known from a design that this one begins with.
 */
export function designColumns(
  design: LinearDesign,
  parents: ParentColumns,
  rows: number,
  known: readonly Float64Array[] = [new Float64Array(rows).fill(1)],
): Float64Array[] {
  const out = [...known];
  for (const term of design.terms.slice(known.length - 1)) {
    const column = new Float64Array(rows);
    fillTerm(term, parents, out, column);
    out.push(column);
  }
  return out;
}

/** One column of the design; `before` are those before it, intercept first. */
function fillTerm(
  term: Term,
  parents: ParentColumns,
  before: readonly (Float64Array | null)[],
  column: Float64Array,
): void {
  const rows = column.length;
  if (term.kind === 'product') {
    const a = before[term.first + 1]!;
    const b = before[term.second + 1]!;
    for (let i = 0; i < rows; i++) column[i] = a[i]! * b[i]!;
    return;
  }
  const source = parents[term.parent]!;
  if (term.kind === 'numeric') {
    const { mean, scale } = term;
    for (let i = 0; i < rows; i++) {
      const v = source[i]!;
      column[i] = Number.isNaN(v) ? 0 : (v - mean) / scale;
    }
  } else if (term.kind === 'log') {
    const { shift, least, mean, scale } = term;
    for (let i = 0; i < rows; i++) {
      const v = source[i]!;
      column[i] = Number.isNaN(v) ? 0 : (logOf(v, shift, least) - mean) / scale;
    }
  } else if (term.kind === 'spline') {
    const { knots, at, mean, scale } = term;
    cubicColumn(knots, at, source, column);
    for (let i = 0; i < rows; i++) {
      const v = column[i]!;
      column[i] = Number.isNaN(v) ? 0 : (v - mean) / scale;
    }
  } else if (term.kind === 'level') {
    const { level } = term;
    for (let i = 0; i < rows; i++) column[i] = source[i] === level ? 1 : 0;
  } else {
    for (let i = 0; i < rows; i++) column[i] = Number.isNaN(source[i]!) ? 1 : 0;
  }
}

/**
 * X b of every output, each of shape (rows,): the same numbers as from `designColumns`, without a column for each term.
 * @param coefficients One array of shape (terms + 1,) per output, intercept first.
 */
export function linearOutputs(
  design: LinearDesign,
  coefficients: readonly ArrayLike<number>[],
  parents: ParentColumns,
  rows: number,
): Float64Array[] {
  const outputs = coefficients.map((beta) => new Float64Array(rows).fill(beta[0]!));
  const { terms } = design;
  const factors = factorsOf(design);
  const columns: (Float64Array | null)[] = [null];
  const spare = new Float64Array(rows);
  for (let j = 0; j < terms.length; j++) {
    const isFactor = factors.has(j);
    const isUsed = isFactor || coefficients.some((beta) => beta[j + 1] !== 0);
    const column = isFactor ? new Float64Array(rows) : spare;
    if (isUsed) fillTerm(terms[j]!, parents, columns, column);
    columns.push(isFactor ? column : null);
    for (let k = 0; k < outputs.length; k++) {
      const b = coefficients[k]![j + 1]!;
      const out = outputs[k]!;
      if (b !== 0) for (let i = 0; i < rows; i++) out[i]! += b * column[i]!;
    }
  }
  return outputs;
}

const knownFactors = new WeakMap<LinearDesign, ReadonlySet<number>>();

/** Terms that products are made of. */
function factorsOf(design: LinearDesign): ReadonlySet<number> {
  const known =
    knownFactors.get(design) ??
    new Set(design.terms.flatMap((term) => (term.kind === 'product' ? [term.first, term.second] : [])));
  knownFactors.set(design, known);
  return known;
}

/** Adds X b to `out`; `columns` as `designColumns` makes them. */
export function addLinear(
  columns: readonly Float64Array[],
  coefficients: ArrayLike<number>,
  out: Float64Array,
): Float64Array {
  const rows = out.length;
  for (let j = 0; j < columns.length; j++) {
    const b = coefficients[j]!;
    const column = columns[j]!;
    if (b !== 0) for (let i = 0; i < rows; i++) out[i]! += b * column[i]!;
  }
  return out;
}
