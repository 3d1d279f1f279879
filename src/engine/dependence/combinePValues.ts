import { normalQuantile, normalSurvival } from '../numeric/normal';
import { chiSquaredSurvival, studentTwoSided } from '../numeric/specialFunctions';

export interface Combination {
  readonly statistic: number;
  readonly pValue: number;
}

/** p-values are kept this far from 0 and 1, where logarithms and quantiles end. */
const CLEARANCE = 1e-12;
const inside = (p: number): number => Math.min(1 - CLEARANCE, Math.max(1e-300, p));
const sumOf = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);

/**
 * Ways to make one p-value of several: that all their null hypotheses hold. All but `cauchy` take them as independent.
 * @see Combining independent p-values, Psychol. Bull. 51 (1954); Cauchy combination test, JASA 115 (2020), section 2.
 */
export const combinations = {
  /** -2 sum log p ~ chi-squared(2 k). */
  fisher(pValues: readonly number[]): Combination {
    const statistic = -2 * sumOf(pValues.map((p) => Math.log(inside(p))));
    return { statistic, pValue: chiSquaredSurvival(statistic, 2 * pValues.length) };
  },
  /** sum of normal quantiles over sqrt(k). */
  stouffer(pValues: readonly number[]): Combination {
    const statistic = -sumOf(pValues.map((p) => normalQuantile(inside(p)))) / Math.sqrt(pValues.length);
    return { statistic, pValue: normalSurvival(statistic) };
  },
  /** The smallest: 1 - (1 - min)^k. */
  tippett(pValues: readonly number[]): Combination {
    const statistic = Math.min(...pValues);
    return { statistic, pValue: -Math.expm1(pValues.length * Math.log1p(-statistic)) };
  },
  /** 2 sum log(1 - p): large p-values decide. */
  pearson(pValues: readonly number[]): Combination {
    const statistic = 2 * sumOf(pValues.map((p) => Math.log1p(-inside(p))));
    return { statistic, pValue: 1 - chiSquaredSurvival(-statistic, 2 * pValues.length) };
  },
  /** Sum of logits against a t law with 5 k + 4 degrees. */
  mudholkarGeorge(pValues: readonly number[]): Combination {
    const k = pValues.length;
    const statistic = sumOf(pValues.map((p) => Math.log1p(-inside(p)) - Math.log(inside(p))));
    const degrees = 5 * k + 4;
    const t = (statistic * Math.sqrt(3 / k) * Math.sqrt(degrees / (degrees - 2))) / Math.PI;
    const half = studentTwoSided(t, degrees) / 2;
    return { statistic, pValue: t > 0 ? half : 1 - half };
  },
  /** Mean of tan((1/2 - p) pi) ~ Cauchy, nearly so however the p-values depend on each other. */
  cauchy(pValues: readonly number[]): Combination {
    const statistic = sumOf(pValues.map((p) => 1 / Math.tan(Math.PI * inside(p)))) / pValues.length;
    return {
      statistic,
      pValue: statistic > 1 ? Math.atan(1 / statistic) / Math.PI : 0.5 - Math.atan(statistic) / Math.PI,
    };
  },
};
