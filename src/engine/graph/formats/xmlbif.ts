import type { CausalMap } from '../causalMap';
import { stateLoss } from './bif';
import { createMapBuilder, noProbabilities } from './builtMap';
import { withEntities, withoutEntities } from './entities';
import { hiddenAsOrdinary, withHiddenCauses } from './names';
import { coordinate, type TextMap } from './textMap';
import { parseError } from './tokens';

interface Piece {
  readonly kind: 'open' | 'close' | 'text';
  /** The tag in upper case, or the text without entities. */
  readonly value: string;
  readonly at: number;
}

/** Tags and texts one after the other; comments, declarations and instructions are read over. */
function piecesOf(text: string): Piece[] {
  const pieces: Piece[] = [];
  const until = (end: string, from: number, at: number): number => {
    const found = text.indexOf(end, from);
    if (found < 0) throw parseError(text, at, `this is never closed; expected "${end}".`);
    return found + end.length;
  };
  let at = 0;
  while (at < text.length) {
    if (text[at] !== '<') {
      const end = text.indexOf('<', at);
      const stop = end < 0 ? text.length : end;
      const raw = text.slice(at, stop);
      // Blanks around a text are layout; those written as entities are part of it.
      if (raw.trim() !== '') pieces.push({ kind: 'text', value: withoutEntities(raw.trim()), at });
      at = stop;
    } else if (text.startsWith('<!--', at)) at = until('-->', at + 4, at);
    else if (text.startsWith('<![CDATA[', at)) {
      const end = until(']]>', at + 9, at);
      pieces.push({ kind: 'text', value: text.slice(at + 9, end - 3), at });
      at = end;
    } else if (text.startsWith('<?', at)) at = until('?>', at, at);
    else if (text.startsWith('<!', at)) {
      // A document type may hold declarations in brackets.
      const bracket = text.indexOf('[', at);
      const close = text.indexOf('>', at);
      at = bracket >= 0 && bracket < close ? until('>', until(']', bracket, at), at) : until('>', at, at);
    } else {
      const end = until('>', at, at);
      const inner = text.slice(at + 1, end - 1);
      const tag = /^\/?\s*([A-Za-z]\w*)/.exec(inner)?.[1]?.toUpperCase();
      if (!tag) throw parseError(text, at, 'expected a tag such as <VARIABLE>; write &lt; for a "<" in a text.');
      if (inner.startsWith('/')) pieces.push({ kind: 'close', value: tag, at });
      else {
        pieces.push({ kind: 'open', value: tag, at });
        if (inner.endsWith('/')) pieces.push({ kind: 'close', value: tag, at });
      }
      at = end;
    }
  }
  return pieces;
}

/**
 * Reads the structure of a network in XMLBIF 0.3: VARIABLE with NAME, DEFINITION with FOR and GIVEN. Tables are left out, and
 * told so.
 * @throws EngineError `parse-error` with line and column.
 */
export function parseXmlbif(text: string): TextMap {
  const built = createMapBuilder();
  const known = new Set<string>();
  const open: { readonly tag: string; readonly at: number }[] = [];
  const definitions: { child: string | null; readonly given: { name: string; at: number }[]; readonly at: number }[] =
    [];
  let hasNumbers = false;
  let variable: string | null = null;
  for (const { kind, value, at } of piecesOf(text)) {
    if (kind === 'open') {
      open.push({ tag: value, at });
      if (value === 'VARIABLE') variable = null;
      if (value === 'DEFINITION') definitions.push({ child: null, given: [], at });
      continue;
    }
    if (kind === 'close') {
      const last = open.pop();
      if (last?.tag !== value)
        throw parseError(
          text,
          at,
          last ? `expected </${last.tag}> but found </${value}>.` : `</${value}> closes nothing.`,
        );
      if (value === 'VARIABLE' && variable === null) throw parseError(text, last.at, 'this variable has no NAME.');
      continue;
    }
    const [tag, parent] = [open.at(-1)?.tag, open.at(-2)?.tag];
    const name = value;
    if (tag === 'NAME' && parent === 'VARIABLE') {
      if (known.has(name)) throw parseError(text, at, `the variable ${JSON.stringify(name)} is declared twice.`);
      variable = name;
      known.add(name);
      built.node(name);
    } else if (tag === 'PROPERTY' && variable !== null && parent === 'VARIABLE') {
      const place = /^position\s*=\s*\(\s*([^\s,()]+)\s*[\s,]\s*([^\s,()]+)\s*\)$/.exec(name);
      const [x, y] = [Number(place?.[1]), Number(place?.[2])];
      if (Number.isFinite(x) && Number.isFinite(y)) built.node(variable, { position: { x, y } });
    } else if (tag === 'FOR') {
      const definition = definitions.at(-1);
      if (!definition) throw parseError(text, at, 'FOR stands outside of a DEFINITION.');
      requireKnown(name, at);
      definition.child = name;
    } else if (tag === 'GIVEN') {
      requireKnown(name, at);
      definitions.at(-1)?.given.push({ name, at });
    } else if (tag === 'TABLE') hasNumbers = true;
  }
  const left = open.at(-1);
  if (left) throw parseError(text, left.at, `<${left.tag}> is never closed.`);
  if (known.size === 0) throw parseError(text, 0, 'expected <BIF> with a <NETWORK> that has variables.');
  for (const { child, given, at } of definitions) {
    if (child === null) throw parseError(text, at, 'this definition has no FOR: say whose law it is.');
    for (const { name } of given) built.edge(name, child);
  }
  if (hasNumbers) built.warn(noProbabilities);
  return built.build();

  function requireKnown(name: string, at: number): void {
    if (!known.has(name))
      throw parseError(text, at, `there is no variable ${JSON.stringify(name)} above; declare it first.`);
  }
}

const xmlText = (text: string): string => {
  const blank = (run: string) => withEntities(run, /\s/u);
  return withEntities(text, /[&<>"']/u).replace(/^\s+|\s+$|[\r\n\t]+/gu, blank);
};

/** Writes the structure as XMLBIF 0.3; states, tables, unrecorded nodes and `<->` as in BIF. */
export function writeXmlbif(drawn: CausalMap): { text: string; losses: string[] } {
  const { map, losses } = withHiddenCauses(drawn, 'XMLBIF');
  const variables = map.nodes.map(({ name, position }) => {
    const place = position
      ? `<PROPERTY>position = (${coordinate(position.x)}, ${coordinate(position.y)})</PROPERTY>`
      : '';
    return `  <VARIABLE TYPE="nature"><NAME>${xmlText(name)}</NAME><OUTCOME>s0</OUTCOME><OUTCOME>s1</OUTCOME>${place}</VARIABLE>\n`;
  });
  const definitions = map.nodes.map(({ name }) => {
    const given = map.edges.filter(({ to }) => to === name).map(({ from }) => `<GIVEN>${xmlText(from)}</GIVEN>`);
    return `  <DEFINITION><FOR>${xmlText(name)}</FOR>${given.join('')}</DEFINITION>\n`;
  });
  return {
    text: `<?xml version="1.0" encoding="UTF-8"?>\n<BIF VERSION="0.3">\n<NETWORK>\n  <NAME>map</NAME>\n${variables.join('')}${definitions.join('')}</NETWORK>\n</BIF>\n`,
    losses: [...losses, ...hiddenAsOrdinary(map, 'XMLBIF'), stateLoss],
  };
}
