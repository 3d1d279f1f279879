import type { CausalMap } from '../causalMap';
import { createMapBuilder } from './builtMap';
import { escapedName, hiddenAsOrdinary, unescapedName, withHiddenCauses } from './names';
import type { TextMap } from './textMap';
import { parseError } from './tokens';

/**
 * Reads the model string of the R package bnlearn: `[A][B|A][C|A:B]`, one bracket a node, its parents after the bar. %XX in a
 * name stands for a character that the format cannot hold, see `escapedName`.
 * @throws EngineError `parse-error` with line and column; also for a parent without a bracket of its own.
 */
export function parseBnlearn(text: string): TextMap {
  const built = createMapBuilder();
  const own = new Set<string>();
  const parents: { readonly name: string; readonly child: string; readonly at: number }[] = [];
  const skipBlanks = (from: number): number => {
    let at = from;
    while (/\s/.test(text[at] ?? '')) at++;
    return at;
  };
  let at = skipBlanks(0);
  while (at < text.length) {
    if (text[at] !== '[')
      throw parseError(text, at, 'expected "[": a model string is [A][B|A] with a bracket for each node.');
    const end = text.indexOf(']', at);
    if (end < 0) throw parseError(text, at, 'this "[" is never closed; expected "]".');
    const inner = text.slice(at + 1, end);
    const bar = inner.indexOf('|');
    const readName = (written: string, offset: number): string => {
      const name = unescapedName(written.trim());
      if (name === '') throw parseError(text, offset, 'expected a name.');
      if (/[[\]|]/.test(written))
        throw parseError(text, offset, `${JSON.stringify(written)} is no name: write %7C for a bar in it.`);
      return name;
    };
    const child = readName(bar < 0 ? inner : inner.slice(0, bar), at + 1);
    if (own.has(child))
      throw parseError(text, at, `${JSON.stringify(child)} has a bracket already; write all its parents in one.`);
    own.add(child);
    built.node(child);
    let offset = at + 2 + bar;
    for (const written of bar < 0 ? [] : inner.slice(bar + 1).split(':')) {
      parents.push({ name: readName(written, offset), child, at: offset });
      offset += written.length + 1;
    }
    at = skipBlanks(end + 1);
  }
  for (const { name, child, at: place } of parents) {
    if (!own.has(name))
      throw parseError(text, place, `${JSON.stringify(name)} has no bracket of its own; add [${name}].`);
    built.edge(name, child);
  }
  return built.build();
}

/** Characters that a name keeps inside a bracket; a blank only between others. */
const plain = /[^[\]|:"{},%\s]|%/u;
const written = (name: string): string => escapedName(name, plain);

/** Writes the model string of bnlearn. Unrecorded nodes read as ordinary ones; a `<->` becomes such a node. */
export function writeBnlearn(drawn: CausalMap): { text: string; losses: string[] } {
  const { map, losses } = withHiddenCauses(drawn, 'A model string');
  const brackets = map.nodes.map(({ name }) => {
    const parents = map.edges.filter(({ to }) => to === name).map(({ from }) => written(from));
    return `[${written(name)}${parents.length > 0 ? `|${parents.join(':')}` : ''}]`;
  });
  return { text: `${brackets.join('')}\n`, losses: [...losses, ...hiddenAsOrdinary(map, 'A model string')] };
}
