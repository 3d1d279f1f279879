import type { CausalMap } from '../causalMap';
import { parseGraphText } from './graphText';
import { isLegacyCode, parseLegacyCode } from './legacyCode';
import { coordinate, mapOfText, type TextMap } from './textMap';
import { quoted } from './tokens';

/** A map read from DAGitty code, with what only that format says. */
export interface DagittyCode extends TextMap {
  /** dag, pdag, mag, pag, graph or digraph. */
  readonly type: string;
  readonly name: string | null;
  /** Corners x0, y0, x1, y1 of the drawing; null when the code gives none. */
  readonly boundingBox: readonly number[] | null;
}

/**
 * Reads DAGitty model code, with or without its wrapper, and the older list and matrix forms.
 * @throws EngineError `parse-error` with line, column and what was expected; also for edges that are not `->` or `<->`.
 * @see Robust causal inference using directed acyclic graphs: the R package dagitty, Int. J. Epidemiology 45 (2016).
 */
export function parseDagittyCode(text: string): DagittyCode {
  if (isLegacyCode(text)) return { ...parseLegacyCode(text), type: 'dag', name: null, boundingBox: null };
  const graph = parseGraphText(text, 'dagitty');
  const corners = (graph.attributes.get('bb') ?? '').split(',').map(Number);
  return {
    ...mapOfText(graph, text, 'dagitty'),
    type: graph.type,
    name: graph.name,
    boundingBox: corners.length === 4 && corners.every(Number.isFinite) ? corners : null,
  };
}

/** A name as DAGitty code writes it: quoted unless it is made of plain letters, digits, dots and underscores. */
export const dagittyName = (name: string): string =>
  /^[0-9A-Za-z_.]+$/.test(name) && !/^(graph|node)$/i.test(name) ? name : quoted(name);

/**
 * Writes a map as DAGitty code, one statement a line, in map order. Tags, notes and reasons are written as attributes that
 * DAGitty keeps and `parseDagittyCode` reads back, so that parse(write(map)) is the map.
 */
export function writeDagittyCode(
  map: CausalMap,
  roles: { readonly exposures?: readonly string[]; readonly outcomes?: readonly string[] } = {},
): string {
  const lines = map.nodes.map(({ name, latent, selected, tag, note, position }) => {
    const attributes = [
      ...(roles.exposures?.includes(name) ? ['exposure'] : []),
      ...(roles.outcomes?.includes(name) ? ['outcome'] : []),
      ...(latent ? ['latent'] : []),
      ...(selected ? ['selected'] : []),
      ...(position ? [`pos="${coordinate(position.x)},${coordinate(position.y)}"`] : []),
      ...(tag ? [`tag=${quoted(tag)}`] : []),
      ...(note ? [`note=${quoted(note)}`] : []),
    ];
    return `${dagittyName(name)}${attributes.length > 0 ? ` [${attributes.join(',')}]` : ''}`;
  });
  for (const { from, to, kind, reason } of map.edges)
    lines.push(`${dagittyName(from)} ${kind} ${dagittyName(to)}${reason ? ` [reason=${quoted(reason)}]` : ''}`);
  return `dag {\n${lines.map((line) => `${line}\n`).join('')}}\n`;
}
