import { gather } from '../numeric/gather';
import type { Rng } from '../rng';
import { ancestorsOf } from './ancestors';
import { noiseProposal } from './noiseProposal';
import { evaluateNode, type StructuralModel, uniformsOf } from './structuralModel';
import { targetLikelihood } from './targetLikelihood';
import type { RuleCheck } from './twinSampler';

/**
 * How the causes are drawn from their law given Y = m:
 * - `forward`: the target has none, so all else is drawn in causal order;
 * - `enumeration`: all causes are categories; the law of their combinations is written down;
 * - `rejection`: causes drawn forward are kept with probability P(Y = m | pa) / bound: exact;
 * - `resampling`: a pool drawn forward is drawn from again with weights P(Y = m | pa): exact as the pool grows.
 */
export type FreshMethod = 'forward' | 'enumeration' | 'rejection' | 'resampling';

export interface FreshSetup {
  readonly model: StructuralModel;
  readonly target: number;
  readonly rareCode: number;
  readonly check: RuleCheck | null;
  readonly rules: number;
  readonly method: FreshMethod;
  /** Upper bound of P(Y = m | pa) for `rejection`. */
  readonly bound: number;
  /** Pool rows for each row wanted, for `resampling`. */
  readonly poolRows: number;
}

export interface FreshRows {
  readonly columns: readonly Float64Array[];
  readonly proposals: Uint32Array;
  readonly refusedByRules: Uint32Array;
  readonly refusalsByRule: Uint32Array;
}

const MOST_CELLS = 50_000;
const LEAST_BATCH = 256;
const MOST_BATCH = 4096;
/** Whole candidate rows tried for one row before a law so thin is given up. */
const MOST_CANDIDATES = 2000;

/** Null from `draw` says that the rules leave (almost) nothing of the law. */
export type FreshSampler = (rows: number, rng: Rng) => FreshRows | null;

/** Draws of P(V | Y = m, no rule broken) without a donor. */
export function freshSampler(setup: FreshSetup): FreshSampler {
  const { model, target, rareCode, check } = setup;
  const causes = causesSampler(setup);
  const after = model.order.filter((node) => node !== target && !causes.nodes.has(node));
  return (rows, rng) => {
    const columns = model.specs.map(() => new Float64Array(rows));
    const proposals = new Uint32Array(rows);
    const refused = new Uint32Array(rows);
    const refusals = new Uint32Array(setup.rules);
    columns[target]!.fill(rareCode);
    const draw = causes.begin(rows, rng);
    let open = Uint32Array.from({ length: rows }, (_, i) => i);
    for (let attempt = 0; open.length > 0; attempt++) {
      if (attempt >= MOST_CANDIDATES) return null;
      const drawn = draw(open.length);
      const made = drawn.columns.slice();
      made[target] = new Float64Array(open.length).fill(rareCode);
      for (const node of after) made[node] = evaluateNode(model, node, made, drawn.noise(node));
      const broken = check?.(made);
      const next: number[] = [];
      for (let at = 0; at < open.length; at++) {
        const row = open[at]!;
        proposals[row]! += drawn.tries[at]!;
        if (broken && broken[at] !== 0) {
          refused[row]! += 1;
          refusals[broken[at]! - 1]! += 1;
          next.push(row);
        } else for (let c = 0; c < columns.length; c++) columns[c]![row] = made[c]![at]!;
      }
      open = Uint32Array.from(next);
    }
    return { columns, proposals, refusedByRules: refused, refusalsByRule: refusals };
  };
}

/** Causes of some rows, the tries each took, and the noises of the nodes still to come. */
interface Causes {
  readonly columns: readonly Float64Array[];
  readonly tries: Uint32Array;
  noise(node: number): Float64Array;
}
interface CausesSampler {
  readonly nodes: ReadonlySet<number>;
  begin(rows: number, rng: Rng): (count: number) => Causes;
}

function causesSampler(setup: FreshSetup): CausesSampler {
  const { model, target, method, bound, poolRows } = setup;
  const nodes = ancestorsOf(model, target);
  const uniformNoise = (count: number, rng: Rng) => () => Float64Array.from({ length: count }, () => rng.uniform());
  if (method === 'forward')
    return {
      nodes: new Set(),
      begin: (_, rng) => (count) => ({
        columns: model.specs.map(() => new Float64Array(count)),
        tries: new Uint32Array(count).fill(1),
        noise: uniformNoise(count, rng),
      }),
    };
  if (method === 'enumeration') {
    const { columns, cumulative } = causeCells(model, target, setup.rareCode)!;
    return {
      nodes,
      begin: (_, rng) => (count) => {
        const cells = Uint32Array.from({ length: count }, () => firstAbove(cumulative, rng.uniform()));
        return {
          columns: columns.map((column) => gather(column, cells)),
          tries: new Uint32Array(count).fill(1),
          noise: uniformNoise(count, rng),
        };
      },
    };
  }
  const forward = forwardCauses(model, target, setup.rareCode);
  if (method === 'resampling')
    return {
      nodes,
      begin(rows, rng) {
        const pool = forward(Math.max(LEAST_BATCH, rows * poolRows), rng);
        const cumulative = runningShares(pool.log.map(Math.exp));
        return (count) => {
          const chosen = Uint32Array.from({ length: count }, () => firstAbove(cumulative, rng.uniform()));
          return chosenOf(pool, chosen, new Uint32Array(count).fill(poolRows));
        };
      },
    };
  const logBound = Math.log(bound);
  return {
    nodes,
    begin(_, rng) {
      // Kept proposals wait here until they are asked for; tries since the last kept one go to the next.
      let waiting: { pool: Pool; kept: number[]; tries: number[] } | null = null;
      let tries = 0;
      let acceptance = 0.02;
      return (count) => {
        const parts: Causes[] = [];
        let have = 0;
        while (have < count) {
          if (!waiting || waiting.kept.length === 0) {
            const batch = Math.ceil((1.1 * (count - have)) / acceptance / 64) * 64;
            const pool = forward(Math.min(MOST_BATCH, Math.max(LEAST_BATCH, batch)), rng);
            waiting = { pool, kept: [], tries: [] };
            for (let i = 0; i < pool.log.length; i++) {
              tries++;
              if (Math.log(rng.uniform()) < pool.log[i]! - logBound) {
                waiting.kept.push(i);
                waiting.tries.push(tries);
                tries = 0;
              }
            }
            acceptance = Math.max(1e-4, (acceptance + waiting.kept.length / pool.log.length) / 2);
            if (waiting.kept.length === 0) continue;
          }
          const take: number[] = waiting.kept.splice(0, count - have);
          parts.push(chosenOf(waiting.pool, take, Uint32Array.from(waiting.tries.splice(0, take.length))));
          have += take.length;
        }
        return joined(parts);
      };
    },
  };
}

/** Forward draws of the causes with log P(Y = m | causes). */
interface Pool {
  readonly columns: readonly Float64Array[];
  /** Noises z of nodes that `<->` ties to others; null where there is no `<->`, so that noises need not be kept. */
  readonly z: readonly Float64Array[] | null;
  readonly log: Float64Array;
  readonly rng: Rng;
}

/** A function that draws causes from their law before anything is known of Y. */
export function forwardCauses(
  model: StructuralModel,
  target: number,
  rareCode: number,
): (rows: number, rng: Rng) => Pool {
  const nodes = ancestorsOf(model, target);
  const order = model.order.filter((node) => nodes.has(node));
  const likelihood = targetLikelihood(model, target, rareCode);
  const tied = model.bidirected.length > 0;
  const proposal = noiseProposal(
    model,
    model.specs.flatMap((_, node) => (node !== target && (tied || nodes.has(node)) ? [node] : [])),
    target,
  );
  return (rows, rng) => {
    const nothing = new Float64Array(rows);
    const columns: Float64Array[] = model.specs.map(() => nothing);
    const z = proposal.propose(columns, 0, rng);
    for (const node of order) columns[node] = evaluateNode(model, node, columns, uniformsOf(z[node]!));
    return { columns, z: tied ? z : null, log: likelihood(columns, z), rng };
  };
}

function chosenOf({ columns, z, rng }: Pool, rows: ArrayLike<number>, tries: Uint32Array): Causes {
  return {
    columns: columns.map((column) => gather(column, rows)),
    tries,
    noise: (node) =>
      z ? uniformsOf(gather(z[node]!, rows)) : Float64Array.from({ length: rows.length }, () => rng.uniform()),
  };
}

function joined(parts: readonly Causes[]): Causes {
  if (parts.length === 1) return parts[0]!;
  const join = (pick: (part: Causes) => Float64Array) =>
    Float64Array.from(parts.flatMap((part) => Array.from(pick(part))));
  return {
    columns: parts[0]!.columns.map((_, c) => join((part) => part.columns[c]!)),
    tries: Uint32Array.from(parts.flatMap(({ tries }) => Array.from(tries))),
    noise: (node) => join((part) => part.noise(node)),
  };
}

/**
 * All combinations of the causes with their law given Y = m: P(cell | Y = m) = P(cell) P(Y = m | cell) / P(Y = m).
 * @returns Null unless all causes are categories without missing cells, in at most 50,000 combinations, and there is no `<->`.
 */
export function causeCells(
  model: StructuralModel,
  target: number,
  rareCode: number,
): {
  readonly columns: readonly Float64Array[];
  readonly cumulative: Float64Array;
  readonly prevalence: number;
} | null {
  const nodes = ancestorsOf(model, target);
  const order = model.order.filter((node) => nodes.has(node));
  const cells = order.reduce((product, node) => product * (model.specs[node]!.levels?.length ?? Infinity), 1);
  if (model.bidirected.length > 0 || cells > MOST_CELLS) return null;
  const columns = model.specs.map(() => new Float64Array(cells));
  let run = 1;
  for (const node of order) {
    const size = model.specs[node]!.levels!.length;
    for (let cell = 0; cell < cells; cell++) columns[node]![cell] = Math.floor(cell / run) % size;
    run *= size;
  }
  const log = targetLikelihood(model, target, rareCode)(columns, columns);
  const lawOf = (node: number) =>
    model.mechanisms[node]!.logDensity(
      model.parents[node]!.map((p) => columns[p]!),
      columns[node]!,
    );
  const before = new Float64Array(cells);
  for (const node of order)
    lawOf(node).forEach((value, cell) => {
      before[cell]! += value;
    });
  // Causes that can be missing have combinations beside these.
  if (before.reduce((sum, value) => sum + Math.exp(value), 0) < 1 - 1e-9) return null;
  const law = log.map((value, cell) => Math.exp(value + before[cell]!));
  return { columns, cumulative: runningShares(law), prevalence: law.reduce((sum, p) => sum + p, 0) };
}

/**
 * A bound of P(Y = m | pa): the largest probability over the parents' combinations where all are categories, else 1.
 */
export function riskBound(model: StructuralModel, target: number, rareCode: number): number {
  const parents = model.parents[target]!;
  const cells = parents.reduce((product, p) => product * (model.specs[p]!.levels?.length ?? Infinity), 1);
  const canBeMissing = parents.some((p) => model.mechanisms[p]!.family === 'mixture');
  if (model.bidirected.flat().includes(target) || cells > MOST_CELLS || canBeMissing) return 1;
  const columns = model.specs.map(() => new Float64Array(cells));
  let run = 1;
  for (const p of parents) {
    const size = model.specs[p]!.levels!.length;
    for (let cell = 0; cell < cells; cell++) columns[p]![cell] = Math.floor(cell / run) % size;
    run *= size;
  }
  return Math.exp(
    targetLikelihood(model, target, rareCode)(columns, columns).reduce((a, b) => Math.max(a, b), -Infinity),
  );
}

/** Running sums over their total; the last is 1. */
function runningShares(weights: Float64Array): Float64Array {
  const out = new Float64Array(weights.length);
  let sum = 0;
  for (let i = 0; i < weights.length; i++) {
    sum += weights[i]!;
    out[i] = sum;
  }
  return out.map((v) => v / sum);
}

/** Index of the first value above `u` in an increasing array. */
export function firstAbove(increasing: Float64Array, u: number): number {
  let low = 0;
  let high = increasing.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (increasing[middle]! > u) high = middle;
    else low = middle + 1;
  }
  return low;
}
