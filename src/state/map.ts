import type { StateCreator } from 'zustand';
import {
  type CausalMap,
  createEdge,
  createNode,
  type EdgeKey,
  isSameEdge,
  type MapEdge,
  type MapNode,
  type RoleTag,
} from '../engine/graph/causalMap';
import { applyEdits, editInWords, type MapEdit } from '../engine/graph/mapEdit';
import { freshName, mergeMaps } from '../engine/graph/mergeMaps';
import { redrawn } from '../engine/graph/redrawn';
import { anyAgainstTime, type Refusal, refusalOf, shownEdge } from '../engine/graph/refusal';
import { type MapCommentsSlice, mapComments } from './mapComments';
import { mapEditor } from './mapEditor';
import { type MapPlacesSlice, mapPlaces } from './mapPlaces';
import type { StudioContext, StudioState } from './studioState';

export type EdgeDescription = Partial<Pick<MapEdge, 'source' | 'confidence' | 'sign' | 'monotone'>>;

/** Edits of the causal map. All are undoable; each names itself in the history. Places and comments have files of their own. */
export interface MapSlice extends MapPlacesSlice, MapCommentsSlice {
  /** The latest refused edge, for the canvas and the live region; null after any edit. */
  readonly refusal: Refusal | null;
  dismissRefusal(): void;
  /** Tells why an edge under the pointer cannot be drawn, before it is let go. */
  showRefusal(refusal: Refusal | null): void;

  /** Adds a column (or, with `latent`, an unrecorded variable). A name already on the map is left as it is. */
  addNode(name: string, given?: Partial<Omit<MapNode, 'name'>>): void;
  addNodes(names: readonly string[]): void;
  /** Removes nodes with their edges, and edges, as one step. */
  removeFromMap(nodes: readonly string[], edges: readonly EdgeKey[]): void;
  /** Draws an edge; both ends are added when absent. Returns why it was refused, or null when it was drawn. */
  connect(from: string, to: string, kind?: MapEdge['kind']): Refusal | null;
  flipEdge(edge: EdgeKey): Refusal | null;
  /** Moves the ends of an edge; what is said of it stays with it. */
  reconnect(edge: EdgeKey, from: string, to: string): Refusal | null;
  /** Puts an arrow on the list of those that must not be, or takes it off; refused while it is drawn. */
  setForbidden(from: string, to: string, isForbidden: boolean): Refusal | null;
  /** Several edits offered as one way out, as one step; refused when one of them cannot be. */
  applyMapEdits(edits: readonly MapEdit[]): Refusal | null;
  /** Adds another map, such as one copied from elsewhere: see `mergeMaps`. Returns the names of the nodes it brought. */
  pasteMap(map: CausalMap): readonly string[];
  /** A second unrecorded variable with the arrows of the first. */
  duplicateLatent(name: string): string | null;
  setEdgeKind(edge: EdgeKey, kind: MapEdge['kind']): Refusal | null;
  setEdgeReason(edge: EdgeKey, reason: string): void;
  /** What the expert says of an arrow besides its reason. */
  describeEdge(edge: EdgeKey, patch: EdgeDescription): void;
  /** Renames a latent node; recorded ones are named by their column. */
  renameLatent(name: string, next: string): Refusal | null;
  setTag(name: string, tag: RoleTag | null): void;
  setNote(name: string, note: string): void;
  describeNode(name: string, patch: Partial<Pick<MapNode, 'sensitive' | 'fixed' | 'selected'>>): void;
  /** Rank in time, 0 earliest; refused where an arrow on the map would then point back in time. */
  setTier(name: string, tier: number | null): Refusal | null;
  /** The map as its text says it now, with all that the text cannot say kept; refused where time or the list of forbidden arrows speaks against it. */
  rewriteMap(written: CausalMap): Refusal | null;
  /** The whole map at once: import of a map file. */
  replaceMap(map: CausalMap, label?: string): void;
}

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

export const createMapSlice =
  (_: StudioContext): StateCreator<StudioState, [], [], MapSlice> =>
  (set, get) => {
    const editor = mapEditor(set, get);
    const { editMap, changeNode, refuse } = editor;
    /** Replaces one edge by another, refused when the new one cannot stand beside the rest. */
    const replaceEdge = (label: string, old: EdgeKey, next: MapEdge): Refusal | null => {
      const { map } = get().project;
      const rest = { ...map, edges: map.edges.filter((edge) => !isSameEdge(edge, old)) };
      const refusal = refusalOf(rest, next.from, next.to, next.kind);
      if (refusal) return refuse(refusal);
      editMap(label, (now) => ({ ...now, edges: now.edges.map((edge) => (isSameEdge(edge, old) ? next : edge)) }));
      return null;
    };
    const found = (edge: EdgeKey) => get().project.map.edges.find((other) => isSameEdge(other, edge));

    return {
      ...mapPlaces(editor, get),
      ...mapComments(editor, get),
      refusal: null,
      dismissRefusal: () => set({ refusal: null }),
      showRefusal: (refusal) => set({ refusal }),

      addNode: (name, given = {}) =>
        editMap(`Add ${name}`, (map) =>
          map.nodes.some((node) => node.name === name)
            ? map
            : { ...map, nodes: [...map.nodes, createNode(name, given)] },
        ),
      addNodes: (names) =>
        editMap(`Add ${names.length} columns`, (map) => {
          const present = new Set(map.nodes.map(({ name }) => name));
          const added = names.filter((name) => !present.has(name)).map((name) => createNode(name));
          return added.length === 0 ? map : { ...map, nodes: [...map.nodes, ...added] };
        }),
      removeFromMap(nodes, edges) {
        const gone = new Set(nodes);
        const [edge] = edges;
        const label =
          nodes.length === 1
            ? `Remove ${nodes[0]}`
            : nodes.length === 0 && edges.length === 1 && edge
              ? `Remove ${shownEdge(edge)}`
              : `Remove ${nodes.length + edges.length} items`;
        editMap(label, (map) => {
          const kept = map.edges.filter(
            (other) => !gone.has(other.from) && !gone.has(other.to) && !edges.some((one) => isSameEdge(one, other)),
          );
          const stays = map.nodes.filter(({ name }) => !gone.has(name));
          if (kept.length === map.edges.length && stays.length === map.nodes.length) return map;
          return { ...map, nodes: stays, edges: kept };
        });
      },
      connect(from, to, kind = '->') {
        const refusal = refusalOf(get().project.map, from, to, kind);
        if (refusal) return refuse(refusal);
        editMap(`Draw ${shownEdge({ from, to, kind })}`, (map) => {
          const present = new Set(map.nodes.map(({ name }) => name));
          const added = [from, to].filter((name) => !present.has(name)).map((name) => createNode(name));
          return { ...map, nodes: [...map.nodes, ...added], edges: [...map.edges, createEdge(from, to, kind)] };
        });
        return null;
      },
      flipEdge(edge) {
        const old = found(edge);
        if (!old || old.kind === '<->') return null;
        return replaceEdge(`Reverse ${shownEdge(old)}`, old, { ...old, from: old.to, to: old.from });
      },
      reconnect(edge, from, to) {
        const old = found(edge);
        if (!old || (old.from === from && old.to === to)) return null;
        return replaceEdge(`Reconnect ${shownEdge(old)}`, old, { ...old, from, to });
      },
      setForbidden(from, to, isForbidden) {
        const { map } = get().project;
        const shown = shownEdge({ from, to, kind: '->' });
        if (isForbidden && found({ from, to, kind: '->' }))
          return refuse({ message: `${shown} is drawn: remove it before you forbid it.`, cycle: null });
        const others = (map.forbidden ?? []).filter((arrow) => arrow.from !== from || arrow.to !== to);
        editMap(`${isForbidden ? 'Forbid' : 'Allow'} ${shown}`, (now) => ({
          ...now,
          forbidden: isForbidden ? [...others, { from, to }] : others,
        }));
        return null;
      },
      applyMapEdits(edits) {
        const edited = applyEdits(get().project.map, edits);
        if (!edited)
          return refuse({ message: 'The map has changed since: this way out no longer fits it.', cycle: null });
        const [first] = edits;
        editMap(
          edits.length === 1 && first ? capital(editInWords(first)) : `Change ${edits.length} arrows`,
          () => edited,
        );
        return null;
      },
      pasteMap(pasted) {
        const { map, added } = mergeMaps(get().project.map, pasted);
        editMap(`Paste ${pasted.nodes.length} nodes`, () => map);
        return added;
      },
      duplicateLatent(name) {
        const { map } = get().project;
        const node = map.nodes.find((one) => one.name === name && one.latent);
        if (!node) return null;
        const copy = freshName(map, name);
        const at = node.position && { x: node.position.x + 32, y: node.position.y + 32 };
        const other = (end: string) => (end === name ? copy : end);
        editMap(`Duplicate ${name}`, (now) => ({
          ...now,
          nodes: [...now.nodes, { ...node, name: copy, position: at }],
          edges: [
            ...now.edges,
            ...now.edges
              .filter(({ from, to }) => from === name || to === name)
              .map((edge) => ({ ...edge, from: other(edge.from), to: other(edge.to) })),
          ],
        }));
        return copy;
      },
      setEdgeKind(edge, kind) {
        const old = found(edge);
        if (!old || old.kind === kind) return null;
        return replaceEdge(`Make it ${shownEdge({ ...old, kind })}`, old, { ...old, kind });
      },
      setEdgeReason: (edge, reason) =>
        editMap(
          `Say why ${shownEdge(edge)}`,
          (map) => ({
            ...map,
            edges: map.edges.map((other) => (isSameEdge(other, edge) ? { ...other, reason } : other)),
          }),
          `reason ${edge.from} ${edge.to}`,
        ),
      renameLatent(name, given) {
        const next = given.trim();
        const { map } = get().project;
        if (next === name) return null;
        if (next === '') return refuse({ message: 'An unrecorded variable needs a name.', cycle: null });
        if (map.nodes.some((node) => node.name === next))
          return refuse({ message: `${next} is already on the map: choose another name.`, cycle: null });
        const renamed = (end: string) => (end === name ? next : end);
        editMap(`Rename ${name}`, (now) => ({
          ...now,
          nodes: now.nodes.map((node) => (node.name === name && node.latent ? { ...node, name: next } : node)),
          edges: now.edges.map((edge) => ({ ...edge, from: renamed(edge.from), to: renamed(edge.to) })),
          ...(now.forbidden && {
            forbidden: now.forbidden.map(({ from, to }) => ({ from: renamed(from), to: renamed(to) })),
          }),
        }));
        const { selection } = get();
        if (selection.kind === 'map')
          set({
            selection: {
              ...selection,
              nodes: selection.nodes.map(renamed),
              edges: selection.edges.map((edge) => ({ ...edge, from: renamed(edge.from), to: renamed(edge.to) })),
            },
          });
        return null;
      },
      setTag: (name, tag) => changeNode(tag ? `Tag ${name} ${tag}` : `Untag ${name}`, name, { tag }),
      describeEdge: (edge, patch) =>
        editMap(
          `Describe ${shownEdge(edge)}`,
          (map) => ({
            ...map,
            edges: map.edges.map((one) => (isSameEdge(one, edge) ? { ...one, ...patch } : one)),
          }),
          `describe ${shownEdge(edge)} ${Object.keys(patch).join(' ')}`,
        ),
      describeNode: (name, patch) => changeNode(`Describe ${name}`, name, patch),
      setTier(name, tier) {
        const { map } = get().project;
        const next = { ...map, nodes: map.nodes.map((node) => (node.name === name ? { ...node, tier } : node)) };
        const broken = anyAgainstTime(next, new Set([name]));
        if (broken) return refuse({ message: broken, cycle: null });
        changeNode(`Set the tier of ${name}`, name, { tier }, `tier of ${name}`);
        return null;
      },
      setNote: (name, note) => changeNode(`Note on ${name}`, name, { note }, `note ${name}`),
      rewriteMap(written) {
        const next = redrawn(get().project.map, written);
        for (const edge of next.edges) {
          const rest = { ...next, edges: next.edges.filter((other) => other !== edge) };
          const refusal = refusalOf(rest, edge.from, edge.to, edge.kind);
          if (refusal) return refusal;
        }
        editMap('Write the map', () => next, 'map text');
        return null;
      },
      replaceMap: (map, label = 'Import map') => editMap(label, () => map),
    };
  };
