import { type CausalMap, createEdge, createNode, type MapEdge } from '../causalMap';
import type { TextMap } from './textMap';
import { parseError } from './tokens';

/**
 * DAGitty's first text form: a line `name flags @x,y` for each variable (flags E, O, A, U or 1), a blank line, then for
 * each variable its list of effects, or a matrix of 0 and 1. Blanks in names are written %20.
 */
export function isLegacyCode(text: string): boolean {
  const blocks = text.trim().split(/\r?\n[ \t]*\r?\n/);
  return blocks.length === 2 && !/["{}]|->|<-|--/.test(text) && /^\S+[ \t]+[EOAU1]\b/m.test(blocks[0]!);
}

/**
 * Reads the form that `isLegacyCode` knows. An arrow listed in both directions is `<->`.
 * @throws EngineError `parse-error` for a line that does not fit.
 */
export function parseLegacyCode(text: string): TextMap {
  const lines: { words: string[]; at: number }[] = [];
  let split = -1;
  let at = 0;
  for (const line of text.split('\n')) {
    const words = line.trim().split(/\s+/).filter(Boolean);
    if (words.length > 0) lines.push({ words, at });
    else if (lines.length > 0 && split < 0) split = lines.length;
    at += line.length + 1;
  }
  const flags = new Map<string, string[]>();
  const nodes = lines.slice(0, split).map(({ words: [written, ...rest], at: start }) => {
    const name = decoded(written!, text, start);
    const place = rest
      .find((word) => word.startsWith('@'))
      ?.slice(1)
      .split(',')
      .map(Number);
    flags.set(
      name,
      rest.filter((word) => !word.startsWith('@')).flatMap((word) => [...word.toUpperCase()]),
    );
    return createNode(name, {
      latent: flags.get(name)!.includes('U'),
      position: place?.length === 2 && place.every(Number.isFinite) ? { x: place[0]!, y: place[1]! } : null,
    });
  });
  const names = nodes.map((node) => node.name);

  const effects = lines.slice(split);
  const isMatrix =
    effects.length === names.length &&
    effects.every(({ words }) => words.length === names.length && words.every((word) => word === '0' || word === '1'));
  const edges = new Map<string, MapEdge>();
  const draw = (from: string, to: string) => {
    const opposite = JSON.stringify([to, from]);
    if (edges.has(opposite)) edges.set(opposite, createEdge(to, from, '<->'));
    else edges.set(JSON.stringify([from, to]), createEdge(from, to));
  };
  effects.forEach(({ words, at: start }, row) => {
    if (isMatrix) {
      words.forEach((word, column) => {
        if (word === '1') draw(names[row]!, names[column]!);
      });
      return;
    }
    const [from, ...to] = words.filter((word) => !word.startsWith('@')).map((word) => decoded(word, text, start));
    for (const name of [from!, ...to])
      if (!names.includes(name))
        throw parseError(text, start, `expected a variable listed above but found ${JSON.stringify(name)}.`);
    for (const name of to) draw(from!, name);
  });

  const flagged = (flag: string) => names.filter((name) => flags.get(name)!.includes(flag));
  const map: CausalMap = { nodes, edges: [...edges.values()] };
  return { map, exposures: flagged('E'), outcomes: flagged('O'), adjusted: flagged('A'), selected: [], warnings: [] };
}

function decoded(word: string, text: string, at: number): string {
  try {
    return decodeURIComponent(word);
  } catch {
    throw parseError(text, at, `expected a name with %20 for blanks but found ${JSON.stringify(word)}.`);
  }
}
