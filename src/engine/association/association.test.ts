import { describe, expect, it } from 'vitest';
import { stratifiedStatistic } from '../dependence/powerDivergence';
import { chiSquaredSurvival } from '../numeric/specialFunctions';
import golden from './association.golden.json';
import { categoryAssociation } from './categories';
import { groupAssociation, groupsOf, twoGroups } from './groups';
import { correlationPValue, pearson, rankAgreement, spearman, theilSenSlope } from './numbers';

type Column = number[] | { levels: number; codes: number[] };
const columns = golden.datasets.m as Record<string, Column>;
const numbersOf = (name: string) => {
  const column = columns[name]!;
  return Float64Array.from(Array.isArray(column) ? column : column.codes);
};
const close = (actual: number, expected: number, tolerance = golden.relativeTolerance) =>
  expect(Math.abs(actual - expected)).toBeLessThanOrEqual(tolerance * Math.max(1e-3, Math.abs(expected)));
/** Cases of a method, with what the method expects. */
const casesOf = <T>(method: string) =>
  golden.cases.filter((one) => one.method === method) as unknown as {
    id: string;
    x: string;
    y: string;
    group: string;
    expected: T;
  }[];

describe('measures of association agree with scipy and scikit-learn', () => {
  it.each(
    casesOf<{
      pearson: number[];
      spearman: number[];
      kendall_tau_b: number[];
      kendall_tau_c: number;
      somers_d_y_given_x: number;
      theil_sen_slope: number;
    }>('numeric_numeric'),
  )('two numbers $id', ({ x, y, expected }) => {
    const [a, b] = [numbersOf(x), numbersOf(y)];
    close(pearson(a, b), expected.pearson[0]!);
    close(correlationPValue(pearson(a, b), a.length), expected.pearson[1]!, 1e-7);
    close(spearman(a, b), expected.spearman[0]!);
    close(correlationPValue(spearman(a, b), a.length), expected.spearman[1]!, 1e-7);
    const { tauB, tauC, somersD, pValue } = rankAgreement(a, b);
    close(tauB, expected.kendall_tau_b[0]!);
    close(pValue, expected.kendall_tau_b[1]!, 1e-7);
    close(tauC, expected.kendall_tau_c);
    close(somersD, expected.somers_d_y_given_x);
    close(theilSenSlope(a, b), expected.theil_sen_slope);
  });

  it.each(
    casesOf<Record<string, number> & { table: number[][]; chi2_df_p: number[]; g2_p: number[] }>(
      'categorical_categorical',
    ),
  )('two categories $id', ({ expected }) => {
    const found = categoryAssociation(
      Float64Array.from(expected.table.flat()),
      expected.table.length,
      expected.table[0]!.length,
    );
    close(found.chiSquared, expected.chi2_df_p[0]!);
    expect(found.degrees).toBe(expected.chi2_df_p[1]);
    close(found.cramersV, expected.cramers_v!);
    close(found.cramersVCorrected, expected.cramers_v_bias_corrected!);
    close(found.tschuprowT, expected.tschuprow_t!);
    close(found.contingency, expected.pearson_contingency_c!);
    close(found.mutualInformation, expected.mi_nats!);
    close(found.mutualInformationCorrected, expected.mi_miller_madow!);
    close(found.adjustedInformation, expected.ami!, 1e-8);
    const [cells, rows, columnCount] = [expected.table.flat(), expected.table.length, expected.table[0]!.length];
    const table = { rows, columns: columnCount, counts: Float64Array.from(cells) };
    const g2 = stratifiedStatistic([table], 'g-squared');
    close(g2.statistic, expected.g2_p[0]!);
    close(chiSquaredSurvival(g2.statistic, g2.degrees), expected.g2_p[1]!, 1e-7);
    close(chiSquaredSurvival(found.chiSquared, found.degrees), expected.chi2_df_p[2]!, 1e-7);
    close(found.normalisedInformation, expected.nmi_arithmetic!);
    close(found.uncertaintyOfX, expected.theil_u_x_given_y!);
    close(found.uncertaintyOfY, expected.theil_u_y_given_x!);
  });

  it.each(
    casesOf<{
      anova_F_p: number[];
      kruskal_H_p: number[];
      levene_W_p: number[];
      eta2: number;
      omega2: number;
      epsilon2: number;
      cohen_d?: number;
      welch_t_p?: number[];
      mannwhitney_U_p?: number[];
      auc?: number;
      point_biserial?: number[];
    }>('categorical_numeric'),
  )('a category and a number $id', ({ group, y, expected }) => {
    const [values, codes] = [numbersOf(y), numbersOf(group)];
    const found = groupAssociation(values, codes);
    for (const [result, reference] of [
      [found.anova, expected.anova_F_p],
      [found.kruskal, expected.kruskal_H_p],
      [found.levene, expected.levene_W_p],
    ] as const) {
      close(result.statistic, reference[0]!);
      close(result.pValue, reference[1]!, 1e-7);
    }
    close(found.etaSquared, expected.eta2);
    close(found.omegaSquared, expected.omega2);
    close(found.epsilonSquared, expected.epsilon2);
    if (expected.cohen_d === undefined) return;
    const [first, second] = groupsOf(values, codes);
    const two = twoGroups(first!, second!);
    close(Math.abs(two.cohenD), Math.abs(expected.cohen_d));
    close(Math.abs(two.welch.statistic), Math.abs(expected.welch_t_p![0]!));
    close(two.welch.pValue, expected.welch_t_p![1]!, 1e-7);
    close(two.mannWhitney.pValue, expected.mannwhitney_U_p![1]!, 1e-7);
    const pairs = first!.length * second!.length;
    expect([two.mannWhitney.statistic, pairs - two.mannWhitney.statistic]).toContain(expected.mannwhitney_U_p![0]!);
    const r = pearson(codes, values);
    close(Math.abs(r), Math.abs(expected.point_biserial![0]!));
    close(correlationPValue(r, values.length), expected.point_biserial![1]!, 1e-7);
    close(Math.max(two.auc, 1 - two.auc), Math.max(expected.auc!, 1 - expected.auc!));
  });
});
