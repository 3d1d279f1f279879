import type { CausalMap } from '../../engine/graph/causalMap';
import type { StudioStore } from '../../state/store';

const between = ({ edges }: CausalMap, a: string, b: string) =>
  edges.filter(({ from, to }) => (from === a && to === b) || (from === b && to === a));

/** What the map says of two columns, in a sentence. */
export function pairOnMap(map: CausalMap, a: string, b: string): string {
  const absent = [a, b].filter((name) => !map.nodes.some((node) => node.name === name));
  if (absent.length > 0) return `${absent.join(' and ')} ${absent.length === 1 ? 'is' : 'are'} not on the map.`;
  const drawn = between(map, a, b);
  if (drawn.length === 0) return 'The map has no arrow between them.';
  return `The map says ${drawn.map(({ from, to, kind }) => `${from} ${kind === '->' ? '→' : '↔'} ${to}`).join(' and ')}.`;
}

/** Goes to the map with the arrow between two columns chosen, or both columns where there is none. */
export function showOnMap(store: StudioStore, a: string, b: string): void {
  const studio = store.getState();
  const { map } = studio.project;
  const edges = between(map, a, b).map(({ from, to, kind }) => ({ from, to, kind }));
  const nodes = edges.length > 0 ? [] : [a, b].filter((name) => map.nodes.some((node) => node.name === name));
  studio.goTo('map');
  studio.select({ kind: 'map', nodes, edges });
  studio.announce(pairOnMap(map, a, b));
}
