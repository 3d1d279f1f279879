import type { StructuralModel } from './structuralModel';

/** The nodes with a directed path to `node`, without itself. */
export function ancestorsOf({ parents }: Pick<StructuralModel, 'parents'>, node: number): ReadonlySet<number> {
  const before = new Set<number>();
  const visit = (at: number) => {
    for (const p of parents[at]!)
      if (!before.has(p)) {
        before.add(p);
        visit(p);
      }
  };
  visit(node);
  return before;
}
