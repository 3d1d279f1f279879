import { gather } from '../numeric/gather';
import { joined } from '../numeric/joined';
import { firstAbove, runningShares } from '../numeric/runningShares';
import type { Rng } from '../rng';
import { ancestorsOf } from './ancestors';
import { causeCells } from './causeCells';
import { forwardCauses, type Pool } from './forwardCauses';
import { type StructuralModel, uniformsOf } from './structuralModel';

/**
 * How the causes are drawn from their law given Y = m:
 * - `forward`: the target has none, so all else is drawn in causal order;
 * - `enumeration`: all causes are categories; the law of their combinations is written down;
 * - `rejection`: causes drawn forward are kept with probability P(Y = m | pa) / bound: exact;
 * - `resampling`: a pool drawn forward is drawn from again with weights P(Y = m | pa): exact as the pool grows.
 */
export type FreshMethod = 'forward' | 'enumeration' | 'rejection' | 'resampling';

/** What the causes are drawn by. */
export interface CausesSetup {
  readonly model: StructuralModel;
  readonly target: number;
  readonly rareCode: number;
  readonly method: FreshMethod;
  /** Upper bound of P(Y = m | pa) for `rejection`. */
  readonly bound: number;
  /** Pool rows for each row wanted, for `resampling`. */
  readonly poolRows: number;
}

const LEAST_BATCH = 256;
const MOST_BATCH = 4096;

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

/** Draws of the causes of the target from their law given Y = m, as many as are asked for at a time. */
export function causesSampler(setup: CausesSetup): CausesSampler {
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
        return joinedCauses(parts);
      };
    },
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

function joinedCauses(parts: readonly Causes[]): Causes {
  if (parts.length === 1) return parts[0]!;
  return {
    columns: parts[0]!.columns.map((_, c) => joined(parts.map(({ columns }) => columns[c]!))),
    tries: Uint32Array.from(parts.flatMap(({ tries }) => Array.from(tries))),
    noise: (node) => joined(parts.map((part) => part.noise(node))),
  };
}
