import * as v from 'valibot';
import { EngineError } from '../../errors';
import { type CausalMap, createEdge, createNode, type MapEdge } from '../causalMap';
import { shownName } from '../path';
import { jsonFault } from './jsonFault';
import type { TextMap } from './textMap';
import { parseError } from './tokens';

export interface MapJson {
  readonly map: CausalMap;
  readonly exposure: string | null;
  readonly target: string | null;
}

const tagSchema = v.picklist(['confounder', 'mediator', 'collider', 'exposure', 'outcome', 'instrument']);
const mapSchema = v.object({
  nodes: v.optional(
    v.array(
      v.object({
        name: v.string(),
        latent: v.optional(v.boolean(), false),
        tag: v.nullish(tagSchema, null),
        note: v.nullish(v.string(), ''),
        tier: v.nullish(v.pipe(v.number(), v.integer()), null),
        sensitive: v.optional(v.boolean(), false),
        fixed: v.optional(v.boolean(), false),
        selected: v.optional(v.boolean(), false),
        position: v.nullish(v.object({ x: v.number(), y: v.number() }), null),
      }),
    ),
  ),
  edges: v.array(
    v.object({
      from: v.string(),
      to: v.string(),
      kind: v.optional(v.picklist(['->', '<->']), '->'),
      reason: v.nullish(v.string(), ''),
      source: v.nullish(v.string(), ''),
      confidence: v.nullish(v.picklist(['certain', 'likely', 'guess']), null),
      sign: v.nullish(v.picklist(['+', '-']), null),
      monotone: v.optional(v.boolean(), false),
    }),
  ),
  comments: v.optional(
    v.array(v.object({ id: v.string(), text: v.string(), position: v.object({ x: v.number(), y: v.number() }) })),
  ),
  lanes: v.optional(v.array(v.object({ name: v.string(), width: v.pipe(v.number(), v.minValue(1)) }))),
  forbidden: v.optional(v.array(v.object({ from: v.string(), to: v.string() }))),
});
const aboutSchema = v.object({
  exposure: v.nullish(v.string(), null),
  target: v.nullish(v.string(), null),
});

/**
 * Reads a map from JSON: a map `{nodes, edges}`, or a project that holds one as `map`; exposure and target are picked up where
 * present. By hand one may write a node as its name, an edge as `["from", "to"]` or `["from", "<->", "to"]`, and leave out
 * `nodes` when every node has an edge. Unknown keys are ignored; an edge written twice is one edge.
 * @throws EngineError `parse-error` with line and column when the text is no JSON, `bad-map` naming the place in it otherwise.
 */
export function parseMapJson(text: string): MapJson {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    const { at, expected } = jsonFault(text);
    const { message, detail } = parseError(text, at, `not valid JSON, expected ${expected}.`);
    throw new EngineError('parse-error', message, detail, cause);
  }
  const root = asRecord(value);
  const isProject = root !== null && Object.hasOwn(root, 'map');
  const written = isProject ? asRecord(root.map) : root;
  if (!root || !written || !(Array.isArray(written.nodes) || Array.isArray(written.edges)))
    throw new EngineError(
      'bad-map',
      `The JSON is no map: expected "nodes" and "edges" at the top or under "map"${root ? `, found ${listKeys(root)}` : ''}.`,
    );
  const place = isProject ? 'map.' : '';
  const parsed = check(mapSchema, spelledOut(written), place);
  const about = check(
    aboutSchema,
    { exposure: root.exposure, target: asRecord(root.target)?.column ?? root.target ?? root.outcome },
    '',
  );
  const names = parsed.edges.flatMap(({ from, to }) => [from, to]);
  return {
    map: {
      nodes: parsed.nodes
        ? parsed.nodes.map(({ name, ...rest }) => createNode(name, rest))
        : [...new Set(names)].map((name) => createNode(name)),
      edges: eachOnce(parsed.edges.map(({ from, to, kind, ...given }) => createEdge(from, to, kind, given))),
      ...(parsed.comments && { comments: parsed.comments }),
      ...(parsed.lanes && { lanes: parsed.lanes }),
      ...(parsed.forbidden && { forbidden: parsed.forbidden }),
    },
    exposure: about.exposure,
    target: about.target,
  };
}

/** `parseMapJson` in the shape of the other formats: names that are no node of the map are told in warnings. */
export function parseMapText(text: string): Pick<TextMap, 'map' | 'exposures' | 'outcomes' | 'warnings'> {
  const { map, exposure, target } = parseMapJson(text);
  const names = new Set(map.nodes.map((node) => node.name));
  const onMap = (name: string | null) => (name !== null && names.has(name) ? [name] : []);
  const absent = [exposure, target].filter((name) => name !== null && !names.has(name));
  return {
    map,
    exposures: onMap(exposure),
    outcomes: onMap(target),
    warnings: absent.map((name) => `${shownName(name!)} is named in the file but is no node of the map.`),
  };
}

/** Writes a map as JSON that `parseMapJson` reads back. */
export const writeMapJson = (
  map: CausalMap,
  { exposure = null, target = null }: { readonly exposure?: string | null; readonly target?: string | null } = {},
): string => `${JSON.stringify({ format: 'counterpoise-map', version: 1, exposure, target, ...map }, null, 2)}\n`;

const asRecord = (value: unknown): Record<string, unknown> | null =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : null;

const listKeys = (record: Record<string, unknown>): string =>
  Object.keys(record)
    .slice(0, 6)
    .map((key) => JSON.stringify(key))
    .join(', ') || 'an empty object';

/** The short forms written in full. */
function spelledOut({ nodes, edges = [], ...rest }: Record<string, unknown>): unknown {
  return {
    ...rest,
    nodes: Array.isArray(nodes)
      ? nodes.map((node: unknown) => (typeof node === 'string' ? { name: node } : node))
      : nodes,
    edges: Array.isArray(edges)
      ? edges.map((edge: unknown) => {
          if (!Array.isArray(edge)) return edge;
          if (edge.length === 2) return { from: edge[0], to: edge[1] };
          return edge.length === 3 ? { from: edge[0], kind: edge[1], to: edge[2] } : edge;
        })
      : edges,
  };
}

function check<T>(schema: v.GenericSchema<unknown, T>, value: unknown, place: string): T {
  const result = v.safeParse(schema, value);
  if (result.success) return result.output;
  const issue = result.issues[0];
  const path = (issue.path ?? [])
    .map(({ key }) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`))
    .join('')
    .replace(/^\./, '');
  throw new EngineError(
    'bad-map',
    `${place}${path}: expected ${issue.expected ?? 'another value'} but found ${issue.received}.`,
    { path },
  );
}

function eachOnce(edges: readonly MapEdge[]): MapEdge[] {
  const found = new Map<string, MapEdge>();
  for (const edge of edges) {
    const ends = edge.kind === '<->' && edge.to < edge.from ? [edge.to, edge.from] : [edge.from, edge.to];
    const key = JSON.stringify([...ends, edge.kind]);
    if (!found.has(key)) found.set(key, edge);
  }
  return [...found.values()];
}
