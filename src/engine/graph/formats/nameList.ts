import { dagittyName } from './dagittyCode';
import { parseError, readQuoted } from './tokens';

export interface SeparationQuery {
  readonly x: readonly string[];
  readonly y: readonly string[];
  readonly z: readonly string[];
}

/**
 * Reads a separation query such as `A,B;C|D,E`: are {A, B} and {C} separated by {D, E}? The part after `|` may be missing or
 * empty. Blanks around names are dropped; a name that holds `,` `;` or `|`, or begins with a double quote, is quoted as in
 * DAGitty code.
 * @throws EngineError `parse-error` with the column.
 */
export function parseNameList(text: string): SeparationQuery {
  const hint = 'write queries as A,B;C|D,E.';
  const [x, y, z] = readLists(text, [';', '|'], hint);
  if (!y) throw parseError(text, text.length, `expected ";" and a second list; ${hint}`);
  return { x: x!, y, z: z ?? [] };
}

/** Reads a set of nodes such as `A,B`, names as in `parseNameList`; blank text is the empty set. @throws EngineError `parse-error`. */
export const parseNameSet = (text: string): string[] => readLists(text, [], 'write the set as A,B.')[0]!;

/** Lists of names, each ended by the next separator; only the last one that there can be may be empty. */
function readLists(text: string, separators: readonly string[], hint: string): string[][] {
  const lists: string[][] = [[]];
  let at = 0;
  const skipBlanks = () => {
    while (/\s/.test(text[at] ?? '')) at++;
  };
  for (;;) {
    skipBlanks();
    const start = at;
    let name = '';
    if (text[at] === '"') {
      const { value, end } = readQuoted(text, at);
      name = value;
      at = end;
      skipBlanks();
      if (at < text.length && !',;|'.includes(text[at]!))
        throw parseError(text, at, `expected "," ";" or "|" after ${JSON.stringify(name)}.`);
    } else {
      while (at < text.length && !',;|'.includes(text[at]!)) at++;
      name = text.slice(start, at).trimEnd();
    }
    const separator = text[at];
    const isEmptyLast = lists.length > separators.length && lists.at(-1)!.length === 0 && separator === undefined;
    if (name !== '') lists.at(-1)!.push(name);
    else if (!isEmptyLast) throw parseError(text, start, `expected a name; ${hint}`);
    at++;
    if (separator === undefined) return lists;
    if (separator === ',') continue;
    if (separator !== separators[lists.length - 1])
      throw parseError(text, at - 1, `found "${separator}" out of place; ${hint}`);
    lists.push([]);
  }
}

/** The inverse of `parseNameList`. */
export function writeNameList({ x, y, z }: SeparationQuery): string {
  const list = (names: readonly string[]) => names.map(dagittyName).join(',');
  return `${list(x)};${list(y)}${z.length > 0 ? `|${list(z)}` : ''}`;
}
