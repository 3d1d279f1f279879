import { type CausalMap, isSameEdge, type MapEdge } from './causalMap';
import { shownName } from './path';
import { refusalOf } from './refusal';

/** A change of arrows, in the words of a person at the canvas. */
export interface MapEdit {
  readonly kind: 'draw' | 'reverse' | 'remove';
  readonly edge: MapEdge;
}

/** The map after an edit; null when the edit cannot be: it would close a cycle, point back in time or is forbidden. */
export function applyEdit(map: CausalMap, { kind, edge }: MapEdit): CausalMap | null {
  const without = kind === 'draw' ? map.edges : map.edges.filter((other) => !isSameEdge(other, edge));
  const rest = { ...map, edges: without };
  if (kind === 'remove') return rest;
  const added = kind === 'draw' ? edge : { ...edge, from: edge.to, to: edge.from };
  return refusalOf(rest, added.from, added.to, added.kind) ? null : { ...map, edges: [...without, added] };
}

/** The map after several edits; null when one of them cannot be. */
export const applyEdits = (map: CausalMap, edits: readonly MapEdit[]): CausalMap | null =>
  edits.reduce<CausalMap | null>((now, edit) => now && applyEdit(now, edit), map);

/** The edit as a sentence without its subject: "draw a -> b". */
export const editInWords = ({ kind, edge }: MapEdit): string =>
  `${kind} ${shownName(edge.from)} ${edge.kind} ${shownName(edge.to)}${kind === 'reverse' ? ' (so that it points the other way)' : ''}`;
