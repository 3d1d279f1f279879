import { choleskyFactorJittered, choleskySolve } from '../numeric/linearAlgebra';
import { normalQuantile } from '../numeric/normal';
import type { LinearDesign, Term } from './design';
import { linearPredictors, softmax, softmaxRegression } from './softmaxRegression';

/** Chance that any candidate is taken at one look although none has an effect. */
const LEVEL = 0.05;
/** Cases of the rarer level for each term taken. */
const CASES_PER_TERM = 12;
/** More candidates than this are left to trees. */
const MOST_CANDIDATES = 150;
const PRECISION = 1e-7;

/**
 * Squares of numbers and products of any two terms of different parents: what a straight logit may lack.
 * @returns Empty where there are too many of them.
 */
export function candidateTerms({ terms }: LinearDesign): Term[] {
  const isNumber = ({ kind }: Term) => kind === 'numeric' || kind === 'log';
  const usable = terms.flatMap((term, at) => (isNumber(term) || term.kind === 'level' ? [at] : []));
  const found: Term[] = [];
  for (const first of usable)
    for (const second of usable) {
      if (second < first || (second === first && !isNumber(terms[first]!))) continue;
      const isOneParent = (terms[first] as { parent: number }).parent === (terms[second] as { parent: number }).parent;
      if (second === first || !isOneParent) found.push({ kind: 'product', first, second });
    }
  return found.length > MOST_CANDIDATES ? [] : found;
}

interface Question {
  /** Design columns of shape (n,), intercept first, with their penalties. */
  readonly columns: readonly Float64Array[];
  readonly penalties: readonly number[];
  readonly candidates: readonly Float64Array[];
  /** Pull of a term that is taken. */
  readonly pull: number;
  /** 0 or 1. */
  readonly codes: Float64Array;
  readonly weights: Float64Array;
  readonly start: Float64Array;
}

/**
 * Forward selection by score tests: as long as the largest |U| / sqrt(V) of the candidates is beyond what chance gives at
 * 5 % (Bonferroni over the candidates), its term is added and the ridge logit fitted again. U = sum w z (y - p) is the slope of
 * the likelihood along a candidate z; V is the larger of its variance under the fit and of that seen in the rows, both for
 * what the design leaves of z. A single effect is found this way from far fewer cases than a whole set of curves and products
 * can be told from noise.
 * @see Large sample tests of statistical hypotheses concerning several parameters with applications to problems of estimation,
 * Mathematical Proceedings of the Cambridge Philosophical Society 44 (1948).
 * @returns Indices of the terms taken, in order, and all coefficients, those of the terms after those of the design.
 */
export function selectTerms(question: Question): { readonly taken: readonly number[]; readonly beta: Float64Array } {
  const { candidates, codes, weights, pull } = question;
  const n = codes.length;
  const cases = codes.reduce((sum, y) => sum + y, 0);
  const most = Math.floor(Math.min(cases, n - cases) / CASES_PER_TERM) - (question.columns.length - 1);
  const limit = normalQuantile(1 - LEVEL / (2 * candidates.length));
  const columns = [...question.columns];
  const penalties = [...question.penalties];
  const taken: number[] = [];
  let beta = question.start;
  while (taken.length < most) {
    const p = softmax(linearPredictors(columns, [beta], n), n);
    const best = largestScore(columns, penalties, p, question, new Set(taken));
    if (!best || best.score < limit) break;
    taken.push(best.candidate);
    columns.push(candidates[best.candidate]!);
    penalties.push(pull);
    const start = new Float64Array(columns.length);
    start.set(beta);
    beta = softmaxRegression(columns, codes, 2, weights, penalties, [start], PRECISION)[0]!;
  }
  return { taken, beta };
}

function largestScore(
  columns: readonly Float64Array[],
  penalties: readonly number[],
  probabilities: Float64Array,
  { candidates, codes, weights }: Question,
  taken: ReadonlySet<number>,
): { candidate: number; score: number } | null {
  const n = codes.length;
  const d = columns.length;
  const curve = new Float64Array(n);
  const residual = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    const p = probabilities[2 * i + 1]!;
    curve[i] = weights[i]! * p * (1 - p);
    residual[i] = weights[i]! * (codes[i]! - p);
  }
  const weighted = columns.map((x) => x.map((v, i) => v * curve[i]!));
  const dot = (a: Float64Array, b: Float64Array) => {
    let sum = 0;
    for (let i = 0; i < n; i++) sum += a[i]! * b[i]!;
    return sum;
  };
  const hessian = new Float64Array(d * d);
  for (let a = 0; a < d; a++)
    for (let b = 0; b <= a; b++) {
      hessian[a * d + b] = dot(weighted[a]!, columns[b]!) + (a === b ? penalties[a]! : 0);
      hessian[b * d + a] = hessian[a * d + b]!;
    }
  const factor = choleskyFactorJittered(hessian, d);
  let best: { candidate: number; score: number } | null = null;
  candidates.forEach((z, candidate) => {
    if (taken.has(candidate)) return;
    const slopes = choleskySolve(
      factor,
      d,
      Float64Array.from(weighted, (x) => dot(x, z)),
    );
    let slope = 0;
    let expected = 0;
    let seen = 0;
    for (let i = 0; i < n; i++) {
      let left = z[i]!;
      for (let j = 0; j < d; j++) left -= slopes[j]! * columns[j]![i]!;
      slope += left * residual[i]!;
      expected += left * left * curve[i]!;
      seen += (left * residual[i]!) ** 2;
    }
    const variance = Math.max(expected, seen);
    const score = variance > 1e-12 ? Math.abs(slope) / Math.sqrt(variance) : 0;
    if (!best || score > best.score) best = { candidate, score };
  });
  return best;
}
