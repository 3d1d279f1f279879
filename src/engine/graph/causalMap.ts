/** What the expert says a variable is; compared with what the arrows say, never used in place of them. */
export type RoleTag = 'confounder' | 'mediator' | 'collider' | 'exposure' | 'outcome' | 'instrument';

/** How sure the expert is of an arrow. A certain arrow is required of every map that data may suggest. */
export type Confidence = 'certain' | 'likely' | 'guess';

export interface MapNode {
  /** The column's name, or any name for a latent variable. Unique in the map. */
  readonly name: string;
  /** True for an unrecorded variable: it has no column. */
  readonly latent: boolean;
  readonly tag: RoleTag | null;
  readonly note: string;
  /** Rank in time, 0 earliest; an arrow may not point to an earlier tier. Null when time says nothing. */
  readonly tier: number | null;
  /** A protected attribute, such as sex or ethnic origin. */
  readonly sensitive: boolean;
  /** Cannot be changed by anyone, such as age: no action on it can be recommended. */
  readonly fixed: boolean;
  /** Rows of the table were chosen by its value, as when only patients who came back are in it. */
  readonly selected: boolean;
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
  /** Where that is known from: a paper, a guideline, a person. */
  readonly source: string;
  readonly confidence: Confidence | null;
  /** Direction of the effect of `from` on `to`, where the expert states one. */
  readonly sign: '+' | '-' | null;
  /** The effect never turns round within the range of `from`; with a sign, it rises or falls throughout. */
  readonly monotone: boolean;
}

/** A remark on the canvas that belongs to no node. */
export interface MapComment {
  readonly id: string;
  readonly text: string;
  readonly position: { readonly x: number; readonly y: number };
}

/** A stretch of time on the canvas: the nodes of one tier stand in it. */
export interface MapLane {
  readonly name: string;
  /** Pixels. The first lane starts at 0. */
  readonly width: number;
}

/** The expert's causal map, as drawn and as saved. The algorithms work on `Dag`, made from it. */
export interface CausalMap {
  readonly nodes: readonly MapNode[];
  readonly edges: readonly MapEdge[];
  readonly comments?: readonly MapComment[];
  /** Lane i shows tier i; absent where time is not shown on the canvas. */
  readonly lanes?: readonly MapLane[];
  /** Arrows that must not be: refused when drawn, and left out of what data may suggest. */
  readonly forbidden?: readonly { readonly from: string; readonly to: string }[];
}

export const emptyMap: CausalMap = { nodes: [], edges: [] };

export const createNode = (name: string, given: Partial<Omit<MapNode, 'name'>> = {}): MapNode => ({
  name,
  latent: false,
  tag: null,
  note: '',
  tier: null,
  sensitive: false,
  fixed: false,
  selected: false,
  position: null,
  ...given,
});

export const createEdge = (
  from: string,
  to: string,
  kind: MapEdge['kind'] = '->',
  given: Partial<Omit<MapEdge, 'from' | 'to' | 'kind'>> = {},
): MapEdge => ({ from, to, kind, reason: '', source: '', confidence: null, sign: null, monotone: false, ...given });

/** What identifies an edge: `<->` is the same edge from either end. */
export type EdgeKey = Pick<MapEdge, 'from' | 'to' | 'kind'>;

export const isSameEdge = (a: EdgeKey, b: EdgeKey): boolean =>
  a.kind === b.kind &&
  ((a.from === b.from && a.to === b.to) || (a.kind === '<->' && a.from === b.to && a.to === b.from));

/** One text for each edge of a map, whichever way round a `<->` was drawn. */
export const edgeKey = ({ from, to, kind }: EdgeKey): string =>
  JSON.stringify(kind === '<->' && to < from ? [to, from, kind] : [from, to, kind]);
