import { describe, expect, it } from 'vitest';
import { numberMeasures } from '../../validation/numberMeasures';
import type { Variable } from '../dependenceTest';
import { distanceCorrelation, distanceCorrelationT, partialDistanceCorrelation } from './distanceCorrelation';
import { medianDistance, medianTheta, type Points, pointsOf, sideBySide } from './gaussianKernel';
import { hsic, hsicTheta, jointHsic } from './hsic';
import { kci, kciTheta } from './kci';
import golden from './kernels.golden.json';
import { twoSampleDistances } from './twoSample';

type Columns = Record<string, number[]>;
const columnsOf = (dataset: string) => golden.datasets[dataset as 'k1'] as Columns;
const variable = (values: number[]): Variable => ({ kind: 'numeric', values: Float64Array.from(values) });
const raw = (...columns: number[][]): Points => ({
  rows: columns[0]!.length,
  width: columns.length,
  values: Float64Array.from(columns[0]!.flatMap((_, row) => columns.map((column) => column[row]!))),
});
const close = (actual: number, expected: number, tolerance = golden.relativeTolerance) =>
  expect(Math.abs(actual - expected)).toBeLessThanOrEqual(tolerance * Math.max(1e-3, Math.abs(expected)));

interface Gamma {
  statistic: number;
  gamma_shape: number;
  gamma_scale: number;
  p?: number;
  p_tail?: number;
}

const pairs = golden.cases.filter(({ method }) => method === 'hsic_dcor');
const triples = golden.cases.filter(({ method }) => method === 'kci');
const samples = golden.cases.filter(({ method }) => method === 'two_sample');

describe('kernel tests agree with causal-learn and dHSIC', () => {
  it.each(pairs)('HSIC $id', ({ dataset, x, y, expected }) => {
    const columns = columnsOf(dataset!);
    const [a, b] = [columns[x!]!, columns[y!]!].map((values) => pointsOf([variable(values)]));
    const found = expected as unknown as Record<string, Gamma>;
    const check = (result: ReturnType<typeof hsic>, reference: Gamma) => {
      close(result.statistic, reference.statistic);
      if (reference.gamma_shape) {
        close(result.shape, reference.gamma_shape);
        close(result.scale, reference.gamma_scale);
      }
      expect(Math.abs(result.pValue - (reference.p_tail ?? reference.p!))).toBeLessThan(1e-8);
    };
    check(hsic(a!, b!, hsicTheta(a!), hsicTheta(b!)), found.hsic_empirical!);
    check(hsic(a!, b!, medianTheta(a!), medianTheta(b!)), found.hsic_median_of_standardised!);
    // The library's quirk: the median of the raw column with the kernel on the standardised one.
    check(hsic(a!, b!, medianTheta(raw(columns[x!]!)), medianTheta(raw(columns[y!]!))), found.hsic_median!);
    check(hsic(a!, b!, 1 / 1.1 ** 2, 1 / 0.9 ** 2), found['hsic_sigma_1.1_0.9']!);
  });

  it.each(pairs)('joint HSIC $id', ({ dataset, x, y, expected }) => {
    const columns = columnsOf(dataset!);
    const [statistic, p, bandwidthX, bandwidthY] = (expected as { dhsic_gamma_stat_p_bandwidths: number[] })
      .dhsic_gamma_stat_p_bandwidths as [number, number, number, number];
    const result = jointHsic([raw(columns[x!]!), raw(columns[y!]!)], [1 / bandwidthX ** 2, 1 / bandwidthY ** 2]);
    close(result.statistic, statistic);
    expect(Math.abs(result.pValue - p)).toBeLessThan(1e-8);
  });

  it.each(triples)('KCI $id', ({ dataset, x, y, z, expected }) => {
    const columns = columnsOf(dataset!);
    const [a, b] = [columns[x!]!, columns[y!]!].map((values) => pointsOf([variable(values)]));
    const given = pointsOf((z as string[]).map((name) => variable(columns[name]!)));
    const { kci_empirical, kci_median } = expected as unknown as { kci_empirical: Gamma; kci_median: Gamma };
    const theta = kciTheta(given);
    const check = (result: ReturnType<typeof kci>, reference: Gamma) => {
      close(result.statistic, reference.statistic);
      // The library drops eigenvalues below 1e-5 of the largest before it fits the gamma law.
      close(result.shape, reference.gamma_shape, 1e-3);
      expect(Math.abs(result.pValue - reference.p!)).toBeLessThan(1e-4);
    };
    check(kci(a!, b!, given, { x: theta, y: theta, z: theta }), kci_empirical);
    check(
      kci(a!, b!, given, {
        x: medianTheta(sideBySide(a!, given, 0.5)),
        y: medianTheta(b!),
        z: medianTheta(given),
      }),
      kci_median,
    );
  });
});

describe('distances agree with energy, scikit-learn and scipy', () => {
  it.each(pairs)('distance correlation $id', ({ dataset, x, y, expected }) => {
    const columns = columnsOf(dataset!);
    const [a, b] = [raw(columns[x!]!), raw(columns[y!]!)];
    const found = distanceCorrelation(a, b);
    const reference = expected as {
      dcov_dcor_dvarx_dvary: number[];
      dcor_bias_corrected: number;
      dcor_t_test_stat_df_p: number[];
    };
    [found.covariance, found.correlation, found.varianceX, found.varianceY].forEach((value, i) => {
      close(value, reference.dcov_dcor_dvarx_dvary[i]!, 1e-9);
    });
    close(found.biasCorrected, reference.dcor_bias_corrected, 1e-9);
    const test = distanceCorrelationT(found.biasCorrected, a.rows);
    close(test.t, reference.dcor_t_test_stat_df_p[0]!, 1e-9);
    expect(test.degrees).toBe(reference.dcor_t_test_stat_df_p[1]);
    expect(Math.abs(test.pValue - reference.dcor_t_test_stat_df_p[2]!)).toBeLessThan(1e-8);
  });

  it.each(triples)('partial distance correlation $id', ({ dataset, x, y, z, expected }) => {
    const columns = columnsOf(dataset!);
    const found = partialDistanceCorrelation(
      raw(columns[x!]!),
      raw(columns[y!]!),
      raw(...(z as string[]).map((name) => columns[name]!)),
    );
    close(found, (expected as { partial_dcor: number }).partial_dcor, 1e-9);
  });

  it.each(samples)('two samples $id', ({ first, second, expected }) => {
    const [a, b] = [columnsOf(first!), columnsOf(second!)];
    const pooled = raw([...a.p!, ...b.p!], [...a.q!, ...b.q!]);
    const found = twoSampleDistances(pooled, a.p!.length);
    const reference = expected as unknown as Record<string, number>;
    close(medianDistance(pooled), reference.median_distance!, 1e-9);
    close(found.gamma, reference.gamma!, 1e-9);
    close(found.mmdSquaredBiased, reference.mmd2_biased!, 1e-9);
    close(found.mmdSquaredUnbiased, reference.mmd2_unbiased!, 1e-9);
    close(found.energy, reference.energy_distance_multivariate!, 1e-9);
    const [n, m] = [a.p!.length, b.p!.length];
    close((found.energy * n * m) / (n + m), reference.energy_statistic_nm_over_n_plus_m!, 1e-9);
    const alone = twoSampleDistances(raw([...a.p!, ...b.p!]), n);
    close(Math.sqrt(alone.energy), reference.energy_distance_1d_p!, 1e-9);
    for (const name of ['p', 'q']) {
      const { wasserstein } = numberMeasures(Float64Array.from(a[name]!), Float64Array.from(b[name]!));
      close(wasserstein, reference[`wasserstein1_${name}`]!, 1e-9);
    }
  });
});
