import type { CausalMap } from '../causalMap';
import { createMapBuilder } from './builtMap';
import { withEntities, withoutEntities } from './entities';
import type { TextMap } from './textMap';
import { parseError } from './tokens';

const idPattern = /[\p{L}\p{M}\p{N}_](?:[\p{L}\p{M}\p{N}_.]|-(?![-.>]))*/uy;
/** Links with or without text: `-->`, `-- text -->`, `-->|text|`, `-.->`, `==>`, `<-->` and undirected ones. */
const linkPattern =
  /(<|x|o)?(?:--+|==+|-\.+-?)(?:\s*"[^"\n]*"\s*(?:--+|==+|\.+-)|\s+[^-=.|>\n"][^-=.|>\n]*?\s*(?:--+|==+|\.+-))?(>|x|o)?/y;
const shapes: readonly (readonly [string, string])[] = [
  ['([', '])'],
  ['((', '))'],
  ['[[', ']]'],
  ['[(', ')]'],
  ['{{', '}}'],
  ['[', ']'],
  ['(', ')'],
  ['{', '}'],
  ['>', ']'],
];
const skipped = /^(?:classDef|style|linkStyle|click|subgraph|end|direction|accTitle|accDescr)\b/;

/**
 * Reads a Mermaid flowchart: `A["label"] --> B`, chains, `A & B --> C`, `<-->` and `<-.->` for unrecorded common causes. A node
 * is named by its label, else by its id; one of the class `latent` is unrecorded. Styles, links and subgraph frames are read
 * over.
 * @throws EngineError `parse-error` with line and column; also for links without an arrowhead.
 */
export function parseMermaid(text: string): TextMap {
  const labels = new Map<string, string>();
  const latent = new Set<string>();
  const order = new Set<string>();
  const links: { readonly from: string; readonly to: string; readonly kind: '->' | '<->' }[] = [];
  let at = 0;
  let isHeadRead = false;
  for (const line of text.split('\n')) {
    const start = at;
    at += line.length + 1;
    const comment = line.search(/%%/);
    const written = (comment < 0 ? line : line.slice(0, comment)).trimEnd();
    let place = written.length - written.trimStart().length;
    if (written.trim() === '' || /^\s*---\s*$/.test(written)) continue;
    if (!isHeadRead) {
      const head = /^\s*(?:flowchart|graph)(?:\s+(?:TB|TD|BT|RL|LR))?\s*;?/.exec(written);
      if (!head) {
        // A front matter of title and settings may come first.
        if (/^\s*\w+\s*:/.test(written)) continue;
        throw parseError(text, start + place, 'expected "flowchart LR" first.');
      }
      isHeadRead = true;
      place = head[0].length;
      if (written.slice(place).trim() === '') continue;
    }
    const classes = /^\s*class\s+(\S+)\s+(\w+)/.exec(written);
    if (classes) {
      if (classes[2] === 'latent') for (const id of classes[1]!.split(',')) latent.add(id);
      continue;
    }
    if (skipped.test(written.trim())) continue;
    readLine(written, place, start);
  }
  if (!isHeadRead) throw parseError(text, 0, 'expected "flowchart LR" first.');
  const built = createMapBuilder();
  const nameOf = (id: string) => labels.get(id) || id;
  for (const id of order) built.node(nameOf(id), { latent: latent.has(id) });
  for (const { from, to, kind } of links) built.edge(nameOf(from), nameOf(to), kind);
  return built.build();

  function readLine(line: string, from: number, offset: number): void {
    let place = from;
    const skipBlanks = () => {
      while (/[\s;]/.test(line[place] ?? '')) place++;
    };
    const readNode = (): string => {
      idPattern.lastIndex = place;
      const id = idPattern.exec(line)?.[0];
      if (!id) throw parseError(text, offset + place, 'expected the id of a node, of letters and digits.');
      place += id.length;
      order.add(id);
      const shape = shapes.find(([open]) => line.startsWith(open, place));
      if (shape) {
        const [open, close] = shape;
        const begin = place + open.length;
        const isQuoted = line[begin] === '"';
        const end = isQuoted ? line.indexOf(`"${close}`, begin + 1) : line.indexOf(close, begin);
        if (end < 0) throw parseError(text, offset + place, `this "${open}" is never closed; expected "${close}".`);
        const label = line.slice(isQuoted ? begin + 1 : begin, end);
        labels.set(id, withoutEntities(isQuoted ? label : label.trim(), '#'));
        place = end + close.length + (isQuoted ? 1 : 0);
      }
      const marked = /^:::(\w+)/.exec(line.slice(place));
      if (marked) {
        if (marked[1] === 'latent') latent.add(id);
        place += marked[0].length;
      }
      return id;
    };
    const readGroup = (): string[] => {
      const group = [readNode()];
      for (;;) {
        const ahead = /^\s*&\s*/.exec(line.slice(place));
        if (!ahead) return group;
        place += ahead[0].length;
        group.push(readNode());
      }
    };
    skipBlanks();
    let left = readGroup();
    skipBlanks();
    while (place < line.length) {
      linkPattern.lastIndex = place;
      const link = linkPattern.exec(line);
      if (!link) {
        // Several statements may stand on one line.
        left = readGroup();
        skipBlanks();
        continue;
      }
      if (link[2] !== '>')
        throw parseError(
          text,
          offset + place,
          `${JSON.stringify(link[0])} has no arrowhead; a causal map needs --> or <-->.`,
        );
      place += link[0].length;
      const label = /^\s*\|[^|\n]*\|/.exec(line.slice(place));
      if (label) place += label[0].length;
      skipBlanks();
      const right = readGroup();
      for (const from of left) for (const to of right) links.push({ from, to, kind: link[1] === '<' ? '<->' : '->' });
      left = right;
      skipBlanks();
    }
  }
}

const special = /["#&<>`\r\n%]/u;

/** Writes a Mermaid flowchart: numbered nodes with their names as labels, unrecorded ones dashed and of the class `latent`. */
export function writeMermaid(map: CausalMap): { text: string; losses: string[] } {
  const idOf = new Map(map.nodes.map(({ name }, i) => [name, `n${i}`]));
  const nodes = map.nodes.map(({ name, latent }) => {
    const label = `"${withEntities(name, special, '#')}"`;
    return `  ${idOf.get(name)}${latent ? `([${label}]):::latent` : `[${label}]`}\n`;
  });
  const edges = map.edges.map(
    ({ from, to, kind }) => `  ${idOf.get(from)} ${kind === '->' ? '-->' : '<-.->'} ${idOf.get(to)}\n`,
  );
  const style = map.nodes.some(({ latent }) => latent) ? '  classDef latent stroke-dasharray: 4 3\n' : '';
  return { text: `flowchart LR\n${nodes.join('')}${edges.join('')}${style}`, losses: [] };
}
