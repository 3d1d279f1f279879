import type { CausalMap } from '../causalMap';
import { createMapBuilder } from './builtMap';
import { withEntities, withoutEntities } from './entities';
import { withHiddenCauses } from './names';
import { coordinate, type TextMap } from './textMap';
import { parseError } from './tokens';
import { type Cursor, cursorOver, type Lexicon } from './words';

const lexicon: Lexicon = {
  word: /[^\s[\]"#]+/y,
  marks: '[]',
  comment: /#[^\n]*/y,
  quoted(text, start) {
    const end = text.indexOf('"', start + 1);
    if (end < 0) throw parseError(text, start, 'this quote is never closed; expected another double quote.');
    return { value: withoutEntities(text.slice(start + 1, end)), end: end + 1 };
  },
};

/** A list of keys and values; a value is a text or a list. Keys may be repeated. */
interface Entry {
  readonly key: string;
  readonly value: string | readonly Entry[];
  readonly at: number;
}
const DEPTH_LIMIT = 100;

function readList(cursor: Cursor, text: string, depth: number): Entry[] {
  const entries: Entry[] = [];
  while (cursor.peek().kind === 'bare') {
    const { text: key, at } = cursor.next();
    if (cursor.isMark('[')) {
      if (depth >= DEPTH_LIMIT) throw parseError(text, at, `lists are nested more than ${DEPTH_LIMIT} deep.`);
      cursor.next();
      entries.push({ key: key.toLowerCase(), value: readList(cursor, text, depth + 1), at });
      cursor.take(']');
    } else entries.push({ key: key.toLowerCase(), value: cursor.name(`a value for ${key}`), at });
  }
  return entries;
}

const textOf = (entries: readonly Entry[], key: string): string | null => {
  const found = entries.find((entry) => entry.key === key)?.value;
  return typeof found === 'string' ? found : null;
};
const listOf = (entries: readonly Entry[], key: string): readonly Entry[] => {
  const found = entries.find((entry) => entry.key === key)?.value;
  return typeof found === 'object' ? found : [];
};

/**
 * Reads GML, as networkx, DoWhy, igraph and Gephi write it: `graph [ directed 1 node [ id 0 label "X" ] edge [ source 0
 * target 1 ] ]`. A node is named by its label, else by its id; `observed "no"` marks it as unrecorded.
 * @throws EngineError `parse-error` with line and column; also for a graph that says it is undirected.
 */
export function parseGml(text: string): TextMap {
  const cursor = cursorOver(text, lexicon);
  const top = readList(cursor, text, 0);
  if (cursor.peek().kind !== 'end') throw cursor.fail('a key');
  const graphEntry = top.find(({ key }) => key === 'graph');
  if (!graphEntry || typeof graphEntry.value === 'string')
    throw parseError(text, graphEntry?.at ?? 0, 'expected graph [ … ] with nodes and edges inside.');
  const graph = graphEntry.value;
  if (textOf(graph, 'directed') !== '1')
    throw parseError(text, graphEntry.at, 'the graph is undirected; a causal map needs "directed 1" and arrows.');
  const built = createMapBuilder();
  const nameOf = new Map<string, string>();
  for (const { key, value, at } of graph) {
    if (key !== 'node' || typeof value === 'string') continue;
    const id = textOf(value, 'id');
    const name = textOf(value, 'label') || id;
    if (id === null || !name) throw parseError(text, at, 'this node has no id; give it one, such as id 0.');
    if (nameOf.has(id)) throw parseError(text, at, `the id ${JSON.stringify(id)} was given to a node before.`);
    nameOf.set(id, name);
    const [x, y] = ['x', 'y'].map((axis) => textOf(listOf(value, 'graphics'), axis));
    const position =
      x && y && Number.isFinite(Number(x)) && Number.isFinite(Number(y)) ? { x: Number(x), y: Number(y) } : null;
    built.node(name, { latent: /^(no|0|false)$/i.test(textOf(value, 'observed') ?? ''), position });
  }
  for (const { key, value, at } of graph) {
    if (key !== 'edge' || typeof value === 'string') continue;
    const [from, to] = (['source', 'target'] as const).map((end) => {
      const id = textOf(value, end);
      const name = id === null ? undefined : nameOf.get(id);
      if (name === undefined)
        throw parseError(
          text,
          at,
          `the ${end} ${id === null ? 'is missing' : `${JSON.stringify(id)} is no node`}; write the id of a node.`,
        );
      return name;
    });
    built.edge(from!, to!);
  }
  return built.build();
}

const special = /["&\r\n]|[^\x20-\x7e]/u;

/**
 * Writes GML with numbered nodes and their names as labels, which networkx, igraph and Gephi all read. Unrecorded nodes have
 * observed "no"; a `<->` becomes such a node, because GML has no double arrow.
 */
export function writeGml(drawn: CausalMap): { text: string; losses: string[] } {
  const { map, losses } = withHiddenCauses(drawn, 'GML');
  const idOf = new Map(map.nodes.map(({ name }, i) => [name, i]));
  const nodes = map.nodes.map(({ name, latent, position }, i) => {
    const place = position ? ` graphics [ x ${coordinate(position.x)} y ${coordinate(position.y)} ]` : '';
    return `  node [ id ${i} label "${withEntities(name, special)}"${latent ? ' observed "no"' : ''}${place} ]\n`;
  });
  const edges = map.edges.map(({ from, to }) => `  edge [ source ${idOf.get(from)} target ${idOf.get(to)} ]\n`);
  return { text: `graph [\n  directed 1\n${nodes.join('')}${edges.join('')}]\n`, losses };
}
