import type { CausalMap } from './causalMap';
import { type Dag, dagOf, reached } from './dag';
import { nodesOf } from './effectGraph';
import { projectLatents } from './projection';

/** A node is independent of some nodes once others are held fixed. Names in drawing order. */
export interface BasisStatement {
  readonly node: string;
  readonly independentOf: readonly string[];
  readonly given: readonly string[];
}

/**
 * Statements about observed nodes from which all others of the map follow. Without latent nodes and `<->`: each node is
 * independent of its non-descendants given its parents. Else, on the latent projection, the ordered local Markov property:
 * for a topological order and every ancestral set A of nodes up to v that is maximal for its blanket, v is independent of the
 * rest of A given the other members of v's district in A and the parents of that district.
 * @returns `truncated` when `limit` statements were not enough; their number can grow exponentially with `<->` only.
 * @throws EngineError as `dagOf`.
 * @see Pearl, Probabilistic Reasoning, 1988, section 3.3; Richardson, Markov properties for acyclic directed mixed graphs,
 * Scandinavian Journal of Statistics 30 (2003), section 3.
 */
export function basisSet(map: CausalMap, limit = 10_000): { statements: BasisStatement[]; truncated: boolean } {
  const dag = dagOf(projectLatents(map));
  const statements: BasisStatement[] = [];
  const add = (node: number, independentOf: readonly number[], given: readonly number[]) => {
    if (independentOf.length > 0)
      statements.push({
        node: dag.names[node]!,
        independentOf: namesOf(dag, independentOf),
        given: namesOf(dag, given),
      });
  };
  if (dag.spouses.every((list) => list.length === 0)) {
    // Plain loops: the answer has about as many names as the map has pairs of nodes, and nothing else takes time.
    const { names, parents, children } = dag;
    for (let node = 0; node < names.length; node++) {
      const left = reached(children, [node]);
      for (const parent of parents[node]!) left[parent] = 1;
      const independentOf: string[] = [];
      for (let i = 0; i < names.length; i++) if (left[i] === 0) independentOf.push(names[i]!);
      if (independentOf.length > 0)
        statements.push({ node: names[node]!, independentOf, given: namesOf(dag, parents[node]!) });
    }
    return { statements, truncated: false };
  }
  const before = new Uint8Array(dag.names.length);
  for (const node of dag.order) {
    before[node] = 1;
    const seen = new Set<string>();
    const waiting = [before.slice()];
    while (waiting.length > 0) {
      const within = waiting.pop()!;
      const district = districtWithin(dag, node, within);
      const key = nodesOf(district).join();
      if (seen.has(key)) continue;
      seen.add(key);
      if (statements.length >= limit) return { statements, truncated: true };
      const blanket = district.slice();
      for (const member of nodesOf(district)) for (const parent of dag.parents[member]!) blanket[parent] = 1;
      add(
        node,
        nodesOf(within).filter((i) => !blanket[i]),
        nodesOf(blanket).filter((i) => i !== node),
      );
      for (const member of nodesOf(district)) {
        const below = reached(dag.children, [member]);
        if (below[node]) continue;
        waiting.push(within.map((is, i) => (below[i] ? 0 : is)));
      }
    }
  }
  return { statements, truncated: false };
}

function districtWithin(dag: Dag, node: number, within: Uint8Array): Uint8Array {
  const spouses = dag.spouses.map((list, i) => (within[i] ? list.filter((other) => within[other] === 1) : []));
  return reached(spouses, [node]);
}

const namesOf = (dag: Dag, nodes: readonly number[]): string[] =>
  [...nodes].sort((a, b) => a - b).map((i) => dag.names[i]!);
