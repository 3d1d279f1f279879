import type { CausalMap } from '../causalMap';
import { stateLoss } from './bif';
import { createMapBuilder, noProbabilities } from './builtMap';
import { hiddenAsOrdinary, withHiddenCauses } from './names';
import { coordinate, type TextMap } from './textMap';
import { parseError, quoted } from './tokens';
import { type Cursor, cursorOver, type Lexicon } from './words';

const lexicon: Lexicon = {
  word: /[^\s{}()|;="%]+/y,
  marks: '{}()|;=',
  comment: /%[^\n]*/y,
};
const nodeWords = [
  'discrete',
  'continuous',
  'utility',
  'decision',
  'function',
  'boolean',
  'interval',
  'numbered',
  'labelled',
];

/** The label and the position in the block of a node; the rest is skipped. */
function readBlock(cursor: Cursor): { label: string | null; position: { x: number; y: number } | null } {
  let label: string | null = null;
  let position: { x: number; y: number } | null = null;
  cursor.take('{');
  while (!cursor.isMark('}')) {
    const key = cursor.name('an attribute or "}"');
    cursor.take('=');
    if (key === 'label' && cursor.peek().kind === 'quoted') label = cursor.next().text;
    else if (key === 'position' && cursor.isMark('(')) {
      cursor.next();
      const [x, y] = [Number(cursor.name('a number')), Number(cursor.name('a number'))];
      if (Number.isFinite(x) && Number.isFinite(y)) position = { x, y };
    }
    cursor.skipPast(';');
  }
  cursor.take('}');
  return { label, position };
}

/**
 * Reads the structure of a network in the NET format of Hugin. A node is named by its label where it has one. Probabilities
 * are left out, and told so.
 * @throws EngineError `parse-error` with line and column.
 */
export function parseNet(text: string): TextMap {
  const cursor = cursorOver(text, lexicon);
  const built = createMapBuilder();
  const nameOf = new Map<string, string>();
  let hasNumbers = false;
  while (cursor.peek().kind !== 'end') {
    if (cursor.isWord('net')) {
      cursor.next();
      cursor.skipBlock('{', '}');
      continue;
    }
    if (cursor.isWord('potential')) {
      cursor.next();
      cursor.take('(');
      const readNode = (): string => {
        const { at } = cursor.peek();
        const id = cursor.name('the name of a node');
        const name = nameOf.get(id);
        if (name === undefined)
          throw parseError(text, at, `there is no node ${JSON.stringify(id)} above; declare it first.`);
        return name;
      };
      const child = readNode();
      if (cursor.isMark('|')) cursor.next();
      while (!cursor.isMark(')')) built.edge(readNode(), child);
      cursor.next();
      hasNumbers ||= cursor.peek(1).text !== '}';
      cursor.skipBlock('{', '}');
      continue;
    }
    while (nodeWords.some((word) => cursor.isWord(word))) cursor.next();
    if (!cursor.isWord('node')) throw cursor.fail('"net", "node" or "potential"');
    cursor.next();
    const { at } = cursor.peek();
    const id = cursor.name('the name of a node');
    const { label, position } = readBlock(cursor);
    const name = label || id;
    if (nameOf.has(id)) throw parseError(text, at, `the node ${JSON.stringify(id)} is declared twice.`);
    if ([...nameOf.values()].includes(name))
      throw parseError(text, at, `two nodes have the label ${JSON.stringify(name)}; give them different ones.`);
    nameOf.set(id, name);
    built.node(name, { position });
  }
  if (nameOf.size === 0) throw parseError(text, 0, 'the network has no node.');
  if (hasNumbers) built.warn(noProbabilities);
  return built.build();
}

/** Writes the structure in the NET format of Hugin: names that are no identifiers stand in the label of a numbered node. */
export function writeNet(drawn: CausalMap): { text: string; losses: string[] } {
  const { map, losses } = withHiddenCauses(drawn, 'NET');
  const isIdentifier = (name: string) => /^[A-Za-z][A-Za-z0-9_]*$/.test(name) && !reserved.has(name.toLowerCase());
  const taken = new Set(map.nodes.map(({ name }) => name));
  let count = 0;
  const idOf = new Map(
    map.nodes.map(({ name }) => {
      if (isIdentifier(name)) return [name, name];
      do count++;
      while (taken.has(`n${count}`));
      return [name, `n${count}`];
    }),
  );
  const nodes = map.nodes.map(({ name, position }) => {
    const id = idOf.get(name)!;
    const label = id === name ? '' : `  label = ${quoted(name)};\n`;
    const place = position ? `  position = (${coordinate(position.x)} ${coordinate(position.y)});\n` : '';
    return `node ${id} {\n${label}${place}  states = ("s0" "s1");\n}\n`;
  });
  const potentials = map.nodes.map(({ name }) => {
    const parents = map.edges.filter(({ to }) => to === name).map(({ from }) => idOf.get(from)!);
    return `potential (${idOf.get(name)!}${parents.length > 0 ? ` | ${parents.join(' ')}` : ''}) { }\n`;
  });
  return {
    text: `net { }\n${nodes.join('')}${potentials.join('')}`,
    losses: [...losses, ...hiddenAsOrdinary(map, 'NET'), stateLoss],
  };
}

const reserved = new Set(['net', 'node', 'potential', 'class', ...nodeWords]);
