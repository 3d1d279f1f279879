import { type CausalMap, createEdge, createNode, type MapEdge, type MapNode, type RoleTag } from '../causalMap';
import { listed, shownName } from '../path';
import type { Attributes, GraphText } from './graphText';
import { type Dialect, parseError, quoted } from './tokens';

/** A map read from text, with the roles that the text gives to its nodes. */
export interface TextMap {
  readonly map: CausalMap;
  readonly exposures: readonly string[];
  readonly outcomes: readonly string[];
  readonly adjusted: readonly string[];
  readonly selected: readonly string[];
  /** What the text says and the map cannot, one sentence each. */
  readonly warnings: readonly string[];
}

/** The keys that mark a role; the one-letter forms count only as flags without a value. */
const roleKeys = {
  exposure: ['exposure', 'source', 'e'],
  outcome: ['outcome', 'target', 'o'],
  adjusted: ['adjusted', 'a'],
  latent: ['latent', 'unobserved', 'l', 'u'],
  selected: ['selected', 's'],
} as const;
const no = /^(no|false|0)$/i;
const tags: readonly string[] = ['confounder', 'mediator', 'collider', 'exposure', 'outcome', 'instrument'];

/**
 * Makes a map of a parsed text. `<->` in DAGitty code is `<->`; in DOT also an edge with dir=both. A node is latent when it
 * is flagged so or has observed="no". Edges written twice are one edge.
 * @throws EngineError `parse-error` for an edge without a direction or with circle marks, at its place in the text.
 */
export function mapOfText(graph: GraphText, text: string, dialect: Dialect): TextMap {
  const withRole = (role: keyof typeof roleKeys) =>
    [...graph.nodes].flatMap(([name, attributes]) => (hasRole(attributes, role) ? [name] : []));
  const warnings: string[] = [];
  const latent = new Set([
    ...withRole('latent'),
    ...[...graph.nodes].flatMap(([name, attributes]) => (no.test(attributes.get('observed') ?? '') ? [name] : [])),
  ]);
  const selected = withRole('selected');
  const nodes = [...graph.nodes].map(([name, attributes]): MapNode => {
    const tag = attributes.get('tag') ?? '';
    const written = attributes.get('pos');
    const position = written ? positionOf(written, dialect) : null;
    if (written && !position)
      warnings.push(`The position ${quoted(written)} of ${shownName(name)} is not two numbers and was left out.`);
    return createNode(name, {
      latent: latent.has(name),
      selected: selected.includes(name),
      tag: tags.includes(tag) ? (tag as RoleTag) : null,
      note: attributes.get('note') ?? '',
      position,
    });
  });

  const edges = new Map<string, MapEdge>();
  for (const { from, to, arrow, attributes, at } of graph.edges) {
    const edge = directedEdge(from, to, arrow, attributes);
    if (!edge)
      throw parseError(
        text,
        at,
        `${shownName(from)} ${arrow} ${shownName(to)} has no clear direction; a causal map needs ->, or <-> for an unrecorded common cause.`,
      );
    const key = JSON.stringify(
      edge.kind === '<->' && edge.to < edge.from ? [edge.to, edge.from, '<->'] : [edge.from, edge.to, edge.kind],
    );
    const known = edges.get(key);
    edges.set(key, known ? { ...known, reason: known.reason || edge.reason } : edge);
  }

  const adjusted = withRole('adjusted');
  if (graph.type === 'mag')
    warnings.push('The text is an ancestral graph (mag): its arrows were read as direct causes; check each of them.');
  if (adjusted.length > 0)
    warnings.push(`The mark "adjusted" was left out for ${listed(adjusted.map(shownName))}: the map does not hold it.`);
  return {
    map: { nodes, edges: [...edges.values()] },
    exposures: withRole('exposure'),
    outcomes: withRole('outcome'),
    adjusted,
    selected,
    warnings,
  };
}

function hasRole(attributes: Attributes, role: keyof typeof roleKeys): boolean {
  return roleKeys[role].some((key) => {
    const value = attributes.get(key);
    return value === null || (value !== undefined && key.length > 1 && !no.test(value));
  });
}

function directedEdge(from: string, to: string, arrow: string, attributes: Attributes): MapEdge | null {
  const given = { reason: attributes.get('reason') ?? '' };
  if (arrow === '<->') return createEdge(from, to, '<->', given);
  if (arrow === '<-') return createEdge(to, from, '->', given);
  if (arrow !== '->') return null;
  const direction = attributes.get('dir') ?? 'forward';
  if (direction === 'both') return createEdge(from, to, '<->', given);
  if (direction === 'none') return null;
  return direction === 'back' ? createEdge(to, from, '->', given) : createEdge(from, to, '->', given);
}

/** Two numbers with a comma between. Graphviz counts y upwards, and may add "!" or a third number. */
function positionOf(written: string, dialect: Dialect): MapNode['position'] {
  const parts = written.trim().replace(/!$/, '').split(',');
  const [x, y] = parts.map((part) => (part.trim() === '' ? Number.NaN : Number(part)));
  if (!Number.isFinite(x) || !Number.isFinite(y) || parts.length > (dialect === 'dot' ? 3 : 2)) return null;
  return { x: x!, y: dialect === 'dot' ? 0 - y! : y! };
}

/** A coordinate without exponent, which other programs do not read. */
export const coordinate = (value: number): string => {
  const text = String(value);
  return text.includes('e') ? value.toFixed(9) : text;
};
