/** What the expert says a variable is; compared with what the arrows say, never used in place of them. */
export type RoleTag = 'confounder' | 'mediator' | 'collider' | 'exposure' | 'outcome' | 'instrument';

export interface MapNode {
  /** The column's name, or any name for a latent variable. Unique in the map. */
  readonly name: string;
  /** True for an unrecorded variable: it has no column. */
  readonly latent: boolean;
  readonly tag: RoleTag | null;
  readonly note: string;
  /** Canvas position in pixels; null until laid out. */
  readonly position: { readonly x: number; readonly y: number } | null;
}

export interface MapEdge {
  readonly from: string;
  readonly to: string;
  /** `->`: `from` is a direct cause of `to`. `<->`: an unrecorded common cause of both. */
  readonly kind: '->' | '<->';
  /** Why the expert drew it. */
  readonly reason: string;
}

/** The expert's causal map, as drawn and as saved. The algorithms work on `Dag`, made from it. */
export interface CausalMap {
  readonly nodes: readonly MapNode[];
  readonly edges: readonly MapEdge[];
}

export const emptyMap: CausalMap = { nodes: [], edges: [] };

export const createNode = (name: string, given: Partial<Omit<MapNode, 'name'>> = {}): MapNode => ({
  name,
  latent: false,
  tag: null,
  note: '',
  position: null,
  ...given,
});

export const createEdge = (from: string, to: string, kind: MapEdge['kind'] = '->', reason = ''): MapEdge => ({
  from,
  to,
  kind,
  reason,
});
