import type { CausalMap } from '../causalMap';
import { parseGraphText } from './graphText';
import { coordinate, mapOfText, type TextMap } from './textMap';
import { quoted } from './tokens';

/**
 * Reads Graphviz DOT, as written by hand, by DoWhy (`U [observed="no"]`) or by ggdag. `dir=both` and `<->` are unrecorded
 * common causes; subgraphs, ports, comments, defaults and HTML names follow the DOT grammar.
 * @throws EngineError `parse-error` with line, column and what was expected; also for undirected edges.
 * @see https://graphviz.org/doc/info/lang.html
 */
export function parseDot(text: string): TextMap {
  const graph = parseGraphText(text, 'dot');
  const read = mapOfText(graph, text, 'dot');
  const labelled = [...graph.nodes].some(([name, attributes]) => (attributes.get('label') ?? name) !== name);
  return labelled
    ? { ...read, warnings: [...read.warnings, 'Labels were left out: columns are matched by the names in the code.'] }
    : read;
}

const dotName = (name: string): string =>
  /^[A-Za-z_][0-9A-Za-z_]*$/.test(name) && !/^(graph|digraph|node|edge|subgraph|strict)$/i.test(name)
    ? name
    : quoted(name);

/**
 * Writes a map as a Graphviz digraph that DoWhy reads too: every statement ends with a semicolon, latent nodes have
 * observed="no", `<->` is an edge with dir=both. Tags, notes and reasons are attributes, so that parse(write(map)) is the map.
 */
export function writeDot(map: CausalMap): string {
  const statement = (head: string, attributes: readonly string[]) =>
    `  ${head}${attributes.length > 0 ? ` [${attributes.join(', ')}]` : ''};\n`;
  const nodes = map.nodes.map(({ name, latent, selected, tag, note, position }) =>
    statement(dotName(name), [
      ...(latent ? ['observed="no"'] : []),
      ...(selected ? ['selected=yes'] : []),
      ...(position ? [`pos="${coordinate(position.x)},${coordinate(0 - position.y)}"`] : []),
      ...(tag ? [`tag=${quoted(tag)}`] : []),
      ...(note ? [`note=${quoted(note)}`] : []),
    ]),
  );
  const edges = map.edges.map(({ from, to, kind, reason }) =>
    statement(`${dotName(from)} -> ${dotName(to)}`, [
      ...(kind === '<->' ? ['dir=both'] : []),
      ...(reason ? [`reason=${quoted(reason)}`] : []),
    ]),
  );
  return `digraph {\n${nodes.join('')}${edges.join('')}}\n`;
}
