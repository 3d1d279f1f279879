import type { CausalMap } from '../causalMap';
import { createMapBuilder, noProbabilities } from './builtMap';
import { hiddenAsOrdinary, withHiddenCauses } from './names';
import { coordinate, type TextMap } from './textMap';
import { parseError, quoted } from './tokens';
import { type Cursor, cursorOver, type Lexicon } from './words';

const lexicon: Lexicon = {
  word: /[^\s{}()[\]|,;="]+/y,
  marks: '{}()[]|,;=',
  comment: /\/\/[^\n]*|\/\*[\s\S]*?\*\//y,
};

/** Reads `property position = (x, y) ;` inside the block of a variable, and skips all else in it. */
function readVariable(cursor: Cursor): { x: number; y: number } | null {
  let position: { x: number; y: number } | null = null;
  cursor.take('{');
  while (!cursor.isMark('}')) {
    const { kind, text } = cursor.next();
    if (kind === 'end') throw cursor.fail('"}"');
    if (kind === 'bare' && text === 'position' && cursor.isMark('=')) {
      cursor.next();
      if (!cursor.isMark('(')) continue;
      cursor.next();
      const x = Number(cursor.name('a number'));
      if (cursor.isMark(',')) cursor.next();
      const y = Number(cursor.name('a number'));
      if (Number.isFinite(x) && Number.isFinite(y)) position = { x, y };
    } else if (kind === 'mark' && text === '{') {
      while (!cursor.isMark('}')) if (cursor.next().kind === 'end') throw cursor.fail('"}"');
      cursor.next();
    }
  }
  cursor.take('}');
  return position;
}

/**
 * Reads the structure of a Bayesian network in BIF, the interchange format of bnlearn, pgmpy and JavaBayes. Probabilities are
 * left out, and told so.
 * @throws EngineError `parse-error` with line and column.
 */
export function parseBif(text: string): TextMap {
  const cursor = cursorOver(text, lexicon);
  const built = createMapBuilder();
  const known = new Set<string>();
  let hasNumbers = false;
  while (cursor.peek().kind !== 'end') {
    if (cursor.isWord('network')) {
      cursor.next();
      if (!cursor.isMark('{')) cursor.name('a name or "{"');
      cursor.skipBlock('{', '}');
    } else if (cursor.isWord('variable')) {
      cursor.next();
      const name = cursor.name('the name of a variable');
      if (name === '') throw parseError(text, cursor.peek().at, 'expected a name between the quotes.');
      known.add(name);
      built.node(name, { position: readVariable(cursor) });
    } else if (cursor.isWord('probability')) {
      cursor.next();
      cursor.take('(');
      const readVariableName = (): string => {
        const { at } = cursor.peek();
        const name = cursor.name('the name of a variable');
        if (!known.has(name))
          throw parseError(text, at, `there is no variable ${JSON.stringify(name)} above; declare it first.`);
        return name;
      };
      const child = readVariableName();
      if (cursor.isMark('|')) cursor.next();
      while (!cursor.isMark(')')) {
        if (cursor.isMark(',')) cursor.next();
        else built.edge(readVariableName(), child);
      }
      cursor.next();
      const start = cursor.peek();
      if (cursor.isMark('{')) {
        hasNumbers ||= cursor.peek(1).text !== '}';
        cursor.skipBlock('{', '}');
      } else throw parseError(text, start.at, 'expected "{" and the probabilities.');
    } else throw cursor.fail('"network", "variable" or "probability"');
  }
  if (known.size === 0) throw parseError(text, 0, 'the network has no variable.');
  if (hasNumbers) built.warn(noProbabilities);
  return built.build();
}

const bifName = (name: string): string => (/^[A-Za-z_][A-Za-z0-9_.-]*$/.test(name) ? name : quoted(name));

/**
 * Writes the structure as BIF. The format wants states: every variable gets two, s0 and s1, and an empty table, since a map
 * knows no probabilities. Unrecorded nodes read as ordinary ones; a `<->` becomes such a node.
 */
export function writeBif(drawn: CausalMap): { text: string; losses: string[] } {
  const { map, losses } = withHiddenCauses(drawn, 'BIF');
  const variables = map.nodes.map(({ name, position }) => {
    const place = position ? `  property position = (${coordinate(position.x)}, ${coordinate(position.y)}) ;\n` : '';
    return `variable ${bifName(name)} {\n  type discrete [ 2 ] { s0, s1 };\n${place}}\n`;
  });
  const tables = map.nodes.map(({ name }) => {
    const parents = map.edges.filter(({ to }) => to === name).map(({ from }) => bifName(from));
    return `probability ( ${bifName(name)}${parents.length > 0 ? ` | ${parents.join(', ')}` : ''} ) { }\n`;
  });
  return {
    text: `network map { }\n${variables.join('')}${tables.join('')}`,
    losses: [...losses, ...hiddenAsOrdinary(map, 'BIF'), stateLoss],
  };
}

export const stateLoss =
  'A map knows no probabilities: every variable is written with the states s0 and s1 and without a table.';
