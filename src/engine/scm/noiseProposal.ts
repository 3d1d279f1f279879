import { choleskyFactor, choleskySolve } from '../numeric/linearAlgebra';
import type { Rng } from '../rng';
import type { StructuralModel } from './structuralModel';

/** Moves some nodes' noises of every row; noises not moved are conditioned on. */
export interface NoiseProposal {
  readonly moving: readonly number[];
  /**
   * z' = m + keep (z - m) + sqrt(1 - keep^2) e, with e ~ N(0, R | fixed) and m the conditional mean given the fixed
   * noises: a preconditioned Crank-Nicolson step, reversible with respect to N(0, R).
   * @param keep One for all, or by node: a noise of its own is reversible whatever the others keep, those tied by `<->` keep
   * what the one of them keeps that keeps most.
   * @returns All nodes' noises, new arrays for the moved ones.
   */
  propose(z: readonly Float64Array[], keep: number | ArrayLike<number>, rng: Rng): Float64Array[];
}

/** @see MCMC Methods for Functions: Modifying Old Algorithms to Make Them Faster, Statistical Science 28 (2013), section 4. */
export function noiseProposal(model: StructuralModel, moving: readonly number[], target: number): NoiseProposal {
  const d = model.specs.length;
  const joined = new Set(model.bidirected.flat());
  const loose = moving.filter((node) => !joined.has(node));
  const tied = moving.filter((node) => joined.has(node));
  const fixed = [...joined].filter((node) => node !== target && !moving.includes(node));
  const { slopes, factor } = conditionalLaw(model.noiseCorrelation, d, tied, fixed);
  return {
    moving,
    propose(z, kept, rng) {
      const keepOf = (node: number) => (typeof kept === 'number' ? kept : kept[node]!);
      const out = z.slice();
      const rows = z[0]!.length;
      for (const node of loose) {
        const keep = keepOf(node);
        const fresh = Math.sqrt(1 - keep * keep);
        const before = z[node]!;
        const after = new Float64Array(rows);
        rng.normals(after);
        for (let i = 0; i < rows; i++) after[i] = keep * before[i]! + fresh * after[i]!;
        out[node] = after;
      }
      if (tied.length > 0) {
        const keep = Math.max(...tied.map(keepOf));
        const fresh = Math.sqrt(1 - keep * keep);
        for (const node of tied) out[node] = new Float64Array(rows);
        const e = new Float64Array(tied.length);
        for (let i = 0; i < rows; i++) {
          for (let k = 0; k < tied.length; k++) e[k] = rng.normal();
          for (let k = 0; k < tied.length; k++) {
            let mean = 0;
            for (let l = 0; l < fixed.length; l++) mean += slopes[k * fixed.length + l]! * z[fixed[l]!]![i]!;
            let noise = 0;
            for (let l = 0; l <= k; l++) noise += factor[k * tied.length + l]! * e[l]!;
            out[tied[k]!]![i] = mean + keep * (z[tied[k]!]![i]! - mean) + fresh * noise;
          }
        }
      }
      return out;
    },
  };
}

/** Slopes B = R_mf R_ff^-1 and the Cholesky factor of R_mm - B R_fm, row-major. */
function conditionalLaw(correlation: Float64Array, d: number, moved: readonly number[], fixed: readonly number[]) {
  const m = moved.length;
  const f = fixed.length;
  const slopes = new Float64Array(m * f);
  const covariance = Float64Array.from(
    { length: m * m },
    (_, at) => correlation[moved[Math.floor(at / m)]! * d + moved[at % m]!]!,
  );
  if (f > 0) {
    const inner = choleskyFactor(
      Float64Array.from({ length: f * f }, (_, at) => correlation[fixed[Math.floor(at / f)]! * d + fixed[at % f]!]!),
      f,
    )!;
    for (let k = 0; k < m; k++) {
      const cross = Float64Array.from(fixed, (node) => correlation[moved[k]! * d + node]!);
      slopes.set(choleskySolve(inner, f, cross), k * f);
    }
    for (let k = 0; k < m; k++)
      for (let l = 0; l < m; l++)
        for (let q = 0; q < f; q++)
          covariance[k * m + l]! -= slopes[k * f + q]! * correlation[fixed[q]! * d + moved[l]!]!;
  }
  return { slopes, factor: m > 0 ? choleskyFactor(covariance, m)! : new Float64Array(0) };
}
