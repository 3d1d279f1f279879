import { type CausalMap, type EdgeKey, isSameEdge, type MapEdge } from './causalMap';
import { cycleIfAdded } from './dag';
import { tierName } from './lanes';

/** Why an edge was not drawn; `cycle` names the nodes round the cycle it would close, first name repeated. */
export interface Refusal {
  readonly message: string;
  readonly cycle: readonly string[] | null;
}

/** An edge as it is written for people. */
export const shownEdge = ({ from, to, kind }: EdgeKey): string => `${from} ${kind === '->' ? '→' : '↔'} ${to}`;

/**
 * Why an edge cannot be added to the map: a self loop, drawn already, on the list of arrows that must not be, back in time, or
 * closing a cycle; null when it can. Linear in the size of the map: cheap enough to ask while an arrow is being drawn.
 */
export function refusalOf(map: CausalMap, from: string, to: string, kind: MapEdge['kind']): Refusal | null {
  if (from === to) return { message: `${from} cannot cause itself: choose another column as the effect.`, cycle: null };
  const edge = { from, to, kind };
  if (map.edges.some((other) => isSameEdge(other, edge)))
    return { message: `${shownEdge(edge)} is already on the map.`, cycle: null };
  if (kind === '<->') return null;
  if (isForbidden(map, from, to))
    return {
      message: `${shownEdge(edge)} is on the map's list of arrows that must not be: allow it first.`,
      cycle: null,
    };
  const backwards = againstTime(map, from, to);
  if (backwards) return { message: backwards, cycle: null };
  const cycle = cycleIfAdded(map, from, to);
  if (!cycle) return null;
  const way = cycle.slice(1).join(' → ');
  return {
    message: `${from} → ${to} would close a cycle, because ${way} is drawn: remove or reverse one of those arrows first.`,
    cycle,
  };
}

const isForbidden = (map: CausalMap, from: string, to: string): boolean =>
  map.forbidden?.some((arrow) => arrow.from === from && arrow.to === to) ?? false;

/** Why an arrow would point back in time, by the tiers of its ends; null when it does not, or time says nothing. */
export function againstTime(map: CausalMap, from: string, to: string): string | null {
  const tierOf = (name: string) => map.nodes.find((node) => node.name === name)?.tier ?? null;
  const [cause, effect] = [tierOf(from), tierOf(to)];
  if (cause === null || effect === null || cause <= effect) return null;
  return `${from} → ${to} would point back in time: ${from} is of ${tierName(map, cause)}, ${to} of ${tierName(map, effect)}.`;
}

/** The same for the first arrow that would, of those into or out of the given nodes. */
export const anyAgainstTime = (map: CausalMap, nodes: { has(name: string): boolean }): string | null =>
  map.edges
    .filter(({ kind, from, to }) => kind === '->' && (nodes.has(from) || nodes.has(to)))
    .map(({ from, to }) => againstTime(map, from, to))
    .find((message) => message !== null) ?? null;
