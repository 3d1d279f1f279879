import type { Frame } from '../data/frame';
import type { CausalMap } from '../graph/causalMap';
import { normalLogDensity, normalQuantile } from '../numeric/normal';
import { createIndependenceTest } from './independence';
import { conditionColumns, type SufficientStatistics } from './sufficientStatistics';

/** Largest strength, in [0, 1], that an edge between two columns may have by the rows at hand, at 95 %. */
export type StrengthBound = (from: string, to: string) => number;

/**
 * Upper 95 % bound, by Fisher's z, of the partial correlation of both ends of an edge given the other drawn causes of `to`.
 * A column with two levels counts as a number cut at a threshold (biserial correlation): even a strong cause has a small
 * plain correlation with a rare level. 1 where the rows are too few.
 */
export function strengthBoundOf(
  frame: Frame,
  map: CausalMap,
  names: readonly string[],
  statistics: SufficientStatistics,
): StrengthBound {
  const indexOf = new Map(names.map((name, i) => [name, i]));
  const test = createIndependenceTest(statistics);
  return (from, to) => {
    const given = map.edges.flatMap((edge) => {
      const index = indexOf.get(edge.from);
      return edge.kind === '->' && edge.to === to && edge.from !== from && index !== undefined ? [index] : [];
    });
    const degrees = statistics.effectiveRows - conditionColumns(statistics, given).length - 3;
    if (degrees <= 0) return 1;
    const { effect } = test(indexOf.get(from)!, indexOf.get(to)!, given);
    const bound = Math.tanh(Math.atanh(effect) + normalQuantile(0.975) / Math.sqrt(degrees));
    return Math.min(1, bound * biserialFactor(frame, from) * biserialFactor(frame, to));
  };
}

/** sqrt(p (1 - p)) / phi(Phi^-1(p)) for a column with a share p of its second level; 1 for other columns. */
function biserialFactor({ specs, columns }: Frame, name: string): number {
  const c = specs.findIndex((spec) => spec.name === name);
  if (specs[c]!.levels?.length !== 2) return 1;
  const codes = columns[c]!.filter((code) => !Number.isNaN(code));
  const share = codes.reduce((sum, code) => sum + code, 0) / codes.length;
  if (!(share > 0 && share < 1)) return 1;
  return Math.sqrt(share * (1 - share)) / Math.exp(normalLogDensity(normalQuantile(share)));
}
