import { choleskyFactor } from '../numeric/linearAlgebra';
import { normalCdf, normalQuantile } from '../numeric/normal';
import { createRng, type Rng } from '../rng';
import type { StructuralModel } from './structuralModel';

type ModelParts = Omit<StructuralModel, 'noiseCorrelation'>;

const MOST_ROWS = 5_000;
const SWEEPS = 12;
/** Weight of the identity in the shrunken estimate, in rows. */
const SHRINKAGE_ROWS = 10;

/** Interval of Gaussianised noises z that reproduce each row's value; both ends equal where the law is continuous. */
export interface NoiseIntervals {
  readonly low: Float64Array;
  readonly high: Float64Array;
}

/** The interval of every row for one node; a missing parent or value is an atom like any other. */
export function noiseIntervals(
  model: Pick<StructuralModel, 'mechanisms' | 'parents'>,
  node: number,
  columns: readonly Float64Array[],
): NoiseIntervals {
  const mechanism = model.mechanisms[node]!;
  const parents = model.parents[node]!.map((p) => columns[p]!);
  const rows = columns[node]!.length;
  const at = (tieBreak: number) =>
    mechanism.noise(parents, columns[node]!, new Float64Array(rows).fill(tieBreak)).map(normalQuantile);
  return { low: at(0), high: at(1) };
}

/** N(mean, sd^2) restricted to [low, high], by inversion; the point itself where the interval is one. */
export function truncatedNormal(mean: number, sd: number, low: number, high: number, rng: Rng): number {
  const u = rng.uniform();
  if (!(high - low > 1e-9)) return low;
  const a = (low - mean) / sd;
  const b = (high - mean) / sd;
  // Works in the lower tail, where probabilities keep their digits.
  const mirrored = a > 0;
  const from = normalCdf(mirrored ? -b : a);
  const to = normalCdf(mirrored ? -a : b);
  if (!(to > from)) return Math.min(high, Math.max(low, mean));
  const z = normalQuantile(from + u * (to - from));
  return Math.min(high, Math.max(low, mean + sd * (mirrored ? -z : z)));
}

/**
 * Correlation of the Gaussianised noises of nodes joined by `<->`: the identity elsewhere. Noises at atoms are only
 * known to lie in an interval, so they are redrawn given their partners' while the correlation is re-estimated
 * (stochastic EM): a plain average over random tie breaks would be too small. Shrunk towards the identity and, where
 * pairs contradict each other, until positive definite.
 * @returns Row-major (d, d).
 */
export function estimateNoiseCorrelation(
  model: ModelParts,
  columns: readonly Float64Array[],
  weights: Float64Array,
  seed: number,
): Float64Array {
  const d = model.specs.length;
  const identity = new Float64Array(d * d);
  for (let k = 0; k < d; k++) identity[k * d + k] = 1;
  if (model.bidirected.length === 0) return identity;
  const stride = Math.max(1, Math.ceil(columns[0]!.length / MOST_ROWS));
  const thin = (column: Float64Array) => column.filter((_, i) => i % stride === 0);
  const thinned = columns.map(thin);
  const rowWeights = thin(weights);
  const rows = rowWeights.length;
  const nodes = [...new Set(model.bidirected.flat())];
  const rng = createRng(seed, 'noise-correlation');
  const intervals = new Map(nodes.map((node) => [node, noiseIntervals(model, node, thinned)]));
  const z = new Map(
    nodes.map((node) => {
      const { low, high } = intervals.get(node)!;
      return [node, low.map((from, i) => truncatedNormal(0, 1, from, high[i]!, rng))];
    }),
  );
  const rho = model.bidirected.map(() => 0);
  for (let sweep = 0; sweep < SWEEPS; sweep++)
    model.bidirected.forEach(([a, b], edge) => {
      const za = z.get(a)!;
      const zb = z.get(b)!;
      const sd = Math.sqrt(1 - rho[edge]! ** 2);
      for (const [own, other, { low, high }] of [
        [za, zb, intervals.get(a)!],
        [zb, za, intervals.get(b)!],
      ] as const)
        for (let i = 0; i < rows; i++) own[i] = truncatedNormal(rho[edge]! * other[i]!, sd, low[i]!, high[i]!, rng);
      let product = 0;
      let squaresA = 0;
      let squaresB = 0;
      for (let i = 0; i < rows; i++) {
        product += rowWeights[i]! * za[i]! * zb[i]!;
        squaresA += rowWeights[i]! * za[i]! ** 2;
        squaresB += rowWeights[i]! * zb[i]! ** 2;
      }
      const now = (product / Math.sqrt(squaresA * squaresB)) * (rows / (rows + SHRINKAGE_ROWS));
      // Averages over the second half of the sweeps: a single sweep is a noisy estimate.
      const averaged = sweep - SWEEPS / 2;
      rho[edge] = Math.max(
        -0.98,
        Math.min(0.98, averaged > 0 ? rho[edge]! + (now - rho[edge]!) / (averaged + 1) : now),
      );
    });
  for (let factor = 1; ; factor *= 0.95) {
    const out = identity.slice();
    model.bidirected.forEach(([a, b], edge) => {
      out[a * d + b] = factor * rho[edge]!;
      out[b * d + a] = factor * rho[edge]!;
    });
    if (choleskyFactor(out, d)) return out;
  }
}
