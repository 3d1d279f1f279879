import type { StateCreator } from 'zustand';
import {
  type CausalMap,
  createEdge,
  createNode,
  type MapEdge,
  type MapNode,
  type RoleTag,
} from '../engine/graph/causalMap';
import { cycleIfAdded } from '../engine/graph/dag';
import type { Project } from '../engine/project/project';
import type { StudioContext, StudioState } from './studioState';

/** Why an edge was not drawn; `cycle` names the nodes round the cycle it would close, first name repeated. */
export interface Refusal {
  readonly message: string;
  readonly cycle: readonly string[] | null;
}

export interface Position {
  readonly x: number;
  readonly y: number;
}

export type EdgeDescription = Partial<Pick<MapEdge, 'source' | 'confidence' | 'sign' | 'monotone'>>;

/** What identifies an edge: `<->` is the same edge from either end. */
export type EdgeKey = Pick<MapEdge, 'from' | 'to' | 'kind'>;

/** Edits of the causal map. All are undoable; each names itself in the history. */
export interface MapSlice {
  /** The latest refused edge, for the canvas and the live region; null after any edit. */
  readonly refusal: Refusal | null;
  dismissRefusal(): void;

  /** Adds a column (or, with `latent`, an unrecorded variable). A name already on the map is left as it is. */
  addNode(name: string, given?: Partial<Omit<MapNode, 'name'>>): void;
  addNodes(names: readonly string[]): void;
  /** Removes nodes with their edges, and edges, as one step. */
  removeFromMap(nodes: readonly string[], edges: readonly EdgeKey[]): void;
  /** Draws an edge; both ends are added when absent. Returns why it was refused, or null when it was drawn. */
  connect(from: string, to: string, kind?: MapEdge['kind']): Refusal | null;
  flipEdge(edge: EdgeKey): Refusal | null;
  setEdgeKind(edge: EdgeKey, kind: MapEdge['kind']): Refusal | null;
  setEdgeReason(edge: EdgeKey, reason: string): void;
  /** What the expert says of an arrow besides its reason. */
  describeEdge(edge: EdgeKey, patch: EdgeDescription): void;
  /** Renames a latent node; recorded ones are named by their column. */
  renameLatent(name: string, next: string): Refusal | null;
  setTag(name: string, tag: RoleTag | null): void;
  setNote(name: string, note: string): void;
  describeNode(name: string, patch: Partial<Pick<MapNode, 'sensitive' | 'fixed'>>): void;
  /** Rank in time, 0 earliest; refused where an arrow on the map would then point back in time. */
  setTier(name: string, tier: number | null): Refusal | null;
  /** Canvas positions in pixels. */
  moveNodes(positions: ReadonlyMap<string, Position>, label?: string): void;
  /** The whole map at once: import of a map file. */
  replaceMap(map: CausalMap, label?: string): void;
}

/** An edge as it is written for people. */
const shown = ({ from, to, kind }: EdgeKey) => `${from} ${kind === '->' ? '→' : '↔'} ${to}`;

export const isSameEdge = (a: EdgeKey, b: EdgeKey): boolean =>
  a.kind === b.kind &&
  ((a.from === b.from && a.to === b.to) || (a.kind === '<->' && a.from === b.to && a.to === b.from));

/** Why this edge cannot be added to the map; null when it can. Cheap enough to ask while an arrow is being drawn. */
export function refusalOf(map: CausalMap, from: string, to: string, kind: MapEdge['kind']): Refusal | null {
  if (from === to) return { message: `${from} cannot cause itself: choose another column as the effect.`, cycle: null };
  if (map.edges.some((edge) => isSameEdge(edge, { from, to, kind })))
    return { message: `${shown({ from, to, kind })} is already on the map.`, cycle: null };
  if (kind === '<->') return null;
  if (map.forbidden?.some((arrow) => arrow.from === from && arrow.to === to))
    return { message: `${shown({ from, to, kind })} is on the map's list of arrows that must not be.`, cycle: null };
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

/** Why an arrow would point back in time, by the tiers of its ends; null when it does not, or time says nothing. */
function againstTime(map: CausalMap, from: string, to: string): string | null {
  const tierOf = (name: string) => map.nodes.find((node) => node.name === name)?.tier ?? null;
  const [cause, effect] = [tierOf(from), tierOf(to)];
  if (cause === null || effect === null || cause <= effect) return null;
  return `${from} → ${to} would point back in time: ${from} is of tier ${cause}, ${to} of tier ${effect}.`;
}

export const createMapSlice =
  (_: StudioContext): StateCreator<StudioState, [], [], MapSlice> =>
  (set, get) => {
    const editMap = (label: string, change: (map: CausalMap, project: Project) => CausalMap, group?: string) =>
      get().edit(
        label,
        (project) => {
          const map = change(project.map, project);
          if (map === project.map) return project;
          // An exposure that is no longer on the map would silently change every role.
          const keepsExposure = project.exposure === null || map.nodes.some(({ name }) => name === project.exposure);
          return { ...project, map, exposure: keepsExposure ? project.exposure : null };
        },
        group,
      );
    const changeNode = (label: string, name: string, patch: Partial<MapNode>, group?: string) =>
      editMap(
        label,
        (map) => ({ ...map, nodes: map.nodes.map((node) => (node.name === name ? { ...node, ...patch } : node)) }),
        group,
      );
    const refuse = (refusal: Refusal): Refusal => {
      set({ refusal });
      return refusal;
    };
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
      refusal: null,
      dismissRefusal: () => set({ refusal: null }),

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
              ? `Remove ${shown(edge)}`
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
        editMap(`Draw ${shown({ from, to, kind })}`, (map) => {
          const present = new Set(map.nodes.map(({ name }) => name));
          const added = [from, to].filter((name) => !present.has(name)).map((name) => createNode(name));
          return { ...map, nodes: [...map.nodes, ...added], edges: [...map.edges, createEdge(from, to, kind)] };
        });
        return null;
      },
      flipEdge(edge) {
        const old = found(edge);
        if (!old || old.kind === '<->') return null;
        return replaceEdge(`Reverse ${shown(old)}`, old, { ...old, from: old.to, to: old.from });
      },
      setEdgeKind(edge, kind) {
        const old = found(edge);
        if (!old || old.kind === kind) return null;
        return replaceEdge(`Make it ${shown({ ...old, kind })}`, old, { ...old, kind });
      },
      setEdgeReason: (edge, reason) =>
        editMap(
          `Say why ${shown(edge)}`,
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
        }));
        return null;
      },
      setTag: (name, tag) => changeNode(tag ? `Tag ${name} ${tag}` : `Untag ${name}`, name, { tag }),
      describeEdge: (edge, patch) =>
        editMap(
          `Describe ${shown(edge)}`,
          (map) => ({
            ...map,
            edges: map.edges.map((one) => (isSameEdge(one, edge) ? { ...one, ...patch } : one)),
          }),
          `describe ${shown(edge)} ${Object.keys(patch).join(' ')}`,
        ),
      describeNode: (name, patch) => changeNode(`Describe ${name}`, name, patch),
      setTier(name, tier) {
        const { map } = get().project;
        const next = { ...map, nodes: map.nodes.map((node) => (node.name === name ? { ...node, tier } : node)) };
        const broken = map.edges
          .filter(({ kind, from, to }) => kind === '->' && (from === name || to === name))
          .map(({ from, to }) => againstTime(next, from, to))
          .find((message) => message !== null);
        if (broken) return refuse({ message: broken, cycle: null });
        changeNode(`Set the tier of ${name}`, name, { tier }, `tier of ${name}`);
        return null;
      },
      setNote: (name, note) => changeNode(`Note on ${name}`, name, { note }, `note ${name}`),
      moveNodes: (positions, label) =>
        editMap(
          label ?? (positions.size === 1 ? `Move ${[...positions.keys()][0]}` : `Move ${positions.size} nodes`),
          (map) => ({
            ...map,
            nodes: map.nodes.map((node) => {
              const position = positions.get(node.name);
              return position ? { ...node, position } : node;
            }),
          }),
          // Arrow keys move in many small steps that belong together.
          `move ${[...positions.keys()].join()}`,
        ),
      replaceMap: (map, label = 'Import map') => editMap(label, () => map),
    };
  };
