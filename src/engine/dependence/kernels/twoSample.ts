import { distances } from './distanceCorrelation';
import { gaussianKernel, medianTheta, type Points } from './gaussianKernel';

export interface TwoSampleDistances {
  /** Squared maximum mean discrepancy with a Gaussian kernel exp(-g d²), g = 1 / (2 median²) of the pooled distances. */
  readonly mmdSquaredBiased: number;
  readonly mmdSquaredUnbiased: number;
  readonly gamma: number;
  /** 2 E|X - Y| - E|X - X'| - E|Y - Y'| over all pairs. */
  readonly energy: number;
}

/**
 * Distances of two samples of points, each 0 (unbiased: about 0) for equal laws. The first `first` points are one sample.
 * @see A kernel two-sample test, JMLR 13 (2012), section 2; Energy statistics, J. Stat. Plan. Inference 143 (2013).
 */
export function twoSampleDistances(pooled: Points, first: number): TwoSampleDistances {
  const theta = medianTheta(pooled);
  // exp(-g d²) is the kernel of theta = 2 g, and the median rule says g = 1 / (2 median²).
  const kernel = blockSums(gaussianKernel(pooled, 2 * theta), pooled.rows, first);
  const distance = blockSums(distances(pooled), pooled.rows, first);
  const n = first;
  const m = pooled.rows - first;
  return {
    mmdSquaredBiased: kernel.xx / (n * n) + kernel.yy / (m * m) - (2 * kernel.xy) / (n * m),
    mmdSquaredUnbiased: (kernel.xx - n) / (n * (n - 1)) + (kernel.yy - m) / (m * (m - 1)) - (2 * kernel.xy) / (n * m),
    gamma: theta,
    energy: (2 * distance.xy) / (n * m) - distance.xx / (n * n) - distance.yy / (m * m),
  };
}

function blockSums(
  matrix: Float64Array,
  n: number,
  first: number,
): { readonly xx: number; readonly xy: number; readonly yy: number } {
  let [xx, xy, yy] = [0, 0, 0];
  for (let i = 0; i < n; i++)
    for (let j = 0; j < n; j++) {
      const value = matrix[i * n + j]!;
      if (i < first && j < first) xx += value;
      else if (i >= first && j >= first) yy += value;
      else xy += value / 2;
    }
  return { xx, xy, yy };
}
