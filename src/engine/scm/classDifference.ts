import type { ValueSpec } from '../data/frame';
import { holm } from '../dependence/holm';
import { addLinear, designColumns, fitDesign, withSplines } from '../mechanisms/design';
import { ridgeRegression } from '../mechanisms/ridge';
import { linearPredictors, softmax, softmaxRegression } from '../mechanisms/softmaxRegression';
import { solveSymmetric } from '../numeric/linearAlgebra';
import { normalQuantile } from '../numeric/normal';
import { chiSquaredSurvival } from '../numeric/specialFunctions';

/** What the data say about whether a node's mechanism is the same in the rare class and the others, given its parents. */
export interface ClassDifference {
  /** Chi squared with two degrees of freedom under the map. */
  readonly statistic: number;
  readonly pValue: number;
  /** p-value by Holm's method over all nodes that were asked. */
  readonly adjusted: number;
  /** How far the rare class's mean lies from what the parents explain, and its excess variance: in standard deviations of the noise. */
  readonly shift: number;
  readonly spread: number;
  /** True where the difference is both clear (adjusted p below 0.05) and large enough to matter. */
  readonly differs: boolean;
  /** What would explain it, in words; empty where nothing differs. */
  readonly explanation: string;
  /** True where the node can be learned within each class: it is no cause of the target. */
  readonly canLearnByClass: boolean;
}

export interface ClassQuestion {
  readonly specs: readonly ValueSpec[];
  readonly columns: readonly Float64Array[];
  readonly weights: Float64Array;
  readonly parents: readonly (readonly number[])[];
  readonly order: readonly number[];
  readonly bidirected: readonly (readonly [number, number])[];
  readonly target: number;
  readonly rareCodes: readonly number[];
  /** Out-of-fold noise of every node, shape (n,). */
  readonly noise: readonly Float64Array[];
}

/** Differences smaller than these many standard deviations are shown, not warned of. */
const LEAST_SHIFT = 0.15;
const LEAST_SPREAD = 0.3;
const LEVEL = 0.05;
/** A class with fewer rows says nothing either way. */
const LEAST_RARE = 20;

/**
 * For every node that is not a child of the target: does its mechanism differ by class, given its parents? A node that is no cause of
 * the target is independent of it given its parents, so the products of its Gaussianised noise z (and of z^2 - 1) with what the
 * parents leave of the class, c - E[c | parents], have mean 0. For a cause of the target the class does say something about it by
 * selection; there the map asks that the target's own mechanism accounts for it: the products with c - P(c | causes of the target)
 * have mean 0. Both means and their covariance give a chi squared of 2 degrees of freedom.
 * @returns null for the target, its children, nodes joined to the target by `<->`, constant columns, and where the rare class is
 * below 20 rows.
 * @see The hardness of conditional independence testing and the generalised covariance measure, Annals of Statistics 48 (2020).
 */
export function classDifferences(question: ClassQuestion): readonly (ClassDifference | null)[] {
  const { specs, columns, parents, target, rareCodes, bidirected, noise } = question;
  const rare = columns[target]!.map((code) => (rareCodes.includes(code) ? 1 : 0));
  const rareRows = rare.reduce((sum, c) => sum + c, 0);
  if (rareRows < LEAST_RARE || rareRows === rare.length) return specs.map(() => null);
  const causes = causesOf(target, parents);
  const residuals = new Map<string, Float64Array>();
  const left = (given: readonly number[]) => {
    const key = given.join();
    const found = residuals.get(key) ?? classResidual(question, rare, given);
    residuals.set(key, found);
    return found;
  };
  const asked = specs.map((_, node) => {
    const isTied = bidirected.some(([a, b]) => (a === node && b === target) || (b === node && a === target));
    if (node === target || parents[node]!.includes(target) || isTied || isConstant(columns[node]!)) return null;
    const given = causes.has(node) ? parents[target]! : parents[node]!;
    const c = left(given);
    const z = noise[node]!.map(normalQuantile);
    return { node, ...scoreOf(z, c, question.weights, rare) };
  });
  const adjusted = holm(asked.map((one) => one?.pValue ?? Number.NaN));
  return asked.map((one, at) => {
    if (!one) return null;
    const { node, statistic, pValue, shift, spread } = one;
    const isLarge = Math.abs(shift) >= LEAST_SHIFT || Math.abs(spread) >= LEAST_SPREAD;
    const differs = adjusted[at]! < LEVEL && isLarge;
    return {
      statistic,
      pValue,
      adjusted: adjusted[at]!,
      shift,
      spread,
      differs,
      canLearnByClass: !causes.has(node),
      explanation: differs ? explain(question, node, rare, causes, shift, spread) : '',
    };
  });
}

/** The noise behind a column that never varies is made up, and says nothing of the class. */
const isConstant = (values: Float64Array) => values.every((v) => Object.is(v, values[0]));

/** Nodes with a directed path to the target. */
function causesOf(target: number, parents: readonly (readonly number[])[]): ReadonlySet<number> {
  const found = new Set<number>();
  const stack = [...parents[target]!];
  while (stack.length > 0) {
    const node = stack.pop()!;
    if (found.has(node)) continue;
    found.add(node);
    stack.push(...parents[node]!);
  }
  return found;
}

/** c - P(c = 1 | given), by a ridge logit with curves. */
function classResidual(
  { specs, columns, weights }: ClassQuestion,
  rare: Float64Array,
  given: readonly number[],
): Float64Array {
  const parentColumns = given.map((p) => columns[p]!);
  const straight = fitDesign(
    given.map((p) => specs[p]!),
    parentColumns,
    weights,
    -1,
  );
  const design = withSplines(straight, parentColumns, rare.length);
  const x = designColumns(design, parentColumns, rare.length);
  const beta = softmaxRegression(x, rare, 2, weights, design.penalties);
  const p = softmax(linearPredictors(x, beta, rare.length), rare.length);
  return rare.map((c, i) => c - p[2 * i + 1]!);
}

function scoreOf(z: Float64Array, c: Float64Array, weights: Float64Array, rare: Float64Array) {
  const n = z.length;
  const products = [z.map((v, i) => weights[i]! * v * c[i]!), z.map((v, i) => weights[i]! * (v * v - 1) * c[i]!)];
  const sums = products.map((column) => column.reduce((a, b) => a + b, 0));
  const covariance = new Float64Array(4);
  for (let i = 0; i < n; i++)
    for (const [at, a, b] of [
      [0, 0, 0],
      [1, 0, 1],
      [2, 1, 0],
      [3, 1, 1],
    ] as const)
      covariance[at]! += (products[a]![i]! - sums[a]! / n) * (products[b]![i]! - sums[b]! / n);
  const solved = solveSymmetric(covariance, 2, Float64Array.from(sums));
  const statistic = Math.max(0, sums[0]! * solved[0]! + sums[1]! * solved[1]!);
  // In units of the rare class's own weight given the parents, so that the shift is that of a rare row.
  const room = c.reduce((sum, v, i) => sum + weights[i]! * v * rare[i]!, 0);
  return {
    statistic,
    pValue: chiSquaredSurvival(statistic, 2),
    shift: sums[0]! / room,
    spread: sums[1]! / room,
  };
}

/** The arrow that would explain a difference: from another column, where knowing that column makes it go away, else from the target. */
function explain(
  question: ClassQuestion,
  node: number,
  rare: Float64Array,
  causes: ReadonlySet<number>,
  shift: number,
  spread: number,
): string {
  const { specs, parents, target, order, columns, weights, noise } = question;
  const name = (i: number) => `"${specs[i]!.name}"`;
  const what =
    Math.abs(shift) >= LEAST_SHIFT
      ? `lies ${Math.abs(shift).toFixed(2)} standard deviations ${shift > 0 ? 'above' : 'below'} what its parents explain`
      : `varies ${spread > 0 ? 'more' : 'less'} than its parents explain`;
  const start = `In the rare class ${name(node)} ${what}, which the map says it should not`;
  if (causes.has(node)) {
    const isParent = parents[target]!.includes(node);
    return isParent
      ? `${start}: the effect of ${name(node)} on ${name(target)} has another shape than was learned, or a cause of both is not recorded.`
      : `${start}: an arrow ${name(node)} -> ${name(target)}, or an unrecorded cause of both, would explain it.`;
  }
  const below = descendantsOf(node, parents, order);
  const z = noise[node]!.map(normalQuantile);
  const before = Math.abs(shift);
  let best: { other: number; left: number } | null = null;
  for (let other = 0; other < specs.length; other++) {
    if (other === node || other === target || parents[node]!.includes(other) || below.has(other)) continue;
    const given = [...parents[node]!, other];
    const parentColumns = given.map((p) => columns[p]!);
    const design = fitDesign(
      given.map((p) => specs[p]!),
      parentColumns,
      weights,
      -1,
    );
    const x = designColumns(withSplines(design, parentColumns, z.length), parentColumns, z.length);
    const beta = ridgeRegression(x, z, weights, new Float64Array(x.length).fill(1));
    const fitted = addLinear(x, beta, new Float64Array(z.length));
    const after = scoreOf(
      z.map((v, i) => v - fitted[i]!),
      classResidual(question, rare, given),
      weights,
      rare,
    );
    const left = Math.abs(after.shift);
    if (after.pValue > LEVEL && left < before / 3 && (!best || left < best.left)) best = { other, left };
  }
  const safe = `Draw it if you agree; or let ${name(node)} be learned within each class, which is safe either way.`;
  return best
    ? `${start}: an arrow ${name(best.other)} -> ${name(node)} would explain it. ${safe}`
    : `${start}: an arrow ${name(target)} -> ${name(node)}, or an unrecorded cause of both, would explain it. ${safe}`;
}

function descendantsOf(
  node: number,
  parents: readonly (readonly number[])[],
  order: readonly number[],
): ReadonlySet<number> {
  const below = new Set([node]);
  for (const other of order) if (parents[other]!.some((p) => below.has(p))) below.add(other);
  return below;
}
