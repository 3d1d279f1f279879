import { EngineError } from '../errors';

/** Matrices are row-major Float64Arrays; `d` is the order of a square one. Arguments are never changed. */

/**
 * The lower triangular L with L Lᵀ = A.
 * @param a Symmetric, shape (d, d); only the lower triangle is read.
 * @returns L of shape (d, d) with zeros above the diagonal, or null where A is not positive definite (or not finite).
 */
export function choleskyFactor(a: Float64Array, d: number): Float64Array | null {
  const l = new Float64Array(d * d);
  for (let j = 0; j < d; j++) {
    const jd = j * d;
    let diagonal = a[jd + j]!;
    for (let k = 0; k < j; k++) diagonal -= l[jd + k]! * l[jd + k]!;
    // A pivot that lost all its digits is a linear dependence, not a small eigenvalue.
    if (!(diagonal > 1e-14 * Math.abs(a[jd + j]!)) || diagonal === Infinity) return null;
    const root = Math.sqrt(diagonal);
    l[jd + j] = root;
    for (let i = j + 1; i < d; i++) {
      const id = i * d;
      let sum = a[id + j]!;
      for (let k = 0; k < j; k++) sum -= l[id + k]! * l[jd + k]!;
      l[id + j] = sum / root;
    }
  }
  return l;
}

/**
 * Solves A x = b by A's Cholesky factor.
 * @param l Lower factor of shape (d, d), as `choleskyFactor` gives it.
 * @param b Right side of shape (d,).
 */
export function choleskySolve(l: Float64Array, d: number, b: Float64Array): Float64Array {
  const x = Float64Array.from(b);
  for (let i = 0; i < d; i++) {
    let sum = x[i]!;
    for (let k = 0; k < i; k++) sum -= l[i * d + k]! * x[k]!;
    x[i] = sum / l[i * d + i]!;
  }
  for (let i = d - 1; i >= 0; i--) {
    let sum = x[i]!;
    for (let k = i + 1; k < d; k++) sum -= l[k * d + i]! * x[k]!;
    x[i] = sum / l[i * d + i]!;
  }
  return x;
}

/**
 * The Cholesky factor of A + εI, with the smallest ε of 0, 1e-12, 1e-10, ... times the mean diagonal that makes the sum
 * positive definite. A zero matrix is factored as if its mean diagonal were 1.
 * @throws EngineError `numeric-failure` for entries that are not finite.
 */
export function choleskyFactorJittered(a: Float64Array, d: number): Float64Array {
  let trace = 0;
  for (let i = 0; i < d; i++) trace += Math.abs(a[i * d + i]!);
  const scale = trace > 0 ? trace / d : 1;
  for (let relative = 0; relative <= 1; relative = relative === 0 ? 1e-12 : relative * 100) {
    const shifted = Float64Array.from(a);
    for (let i = 0; i < d; i++) shifted[i * d + i]! += relative * scale;
    const l = choleskyFactor(shifted, d);
    if (l) return l;
  }
  throw new EngineError('numeric-failure', 'A matrix with values that are not numbers could not be factored.', { d });
}

/** Solves A x = b for a symmetric positive semi-definite A, jittered where it is singular. */
export const solveSymmetric = (a: Float64Array, d: number, b: Float64Array): Float64Array =>
  choleskySolve(choleskyFactorJittered(a, d), d, b);

/** The inverse of a symmetric positive definite matrix, jittered where it is singular; shape (d, d), exactly symmetric. */
export function symmetricInverse(a: Float64Array, d: number): Float64Array {
  const l = choleskyFactorJittered(a, d);
  const inverse = new Float64Array(d * d);
  const unit = new Float64Array(d);
  for (let j = 0; j < d; j++) {
    unit.fill(0);
    unit[j] = 1;
    const column = choleskySolve(l, d, unit);
    for (let i = j; i < d; i++) {
      inverse[i * d + j] = column[i]!;
      inverse[j * d + i] = column[i]!;
    }
  }
  return inverse;
}

/**
 * A = V diag(values) Vᵀ for a symmetric matrix, by cyclic Jacobi rotations.
 * @returns `values` of shape (d,), largest first; `vectors` of shape (d, d), column k belongs to `values[k]`.
 */
export function symmetricEigen(
  a: Float64Array,
  d: number,
): { readonly values: Float64Array; readonly vectors: Float64Array } {
  const m = Float64Array.from(a);
  const v = new Float64Array(d * d);
  for (let i = 0; i < d; i++) v[i * d + i] = 1;
  let total = 0;
  for (const entry of m) total += entry * entry;
  for (let sweep = 0; sweep < 60; sweep++) {
    let off = 0;
    for (let p = 0; p < d; p++) for (let q = p + 1; q < d; q++) off += m[p * d + q]! * m[p * d + q]!;
    if (off <= 1e-30 * total) break;
    for (let p = 0; p < d; p++) {
      for (let q = p + 1; q < d; q++) rotate(m, v, d, p, q);
    }
  }
  const order = Array.from({ length: d }, (_, i) => i).sort((i, j) => m[j * d + j]! - m[i * d + i]!);
  const vectors = new Float64Array(d * d);
  for (let k = 0; k < d; k++) for (let i = 0; i < d; i++) vectors[i * d + k] = v[i * d + order[k]!]!;
  return { values: Float64Array.from(order, (i) => m[i * d + i]!), vectors };
}

/** One Jacobi rotation that zeroes m[p, q], applied to `m` and collected in `v`. */
function rotate(m: Float64Array, v: Float64Array, d: number, p: number, q: number): void {
  const apq = m[p * d + q]!;
  if (apq === 0) return;
  const theta = (m[q * d + q]! - m[p * d + p]!) / (2 * apq);
  const t = (theta >= 0 ? 1 : -1) / (Math.abs(theta) + Math.hypot(theta, 1));
  const c = 1 / Math.hypot(t, 1);
  const s = t * c;
  for (let k = 0; k < d; k++) {
    const kp = m[k * d + p]!;
    const kq = m[k * d + q]!;
    m[k * d + p] = c * kp - s * kq;
    m[k * d + q] = s * kp + c * kq;
  }
  for (let k = 0; k < d; k++) {
    const pk = m[p * d + k]!;
    const qk = m[q * d + k]!;
    m[p * d + k] = c * pk - s * qk;
    m[q * d + k] = s * pk + c * qk;
    const vp = v[k * d + p]!;
    const vq = v[k * d + q]!;
    v[k * d + p] = c * vp - s * vq;
    v[k * d + q] = s * vp + c * vq;
  }
}
