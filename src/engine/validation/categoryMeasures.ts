import { categoryAssociation } from '../association/categories';
import { jensenShannon } from './numberMeasures';

/** How two samples of a category differ, by counts of the same levels. */
export interface CategoryMeasures {
  /** Half the sum of the differences in share. */
  readonly totalVariation: number;
  readonly chiSquared: number;
  readonly chiSquaredPValue: number;
  /** Association of the level with "synthetic or real". */
  readonly cramersV: number;
  /** Kullback-Leibler divergence from real to synthetic in nats, half a row added to every level. */
  readonly divergence: number;
  readonly jensenShannon: number;
  readonly hellinger: number;
  /** Share of the real levels that occur among the synthetic rows. */
  readonly levelsCovered: number;
  /** Share of the synthetic rows whose level occurs among the real ones. */
  readonly insideLevels: number;
}

const ADDED = 0.5;

export function categoryMeasures(real: Float64Array, synthetic: Float64Array): CategoryMeasures {
  const total = (counts: Float64Array) => counts.reduce((sum, count) => sum + count, 0);
  const [n, m] = [total(real), total(synthetic)];
  const [p, q] = [real.map((count) => count / n), synthetic.map((count) => count / m)];
  const levels = real.length;
  const { chiSquared, pValue, cramersV } = categoryAssociation(Float64Array.from([...real, ...synthetic]), 2, levels);
  const smooth = (counts: Float64Array, all: number) => counts.map((count) => (count + ADDED) / (all + ADDED * levels));
  const [sp, sq] = [smooth(real, n), smooth(synthetic, m)];
  const occurring = real.filter((count) => count > 0).length;
  return {
    totalVariation: p.reduce((sum, share, i) => sum + Math.abs(share - q[i]!) / 2, 0),
    chiSquared,
    chiSquaredPValue: pValue,
    cramersV,
    divergence: sp.reduce((sum, share, i) => sum + share * Math.log(share / sq[i]!), 0),
    jensenShannon: jensenShannon(p, q),
    hellinger: Math.sqrt(
      Math.max(0, p.reduce((sum, share, i) => sum + (Math.sqrt(share) - Math.sqrt(q[i]!)) ** 2, 0) / 2),
    ),
    levelsCovered: real.filter((count, i) => count > 0 && synthetic[i]! > 0).length / occurring,
    insideLevels: synthetic.reduce((sum, count, i) => sum + (real[i]! > 0 ? count : 0), 0) / m,
  };
}

/** 1 - half the sum of the differences of the shares of two tables of counts: how alike two pairs of categories are. */
export function contingencySimilarity(real: Float64Array, synthetic: Float64Array): number {
  const total = (counts: Float64Array) => counts.reduce((sum, count) => sum + count, 0);
  const [n, m] = [total(real), total(synthetic)];
  return 1 - real.reduce((sum, count, i) => sum + Math.abs(count / n - synthetic[i]! / m) / 2, 0);
}
