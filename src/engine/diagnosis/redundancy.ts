import type { AssociationNetwork } from './associationNetwork';

/** Columns that say nearly the same. */
export interface RedundantCluster {
  readonly columns: readonly string[];
  /** The weakest association that holds it together. */
  readonly weakest: number;
}

const REDUNDANT = 0.95;

/** Single linkage: columns tied by a chain of associations of at least 0.95 within the common class, largest clusters first. */
export function redundantClusters({ columns, pairs }: AssociationNetwork): RedundantCluster[] {
  const clusterOf = new Map(columns.map((name) => [name, name]));
  const rootOf = (name: string): string => {
    const parent = clusterOf.get(name)!;
    return parent === name ? name : rootOf(parent);
  };
  const tied = pairs.filter(({ common }) => Math.abs(common) >= REDUNDANT);
  for (const { a, b } of tied) clusterOf.set(rootOf(a), rootOf(b));
  const members = new Map<string, string[]>();
  for (const name of columns) members.set(rootOf(name), [...(members.get(rootOf(name)) ?? []), name]);
  return [...members.entries()]
    .filter(([, names]) => names.length > 1)
    .map(([root, names]) => ({
      columns: names,
      weakest: Math.min(...tied.filter(({ a }) => rootOf(a) === root).map(({ common }) => Math.abs(common))),
    }))
    .sort((x, y) => y.columns.length - x.columns.length || y.weakest - x.weakest);
}
