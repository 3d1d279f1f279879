import type { EdgeKey, RoleTag } from '../../engine/graph/causalMap';
import type { StudioState } from '../../state/studioState';
import { freshLatentName } from './latentName';

const tagKeys: Readonly<Record<string, RoleTag>> = {
  Digit1: 'confounder',
  Digit2: 'mediator',
  Digit3: 'collider',
  Digit4: 'exposure',
  Digit5: 'outcome',
  Digit6: 'instrument',
};

export interface CanvasActions {
  drawArrow(from: string | null): void;
  arrange(): void;
  fit(): void;
  zoomToFullSize(): void;
  toggleSnap(): void;
  toggleLanes(): void;
  addComment(): void;
  /** Selects an edge and gives it the focus: a changed edge is a new one on the page, and keys would go nowhere. */
  focusEdge(edge: EdgeKey): void;
}

/** What was pressed, with the node that has the focus. */
export interface CanvasKey {
  readonly key: string;
  readonly code: string;
  readonly isShifted: boolean;
  readonly focused: string | null;
}

/** Acts on a key pressed on the canvas, without Ctrl or Alt. @returns Whether the key means something here. */
export function pressOnCanvas(
  { key, code, isShifted, focused }: CanvasKey,
  studio: StudioState,
  act: CanvasActions,
): boolean {
  const { selection, project } = studio;
  const chosen = selection.kind === 'map' ? selection : { nodes: [], edges: [] };
  // Undo can take away what is still selected.
  const present = chosen.nodes.filter((name) => project.map.nodes.some((node) => node.name === name));
  const nodes = present.length > 0 ? present : focused === null ? [] : [focused];
  const [edge] = chosen.edges.length === 1 ? chosen.edges : [];
  const tag = isShifted ? undefined : tagKeys[code];
  if (tag) {
    if (nodes.length === 0) return false;
    for (const name of nodes) {
      const before = studio.project.map.nodes.find((node) => node.name === name)?.tag;
      studio.setTag(name, before === tag ? null : tag);
      studio.announce(before === tag ? `${name} untagged.` : `${name} tagged ${tag}.`);
    }
    return true;
  }
  if (isShifted && code === 'Digit1') {
    act.fit();
    return true;
  }
  switch (key.toLowerCase()) {
    case 'a':
      act.drawArrow(nodes[0] ?? null);
      return true;
    case 'l':
      act.arrange();
      return true;
    case 'g':
      act.toggleSnap();
      return true;
    case 't':
      act.toggleLanes();
      return true;
    case '0':
      act.zoomToFullSize();
      return true;
    case 'c':
      act.addComment();
      return true;
    case 'n': {
      const name = freshLatentName(studio.project.map);
      studio.addNode(name, { latent: true });
      studio.select({ kind: 'map', nodes: [name], edges: [] });
      studio.announce(`${name}, an unrecorded variable, added.`);
      return true;
    }
    case 'b': {
      const [first, second] = nodes;
      if (edge) {
        const kind = edge.kind === '->' ? '<->' : '->';
        if (studio.setEdgeKind(edge, kind) === null) act.focusEdge({ ...edge, kind });
      } else if (first !== undefined && second !== undefined) studio.connect(first, second, '<->');
      else return false;
      return true;
    }
    case 'r':
      if (edge?.kind !== '->') return false;
      if (studio.flipEdge(edge) === null) act.focusEdge({ ...edge, from: edge.to, to: edge.from });
      return true;
    case 'e': {
      const [name] = nodes;
      if (name === undefined || name === studio.project.target?.column) return false;
      studio.setExposure(studio.project.exposure === name ? null : name);
      return true;
    }
    case 'h': {
      const { held } = studio.effectQuestion;
      if (nodes.length === 0) return false;
      const isHeld = nodes.every((name) => held.includes(name));
      studio.askEffect({
        held: isHeld ? held.filter((name) => !nodes.includes(name)) : [...new Set([...held, ...nodes])],
      });
      studio.announce(`${nodes.join(', ')} ${isHeld ? 'no longer held fixed' : 'held fixed'}.`);
      return true;
    }
    case 'f2': {
      const field = document.querySelector('#node-name input');
      if (!(field instanceof HTMLInputElement)) return false;
      field.focus();
      field.select();
      return true;
    }
    default:
      return false;
  }
}
