import type { CausalMap } from '../causalMap';
import { createMapBuilder } from './builtMap';
import { escapedName, unescapedName } from './names';
import type { TextMap } from './textMap';
import { parseError } from './tokens';

const edgeLine = /^\s*(?:\d+\.\s*)?(\S+)\s+(\S+)\s+(\S+)/;
const undecided = /^(?:---|--o|o--|o->|<-o|o-o|<--o|o-->)$/;

/** The name and whether it stands in parentheses, as unrecorded variables do. */
function readName(written: string): { name: string; latent: boolean } {
  const inner = /^\((.+)\)$/.exec(written)?.[1];
  return { name: unescapedName(inner ?? written), latent: inner !== undefined };
}

/**
 * Reads the text that Tetrad and causal-learn write: `Graph Nodes:` with names between semicolons, unrecorded ones in
 * parentheses, then `Graph Edges:` with one `1. A --> B` a line. What follows an edge on its line, and further sections, are
 * read over. %XX in a name as in `escapedName`.
 * @throws EngineError `parse-error` with line and column; also for edges without a direction or with circle marks.
 */
export function parseTetrad(text: string): TextMap {
  const built = createMapBuilder();
  const known = new Set<string>();
  let section: 'none' | 'nodes' | 'edges' | 'other' = 'none';
  let at = 0;
  for (const line of text.split('\n')) {
    const start = at + line.length - line.trimStart().length;
    at += line.length + 1;
    const head = /^\s*Graph (Nodes|Edges)\s*:/.exec(line);
    if (head) {
      section = head[1] === 'Nodes' ? 'nodes' : 'edges';
      readNodes(line.slice(head[0].length), section);
      continue;
    }
    if (/^\s*Graph [\w ]*:/.test(line)) section = 'other';
    if (line.trim() === '' || section === 'other') continue;
    if (section === 'none') throw parseError(text, start, 'expected "Graph Nodes:" first.');
    if (section === 'nodes') {
      readNodes(line, section);
      continue;
    }
    const [, left, mark, right] = edgeLine.exec(line) ?? [];
    if (!left || !mark || !right) throw parseError(text, start, 'expected an edge such as "1. A --> B".');
    if (undecided.test(mark))
      throw parseError(text, start, `${left} ${mark} ${right} has no clear direction; a causal map needs --> or <->.`);
    if (!['-->', '<--', '<->', '<-->'].includes(mark))
      throw parseError(text, start, `expected --> or <-> between two names but found ${JSON.stringify(mark)}.`);
    const [a, b] = [readName(left), readName(right)];
    for (const { name } of [a, b])
      if (!known.has(name))
        throw parseError(text, start, `${JSON.stringify(name)} is not among the graph nodes above; add it there.`);
    if (mark === '-->') built.edge(a.name, b.name);
    else if (mark === '<--') built.edge(b.name, a.name);
    else built.edge(a.name, b.name, '<->');
  }
  if (section === 'none') throw parseError(text, 0, 'expected "Graph Nodes:".');
  return built.build();

  function readNodes(line: string, where: string): void {
    if (where !== 'nodes') return;
    for (const part of line.split(/[;,]/)) {
      if (part.trim() === '') continue;
      const { name, latent } = readName(part.trim());
      known.add(name);
      built.node(name, { latent });
    }
  }
}

const plain = /[^\s;,()%]|%/u;
const written = (name: string): string => escapedName(name, plain);

/** Writes the text of Tetrad and causal-learn. Names hold no blanks there: they are written as %20. */
export function writeTetrad(map: CausalMap): { text: string; losses: string[] } {
  const nodes = map.nodes.map(({ name, latent }) => (latent ? `(${written(name)})` : written(name)));
  const edges = map.edges.map(
    ({ from, to, kind }, i) => `${i + 1}. ${written(from)} ${kind === '->' ? '-->' : '<->'} ${written(to)}\n`,
  );
  return { text: `Graph Nodes:\n${nodes.join(';')}\n\nGraph Edges:\n${edges.join('')}`, losses: [] };
}
