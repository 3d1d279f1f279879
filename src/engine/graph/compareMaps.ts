import { type CausalMap, edgeKey, type MapEdge } from './causalMap';
import { dagOf } from './dag';
import { isDSeparated } from './dSeparation';
import { type ImpliedIndependence, oneImplicationPerPair } from './implications';

export interface PairDifference {
  readonly a: string;
  readonly b: string;
  /** What the first map draws between the two nodes, as `a` sees it; empty for nothing. */
  readonly first: readonly ('->' | '<-' | '<->')[];
  readonly second: readonly ('->' | '<-' | '<->')[];
}

export interface MapDifference {
  readonly nodesOnlyInFirst: readonly string[];
  readonly nodesOnlyInSecond: readonly string[];
  /** Pairs of nodes between which the maps draw different edges. */
  readonly pairs: readonly PairDifference[];
  /** Independences about nodes of both maps that only one of them implies: where data can tell the maps apart. */
  readonly onlyFirstImplies: readonly ImpliedIndependence[];
  readonly onlySecondImplies: readonly ImpliedIndependence[];
}

/** How two maps differ, in their arrows and in what they claim. @throws EngineError as `dagOf`. */
export function compareMaps(first: CausalMap, second: CausalMap): MapDifference {
  const names = (map: CausalMap) => new Set(map.nodes.map(({ name }) => name));
  const [inFirst, inSecond] = [names(first), names(second)];
  const drawn = (map: CausalMap) => {
    const found = new Map<string, MapEdge[]>();
    for (const edge of map.edges) {
      const key = pairKey(edge);
      found.set(key, [...(found.get(key) ?? []), edge]);
    }
    return found;
  };
  const [ofFirst, ofSecond] = [drawn(first), drawn(second)];
  const pairs = [...new Set([...ofFirst.keys(), ...ofSecond.keys()])].flatMap((key): PairDifference[] => {
    const [a, b] = JSON.parse(key) as [string, string];
    const [ours, theirs] = [ofFirst.get(key) ?? [], ofSecond.get(key) ?? []];
    const texts = (edges: readonly MapEdge[]) => edges.map(edgeKey).sort().join();
    if (texts(ours) === texts(theirs)) return [];
    const seen = (edges: readonly MapEdge[]) =>
      edges.map(({ from, kind }) => (kind === '<->' ? kind : from === a ? '->' : '<-'));
    return [{ a, b, first: seen(ours), second: seen(theirs) }];
  });
  return {
    nodesOnlyInFirst: [...inFirst].filter((name) => !inSecond.has(name)),
    nodesOnlyInSecond: [...inSecond].filter((name) => !inFirst.has(name)),
    pairs,
    onlyFirstImplies: impliedOnlyBy(first, second),
    onlySecondImplies: impliedOnlyBy(second, first),
  };
}

const pairKey = ({ from, to }: MapEdge): string => JSON.stringify([from, to].sort());

function impliedOnlyBy(map: CausalMap, other: CausalMap): ImpliedIndependence[] {
  const dag = dagOf(other);
  const isKnown = (name: string) => dag.indexOf.has(name) && !dag.latent[dag.indexOf.get(name)!];
  return oneImplicationPerPair(dagOf(map)).filter(
    ({ x, y, given }) => [x, y, ...given].every(isKnown) && !isDSeparated(dag, [x], [y], given),
  );
}
