import type { ValueSpec } from '../data/frame';
import { gather } from '../numeric/gather';
import { createRng, shuffleInPlace } from '../rng';
import type { NodeFit } from '../scm/fittedModel';
import { conditionalTable, empirical } from './catalogue';
import { chooseFamily, scoreWeights, weightedMean } from './chooseFamily';
import type { CategoricalMechanism } from './classifier';
import { findFormula } from './formulas/findFormula';
import type { FitInput, Mechanism, MechanismJson, ParentColumns } from './mechanism';
import { mixtureMechanism, type Piece } from './mixture';

/** All that fitting one node needs: structured-cloneable, so that nodes can be fitted on any thread. */
export interface NodeFitRequest {
  readonly child: ValueSpec;
  readonly parents: readonly ValueSpec[];
  /** Shape (n,), NaN for missing. */
  readonly values: Float64Array;
  readonly parentColumns: ParentColumns;
  readonly weights: Float64Array;
  /** Index of the target among the parents, -1 if it is not one. */
  readonly targetParent: number;
  readonly seed: number;
}

export interface NodeFitResult {
  readonly mechanism: MechanismJson;
  readonly fit: NodeFit;
}

/** Few rows need every one of them for fitting; many rows give the same answer with fewer folds, sooner. */
const foldsFor = (rows: number) => Math.max(2, Math.min(rows >= 8000 ? 2 : rows >= 3000 ? 3 : 5, rows));
/** Numbers with at most this many distinct values, each seen often, are learned as a choice among the values. */
const FEW_VALUES = 15;
const LEAST_ROWS_PER_VALUE = 20;
/** A lowest or highest value that at least this share of rows holds is an atom of its own. */
const ATOM_SHARE = 0.04;

/**
 * Learns P(child | parents) from real rows: splits off missing cells, piled-up bounds and few-valued numbers as atoms
 * chosen by a gate, then lets the families compete for gate and core.
 */
export function fitNode(request: NodeFitRequest): NodeFitResult {
  const { child } = request;
  const messages: string[] = [];
  const pieces = piecesOf(request);
  const gated = pieces.length > 1 || pieces[0]!.kind === 'atom';
  let gate: CategoricalMechanism | null = null;
  let outcome: { family: string; score: number; baselineScore: number; tried: NodeFit['tried'] } | null = null;
  if (gated) {
    const codes = request.values.map((v) => {
      const at = pieces.findIndex(
        (piece) => piece.kind === 'atom' && (Number.isNaN(v) ? Number.isNaN(piece.value) : piece.value === v),
      );
      return at >= 0 ? at : pieces.findIndex(({ kind }) => kind === 'core');
    });
    const levels = pieces.map((piece) =>
      piece.kind === 'core'
        ? 'other'
        : Number.isNaN(piece.value)
          ? 'missing'
          : (child.levels?.[piece.value] ?? String(piece.value)),
    );
    const chosen = choose(request, { ...child, kind: 'ordinal', levels }, codes, null);
    gate = chosen.mechanism as CategoricalMechanism;
    outcome = chosen;
  }
  let core: Mechanism | null = null;
  if (pieces.some(({ kind }) => kind === 'core')) {
    const rows: number[] = [];
    request.values.forEach((v, i) => {
      if (
        !pieces.some(
          (piece) => piece.kind === 'atom' && (Number.isNaN(v) ? Number.isNaN(piece.value) : piece.value === v),
        )
      )
        rows.push(i);
    });
    const chosen = choose(request, child, request.values, rows);
    core = chosen.mechanism;
    outcome = chosen; // the core is what a reader means by "how well is it predicted"
  }
  const mechanism = gate ? mixtureMechanism({ child: child.name, pieces, gate, core }) : core!;
  const missing = request.values.reduce((count, v) => count + (Number.isNaN(v) ? 1 : 0), 0);
  if (missing > 0)
    messages.push(
      `${missing} of ${request.values.length} cells of "${child.name}" are missing: being missing is learned from its parents and generated like any value.`,
    );
  const formula =
    outcome!.family === 'formula' ? null : findFormula(child, request.parents, request.values, request.parentColumns);
  if (formula)
    messages.push(
      `"${child.name}" = ${formula.text} in ${formula.rows - formula.counterexamples} of ${formula.rows} rows: if that is a rule, add it; if it should hold everywhere, correct the rows that break it.`,
    );
  return {
    mechanism: mechanism.toJSON(),
    fit: {
      node: child.name,
      family: outcome!.family,
      parents: request.parents.map(({ name }) => name),
      rows: request.values.length,
      score: outcome!.score,
      baselineScore: outcome!.baselineScore,
      tried: outcome!.tried,
      card: mechanism.card(),
      messages,
    },
  };
}

function piecesOf({ child, values }: NodeFitRequest): Piece[] {
  const counts = new Map<number, number>();
  let missing = 0;
  for (const v of values) {
    if (Number.isNaN(v)) missing++;
    else counts.set(v === 0 ? 0 : v, (counts.get(v === 0 ? 0 : v) ?? 0) + 1);
  }
  const pieces: Piece[] = missing > 0 ? [{ kind: 'atom', value: Number.NaN }] : [];
  if (counts.size === 0) return pieces;
  if (child.levels) return [...pieces, { kind: 'core' }];
  const distinct = [...counts.keys()].sort((a, b) => a - b);
  const present = values.length - missing;
  if (distinct.length <= FEW_VALUES && present >= LEAST_ROWS_PER_VALUE * distinct.length)
    return [...pieces, ...distinct.map((value): Piece => ({ kind: 'atom', value }))];
  const isAtom = (v: number) => counts.get(v)! >= Math.max(5, ATOM_SHARE * present) && counts.get(v)! < present - 5;
  const first = distinct[0]!;
  const last = distinct[distinct.length - 1]!;
  if (isAtom(first)) pieces.push({ kind: 'atom', value: first });
  pieces.push({ kind: 'core' });
  if (last !== first && isAtom(last)) pieces.push({ kind: 'atom', value: last });
  return pieces;
}

function choose(request: NodeFitRequest, child: ValueSpec, values: Float64Array, rows: readonly number[] | null) {
  const pick = (column: Float64Array) => (rows && rows.length < column.length ? gather(column, rows) : column);
  const picked = pick(values);
  const weights = normalised(pick(request.weights));
  const parentColumns = request.parentColumns.map(pick);
  const input: FitInput = {
    child,
    parents: request.parents,
    values: picked,
    parentColumns,
    weights,
    targetParent: request.targetParent,
    ...foldsOf(request, picked, parentColumns, child.levels !== null),
  };
  const chosen = chooseFamily(input);
  const blind = { ...input, parents: [], parentColumns: [], targetParent: -1 };
  const baseline = (child.levels ? conditionalTable : empirical).fit(blind);
  return { ...chosen, baselineScore: weightedMean(baseline.scores, scoreWeights(input)) };
}

/**
 * Stratified folds: rows are dealt out in turn within each level of a categorical child and of a target parent,
 * after a shuffle of their own, so that a rare level is spread over all folds.
 */
function foldsOf(
  { child, targetParent, seed }: NodeFitRequest,
  values: Float64Array,
  parents: ParentColumns,
  categorical: boolean,
): { fold: Uint8Array; folds: number } {
  const n = values.length;
  const folds = foldsFor(n);
  const order = shuffleInPlace(
    Int32Array.from({ length: n }, (_, i) => i),
    createRng(seed, `folds/${child.name}`),
  );
  const dealt = new Map<string, number>();
  const fold = new Uint8Array(n);
  let offset = 0;
  for (const i of order) {
    const stratum = `${categorical ? values[i] : ''}/${targetParent >= 0 ? parents[targetParent]![i] : ''}`;
    // Each stratum starts at another fold, so that many tiny strata do not pile up in the first one.
    const at = dealt.get(stratum) ?? offset++;
    fold[i] = at % folds;
    dealt.set(stratum, at + 1);
  }
  return { fold, folds };
}

function normalised(weights: Float64Array): Float64Array {
  let sum = 0;
  for (const w of weights) sum += w;
  const mean = sum / weights.length;
  return mean === 1 ? weights : weights.map((w) => w / mean);
}
