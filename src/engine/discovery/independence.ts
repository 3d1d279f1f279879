import { normalSurvival } from '../numeric/normal';
import { fSurvival } from '../numeric/specialFunctions';
import { conditionColumns, ownColumns, residualCovariance, type SufficientStatistics } from './sufficientStatistics';

export interface IndependenceResult {
  /** NaN where no degrees of freedom are left. */
  readonly pValue: number;
  /** Root mean square canonical correlation in [0, 1]; |partial r| for two numbers. */
  readonly effect: number;
}

/** Tests nodes x and y for independence given nodes; remembers what it has been asked. */
export type IndependenceTest = (x: number, y: number, given: readonly number[]) => IndependenceResult;

/**
 * Independence tests on one set of sufficient statistics: Fisher's z of the partial correlation for one column each, Pillai's
 * trace with its F approximation for blocks of level columns (the engine's `partial-correlation` and `pillai`, without a
 * look at the rows). n is the effective number of rows.
 * @see A simple unified approach to testing high-dimensional conditional independences for categorical and ordinal data,
 * AAAI 2023, section 3.
 */
export function createIndependenceTest(statistics: SufficientStatistics): IndependenceTest {
  const known = new Map<string, IndependenceResult>();
  return (x, y, given) => {
    const key = `${Math.min(x, y)},${Math.max(x, y)},${[...given].sort((a, b) => a - b)}`;
    let result = known.get(key);
    if (result === undefined) {
      result = testIndependence(statistics, x, y, given);
      known.set(key, result);
    }
    return result;
  };
}

function testIndependence(
  statistics: SufficientStatistics,
  x: number,
  y: number,
  given: readonly number[],
): IndependenceResult {
  const n = statistics.effectiveRows;
  const conditions = conditionColumns(statistics, given);
  const k = conditions.length;
  const p = statistics.width[x]!;
  const q = statistics.width[y]!;
  const covariance = residualCovariance(
    statistics,
    [...ownColumns(statistics, x), ...ownColumns(statistics, y)],
    conditions,
  );
  if (p === 1 && q === 1) {
    const r = Math.min(1, Math.max(-1, covariance(0, 1) / Math.sqrt(covariance(0, 0) * covariance(1, 1))));
    const degrees = n - k - 3;
    if (degrees <= 0) return { pValue: Number.NaN, effect: Math.abs(r) };
    return { pValue: 2 * normalSurvival(Math.sqrt(degrees) * Math.abs(Math.atanh(r))), effect: Math.abs(r) };
  }
  const s = Math.min(p, q);
  const trace = Math.min(s, pillaiTrace(covariance, p, q));
  const d2 = s * (n - 1 + s - p - q - k);
  const effect = Math.sqrt(trace / s);
  if (d2 <= 0) return { pValue: Number.NaN, effect };
  return { pValue: fSurvival((trace / (p * q)) * (d2 / (s - trace)), p * q, d2), effect };
}

/** tr(Sxx^-1 Sxy Syy^-1 Syx) = |Lx^-1 Sxy Ly^-T|², L the Cholesky factors; x takes the first p positions, y the next q. */
export function pillaiTrace(covariance: (a: number, b: number) => number, p: number, q: number): number {
  const lx = factor(covariance, 0, p);
  const ly = factor(covariance, p, q);
  const m = new Float64Array(p * q);
  for (let i = 0; i < p; i++)
    for (let j = 0; j < q; j++) {
      let sum = covariance(i, p + j);
      for (let h = 0; h < i; h++) sum -= lx[i * p + h]! * m[h * q + j]!;
      m[i * q + j] = sum / lx[i * p + i]!;
    }
  let trace = 0;
  for (let i = 0; i < p; i++)
    for (let j = 0; j < q; j++) {
      let sum = m[i * q + j]!;
      for (let h = 0; h < j; h++) sum -= ly[j * q + h]! * m[i * q + h]!;
      m[i * q + j] = sum / ly[j * q + j]!;
      trace += m[i * q + j]! ** 2;
    }
  return trace;
}

function factor(covariance: (a: number, b: number) => number, from: number, size: number): Float64Array {
  const l = new Float64Array(size * size);
  for (let i = 0; i < size; i++)
    for (let j = 0; j <= i; j++) {
      let sum = covariance(from + i, from + j);
      for (let h = 0; h < j; h++) sum -= l[i * size + h]! * l[j * size + h]!;
      // A column that the ones before it determine has no residual but rounding.
      l[i * size + j] = i === j ? Math.sqrt(Math.max(sum, 1e-12)) : sum / l[j * size + j]!;
    }
  return l;
}
