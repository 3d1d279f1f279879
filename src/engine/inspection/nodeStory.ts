import type { ValueSpec } from '../data/frame';
import type { FittedModel } from '../scm/fittedModel';
import { evaluateNode } from '../scm/structuralModel';

/** How one value came about in a row that a generator made. */
export type NodePart =
  /** The class that is being made more of. */
  | 'held'
  /** Its own noise was free to move. */
  | 'redrawn'
  /** It keeps its noise and follows parents that changed. */
  | 'recomputed'
  /** As in the donor. */
  | 'kept'
  /** Between two real rows, or voted among their neighbours. */
  | 'mixed'
  /** Drawn from its mechanism with fresh noise. */
  | 'fresh'
  /** The row is real: nobody made it. */
  | 'observed';

/** What the mechanism of a node makes of given parents. */
export type Prediction =
  | {
      readonly kind: 'numbers';
      /** Quantiles 2.5, 25, 50, 75 and 97.5 % of P(v | parents of this row); NaN where the law puts a missing cell. */
      readonly quantiles: readonly number[];
    }
  | { readonly kind: 'levels'; readonly probabilities: readonly number[] };

const predictionLevels = [0.025, 0.25, 0.5, 0.75, 0.975] as const;

export interface NodeStory {
  readonly column: string;
  readonly part: NodePart;
  /** Why it is as it is, one sentence. */
  readonly why: string;
  readonly parents: readonly string[];
  readonly family: string;
  /**
   * Noise u of the donor and of this row, as the interval of u that gives the value: one point unless at an atom; null
   * for a value that no noise gives.
   */
  readonly noiseBefore: readonly [number, number] | null;
  readonly noiseAfter: readonly [number, number] | null;
  readonly prediction: Prediction;
  readonly value: number;
  /** P(a value this far out or further | parents), two-sided; the level's own probability for categories. */
  readonly tail: number;
}

export interface StoryInput {
  readonly model: FittedModel;
  /** Columns of two rows in model order: the donor (or the row itself) at 0, the row told of at 1. */
  readonly pair: readonly Float64Array[];
  readonly target: number;
  /** Names of the nodes whose noise could move; null for generators without a map, and for real rows. */
  readonly redrawn: readonly string[] | null;
  /** Noises before and after, where the generator knows them to the last digit. */
  readonly exact: ReadonlyMap<string, readonly [before: number, after: number]> | null;
  readonly origin: 'twin' | 'fresh' | 'mixed' | 'real';
}

/**
 * One story a node, in topological order: what was done to it and why, its noise before and after, and where its value
 * lies in what its mechanism predicts from its parents. Noises are abducted with the fitted mechanisms; at an atom the
 * noise is only known to lie in an interval, which is what is given.
 */
export function nodeStories({ model, pair, target, redrawn, origin, exact }: StoryInput): NodeStory[] {
  const { specs, mechanisms, parents, order } = model;
  const differs = (node: number) => {
    const [a, b] = [pair[node]![0]!, pair[node]![1]!];
    return a !== b && !(Number.isNaN(a) && Number.isNaN(b));
  };
  return order.map((node) => {
    const spec = specs[node]!;
    const mechanism = mechanisms[node]!;
    const parentColumns = parents[node]!.map((p) => pair[p]!);
    const noiseAt = (tieBreak: number) =>
      mechanism.noise(parentColumns, pair[node]!, new Float64Array(2).fill(tieBreak));
    const [low, high] = [noiseAt(0), noiseAt(1)];
    const interval = (row: 0 | 1) =>
      Number.isNaN(low[row]!) ? null : ([Math.min(low[row]!, high[row]!), Math.max(low[row]!, high[row]!)] as const);
    const after = interval(1);
    const known = exact?.get(spec.name);
    const moved = parents[node]!.filter(differs).map((p) => specs[p]!.name);
    const part = partOf(node === target, origin, redrawn?.includes(spec.name) ?? false, moved.length > 0);
    const prediction = predict(model, node, pair);
    return {
      column: spec.name,
      part,
      why: whyOf(part, moved, differs(node)),
      parents: parents[node]!.map((p) => specs[p]!.name),
      family: mechanism.card().label,
      noiseBefore: known ? [known[0], known[0]] : origin === 'twin' ? interval(0) : null,
      noiseAfter: known ? [known[1], known[1]] : after,
      prediction,
      value: pair[node]![1]!,
      tail: tailOf(spec, prediction, pair[node]![1]!, after),
    };
  });
}

function partOf(
  isTarget: boolean,
  origin: StoryInput['origin'],
  isRedrawn: boolean,
  hasMovedParent: boolean,
): NodePart {
  if (origin === 'real') return 'observed';
  if (isTarget) return 'held';
  if (origin === 'mixed' || origin === 'fresh') return origin;
  if (isRedrawn) return 'redrawn';
  return hasMovedParent ? 'recomputed' : 'kept';
}

function whyOf(part: NodePart, moved: readonly string[], differs: boolean): string {
  const followed = moved.slice(0, 3).join(', ');
  switch (part) {
    case 'held':
      return 'Held: rows of this class are what is being made more of.';
    case 'redrawn':
      if (!differs) return 'In the redraw set, but it came out as in the donor.';
      return moved.length > 0
        ? `In the redraw set: its own noise moved, and it follows ${followed}.`
        : 'In the redraw set: its own noise moved.';
    case 'recomputed':
      return `Not in the redraw set: it keeps the donor’s noise and follows ${followed}${differs ? '' : ', which left it as it was'}.`;
    case 'kept':
      return 'Not in the redraw set, and no parent changed: as in the donor.';
    case 'mixed':
      return differs ? 'Put between two real rows, whatever its parents are.' : 'As in the first parent row.';
    case 'fresh':
      return 'Drawn afresh from its mechanism, given its parents.';
    case 'observed':
      return 'Observed in a real row.';
  }
}

function predict(model: FittedModel, node: number, pair: readonly Float64Array[]): Prediction {
  const spec = model.specs[node]!;
  const mechanism = model.mechanisms[node]!;
  const repeat = (count: number) => model.specs.map((_, c) => new Float64Array(count).fill(pair[c]![1]!));
  if (spec.levels) {
    const columns = repeat(spec.levels.length);
    const codes = Float64Array.from(spec.levels.keys());
    const logs = mechanism.logDensity(
      model.parents[node]!.map((p) => columns[p]!),
      codes,
    );
    return { kind: 'levels', probabilities: Array.from(logs, Math.exp) };
  }
  const columns = repeat(predictionLevels.length);
  const quantiles = evaluateNode(model, node, columns, Float64Array.from(predictionLevels));
  return { kind: 'numbers', quantiles: Array.from(quantiles) };
}

function tailOf(
  spec: ValueSpec,
  prediction: Prediction,
  value: number,
  noise: readonly [number, number] | null,
): number {
  if (noise === null) return 0;
  if (prediction.kind === 'levels' && spec.levels) return prediction.probabilities[value] ?? 1;
  // At an atom the whole of its interval counts: an atom in the middle is not unlikely.
  const [low, high] = noise;
  return Math.min(1, 2 * Math.min(high, 1 - low));
}
