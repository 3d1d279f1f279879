import { dealFolds, foldsOfUnits } from '../data/folds';
import type { ValueSpec } from '../data/frame';
import type { RowUnits } from '../data/rowUnits';
import { gather } from '../numeric/gather';
import { defaultNodeSettings, type EffectLimit, type NodeSettings } from '../project/nodeSettings';
import { createRng } from '../rng';
import type { NodeFit } from '../scm/fittedModel';
import { conditionalTable, empirical } from './catalogue';
import {
  type Choice,
  chooseCategorical,
  chooseNumeric,
  type FamilyWish,
  scoreWeights,
  weightedMean,
} from './chooseFamily';
import { effectShapes } from './effects';
import { type FoundFormula, findFormula } from './formulas/findFormula';
import { findTable } from './formulas/findTable';
import { insideUnit } from './locationScale';
import type { FamilyFit, FitInput, Mechanism, MechanismJson, ParentColumns } from './mechanism';
import { mixtureMechanism, type Piece } from './mixture';
import { checkNoise } from './noiseChecks';
import { firstCountOf, piecesOf } from './pieces';
import { resolveLimits, speakableLimits } from './resolveLimits';

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
  /** Shape (n,): rows of one unit are never on both sides of a fold; absent where every row stands alone. */
  readonly units?: RowUnits;
  /** What the expert overrides; none for a node learned by cross-validation alone. */
  readonly settings?: NodeSettings;
}

export interface NodeFitResult {
  readonly mechanism: MechanismJson;
  /** What can be told of the node by itself. */
  readonly fit: Omit<NodeFit, 'classDifference'>;
  /** Out-of-fold noise of every row, shape (n,). */
  readonly noise: Float64Array;
}

/** Few rows need every one of them for fitting; many rows give the same answer with fewer folds, sooner. */
const foldsFor = (rows: number) => Math.max(2, Math.min(rows >= 8000 ? 2 : rows >= 3000 ? 3 : 5, rows));

/** A part of a node's law with its out-of-fold noise on the rows it was learned from. */
interface Part {
  readonly mechanism: Mechanism;
  readonly noise: Float64Array;
  readonly choice: Choice & { readonly baselineScore: number };
}

/**
 * Learns P(child | parents) from real rows: whether the cell is missing is a mechanism of its own; piled-up bounds and few-valued
 * numbers are atoms chosen by a gate; families compete for gate and core, within what the expert demands.
 */
export function fitNode(request: NodeFitRequest): NodeFitResult {
  const { child, parents, values, parentColumns, weights, targetParent } = request;
  const settings = request.settings ?? defaultNodeSettings(child.name);
  const { limits, refused } = speakableLimits(child, parents, settings.limits);
  const messages: string[] = [...refused];
  const known = [...values.keys()].filter((i) => !Number.isNaN(values[i]!));
  const missing = values.length - known.length;
  const node = missing > 0 ? withMissing(request, settings, limits, known) : fitKnown(request, settings, limits);
  if (missing > 0)
    messages.push(
      `${missing} of ${values.length} cells of "${child.name}" are missing: being missing is learned from its parents and generated like any value.`,
    );
  if (settings.family !== null && settings.family !== node.choice.family)
    messages.push(
      `"${child.name}" cannot be learned as ${settings.family} with its values, parents and demands: ${node.choice.family} was taken.`,
    );
  const offers = offersFor(request, node.choice.family);
  const { mechanism, choice } = node;
  return {
    mechanism: mechanism.toJSON(),
    noise: node.noise,
    fit: {
      node: child.name,
      family: choice.family,
      parents: parents.map(({ name }) => name),
      rows: values.length,
      score: choice.score,
      baselineScore: choice.baselineScore,
      tried: choice.tried,
      card: mechanism.card(),
      effects: effectShapes(mechanism, { child, parents, parentColumns }),
      checks: checkNoise(node.noise, weights, parents, parentColumns, targetParent),
      messages: [...messages, ...offers],
      offers,
    },
  };
}

/** Missing or not first, by a gate of its own; then the law of the cells that are known. */
function withMissing(
  request: NodeFitRequest,
  settings: NodeSettings,
  limits: readonly EffectLimit[],
  known: readonly number[],
): Part {
  const { child, values } = request;
  const spec: ValueSpec = { ...child, kind: 'binary', levels: ['missing', 'known'] };
  const codes = values.map((v) => (Number.isNaN(v) ? 0 : 1));
  // What the expert says of the column is about its values, not about whether they were recorded.
  const gate = fitCategorical(request, spec, codes, defaultNodeSettings(child.name), [], null);
  const pieces: readonly Piece[] = [{ kind: 'atom', value: Number.NaN }, { kind: 'core' }];
  if (known.length === 0) return { ...gate, mechanism: gate.mechanism };
  const core = fitKnown(rowsOf(request, known), settings, limits);
  return combine(request, pieces, codes, gate, core, known);
}

function fitKnown(request: NodeFitRequest, settings: NodeSettings, limits: readonly EffectLimit[]): Part {
  const { child, values } = request;
  if (child.levels) return fitCategorical(request, child, values, settings, limits, null);
  const formula = settings.forbidden.includes('formula') ? null : exactly(formulaFor(request), values);
  const pieces = formula ? [] : piecesOf(values);
  if (pieces.length <= 1 && pieces[0]?.kind !== 'atom') return fitNumber(request, settings, limits, formula);
  const codes = values.map((v) => pieceAt(pieces, v));
  const levels = pieces.map((piece) => (piece.kind === 'core' ? 'other' : String(piece.value)));
  const gate = fitCategorical(
    request,
    { ...child, kind: levels.length === 2 ? 'binary' : 'ordinal', levels },
    codes,
    settings,
    limits,
    firstCountOf(pieces),
  );
  const corePiece = pieces.findIndex(({ kind }) => kind === 'core');
  const inCore = [...codes.keys()].filter((i) => codes[i] === corePiece);
  if (inCore.length === 0) return combine(request, pieces, codes, gate, null, inCore);
  return combine(request, pieces, codes, gate, fitNumber(rowsOf(request, inCore), settings, limits, null), inCore);
}

const formulas = new WeakMap<NodeFitRequest, FoundFormula | null>();

/** The formula found for a node: looked for once, asked for by its fit and by what is offered. */
function formulaFor(request: NodeFitRequest): FoundFormula | null {
  if (formulas.has(request)) return formulas.get(request)!;
  const { child, parents, values, parentColumns } = request;
  const found = findFormula(child, parents, values, parentColumns);
  formulas.set(request, found);
  return found;
}

/** A formula that every row obeys, with all its columns known. */
const exactly = (found: FoundFormula | null, values: Float64Array): FoundFormula | null =>
  found && found.counterexamples === 0 && found.rows === values.length ? found : null;

function pieceAt(pieces: readonly Piece[], v: number): number {
  const at = pieces.findIndex((piece) => piece.kind === 'atom' && piece.value === v);
  return at >= 0 ? at : pieces.findIndex(({ kind }) => kind === 'core');
}

interface GatePart extends Part {
  readonly choice: ReturnType<typeof chooseCategorical> & { readonly baselineScore: number };
}

/** A hurdle of gate and core; what a reader means by "how well is it predicted" is the core's score, where there is one. */
function combine(
  { child }: NodeFitRequest,
  pieces: readonly Piece[],
  codes: Float64Array,
  gate: GatePart,
  core: Part | null,
  inCore: readonly number[],
): Part {
  const { mechanism: gateMechanism, probabilities } = gate.choice.fit;
  const mechanism = mixtureMechanism({ child: child.name, pieces, gate: gateMechanism, core: core?.mechanism ?? null });
  const noise = gate.noise.slice();
  inCore.forEach((i, at) => {
    let below = 0;
    for (let k = 0; k < codes[i]!; k++) below += probabilities[i * pieces.length + k]!;
    noise[i] = insideUnit(below + core!.noise[at]! * probabilities[i * pieces.length + codes[i]!]!);
  });
  return { mechanism, noise, choice: core?.choice ?? gate.choice };
}

function fitNumber(
  request: NodeFitRequest,
  wish: FamilyWish,
  limits: readonly EffectLimit[],
  formula: FoundFormula | null,
): Part {
  const input = inputOf(request, request.child, request.values, limits, { formula: formula?.formula ?? null });
  const choice = chooseNumeric(input, wish);
  return partOf(choice, input, empirical.fit(blind(input)));
}

function fitCategorical(
  request: NodeFitRequest,
  child: ValueSpec,
  codes: Float64Array,
  wish: FamilyWish,
  limits: readonly EffectLimit[],
  firstCount: number | null,
): GatePart {
  const input = inputOf(request, child, codes, limits, { firstCount });
  const choice = chooseCategorical(input, wish);
  const part = partOf(choice, input, conditionalTable.fit(blind(input)));
  return { ...part, choice: { ...part.choice, fit: choice.fit } };
}

const blind = (input: FitInput): FitInput => ({
  ...input,
  parents: [],
  parentColumns: [],
  targetParent: -1,
  limits: [],
});

const partOf = (choice: Choice, input: FitInput, baseline: FamilyFit): Part => ({
  mechanism: choice.fit.mechanism,
  noise: choice.fit.noise,
  choice: { ...choice, baselineScore: weightedMean(baseline.scores, scoreWeights(input)) },
});

function rowsOf(request: NodeFitRequest, rows: readonly number[]): NodeFitRequest {
  return {
    ...request,
    values: gather(request.values, rows),
    parentColumns: request.parentColumns.map((column) => gather(column, rows)),
    weights: gather(request.weights, rows),
    ...(request.units ? { units: Int32Array.from(rows, (row) => request.units![row]!) } : {}),
  };
}

function inputOf(
  request: NodeFitRequest,
  child: ValueSpec,
  values: Float64Array,
  limits: readonly EffectLimit[],
  given: Partial<Pick<FitInput, 'formula' | 'firstCount'>>,
): FitInput {
  const { parents, parentColumns, targetParent, seed } = request;
  const weights = normalised(request.weights);
  const rng = createRng(seed, `ties/${child.name}`);
  const tieBreak = new Float64Array(values.length);
  for (let i = 0; i < tieBreak.length; i++) tieBreak[i] = rng.uniform();
  return {
    child,
    parents,
    values,
    parentColumns,
    weights,
    targetParent,
    ...foldsOf(request, values, parentColumns, child.levels !== null),
    tieBreak,
    limits: resolveLimits({ parents, parentColumns, values, weights }, limits),
    formula: null,
    firstCount: null,
    ...given,
  };
}

/** Sentences that offer a rule the data suggest but the mechanism does not hold exactly. */
function offersFor(request: NodeFitRequest, family: string): string[] {
  const { child, parents, values, parentColumns } = request;
  if (family === 'formula') return [];
  const found = formulaFor(request) ?? findTable(child, parents, values, parentColumns);
  if (!found || (found.counterexamples === 0 && child.levels)) return [];
  const said = 'text' in found ? `= ${found.text}` : `is decided by ${found.parents.join(', ')}`;
  return [
    found.counterexamples > 0
      ? `"${child.name}" ${said} in ${found.rows - found.counterexamples} of ${found.rows} rows: if that is a rule, add it or correct the rows that break it.`
      : `"${child.name}" ${said} in all ${found.rows} rows where it is known: if that is a rule, add it.`,
  ];
}

/** Folds stratified by a categorical child and a target parent, so that a rare level is spread over all of them. */
function foldsOf(
  { child, targetParent, seed, units }: NodeFitRequest,
  values: Float64Array,
  parents: ParentColumns,
  categorical: boolean,
): { fold: Uint8Array; folds: number } {
  const rows = values.length;
  const folds = foldsOfUnits(foldsFor(rows), units);
  const own = categorical ? values : null;
  const target = targetParent >= 0 ? parents[targetParent]! : null;
  // A number for every pair of codes: text for every row would take longer than the folds.
  const codeIn = (column: Float64Array | null, i: number) => {
    const code = column === null ? 0 : column[i]!;
    return Number.isNaN(code) ? -1 : code;
  };
  const stratum = (i: number) => codeIn(own, i) * 2 ** 20 + codeIn(target, i);
  const fold = dealFolds({ rows, folds, stratum, units: units ?? null }, createRng(seed, `folds/${child.name}`));
  return { fold, folds };
}

function normalised(weights: Float64Array): Float64Array {
  let sum = 0;
  for (const w of weights) sum += w;
  const mean = sum / weights.length;
  return mean === 1 ? weights : weights.map((w) => w / mean);
}
