import type { CausalMap } from '../graph/causalMap';
import { type Dag, dagOf } from '../graph/dag';
import { separated } from '../graph/dSeparation';
import { oneImplicationPerPair } from '../graph/implications';

/** x is independent of y given `given`, as positions in a list of columns. */
export interface IndexedStatement {
  readonly x: number;
  readonly y: number;
  readonly given: readonly number[];
}

/** The independences that a map claims of some columns, and whether it claims any other that one may ask about. */
export interface MapClaims {
  /** One for every pair of columns that some set of columns separates, with a smallest such set. */
  readonly statements: readonly IndexedStatement[];
  claims(statement: IndexedStatement): boolean;
}

/**
 * What a map says about the given columns. Its other nodes, latent ones and those without a column, are held fixed nowhere.
 * The paper asks of each node whether it is independent of its non-descendants given its parents, which is wrong as soon
 * as a parent is not recorded or `<->` is drawn; a separating set for each pair is right in both cases, and in a map
 * without them claims the same.
 * @throws EngineError as `dagOf`.
 */
export function claimsOf(map: CausalMap, columns: readonly string[]): MapClaims {
  const position = new Map(columns.map((name, i) => [name, i]));
  const dag: Dag = dagOf({ ...map, nodes: map.nodes.map((node) => ({ ...node, latent: !position.has(node.name) })) });
  const at = (name: string) => position.get(name)!;
  const node = columns.map((name) => dag.indexOf.get(name)!);
  return {
    statements: oneImplicationPerPair(dag).map(({ x, y, given }) => ({ x: at(x), y: at(y), given: given.map(at) })),
    claims: ({ x, y, given }) =>
      separated(
        dag,
        [node[x]!],
        [node[y]!],
        given.map((i) => node[i]!),
      ),
  };
}
