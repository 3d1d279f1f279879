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
  const lists: string[][] = [[], [], []];
  let list = 0;
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
    const isEmptyThird = list === 2 && lists[2]!.length === 0 && separator === undefined;
    if (name !== '') lists[list]!.push(name);
    else if (!isEmptyThird) throw parseError(text, start, 'expected a name; write queries as A,B;C|D,E.');
    at++;
    if (separator === undefined) break;
    if (separator === ',') continue;
    const wanted = list === 0 ? ';' : '|';
    if (list === 2 || separator !== wanted)
      throw parseError(text, at - 1, `found "${separator}" out of place; write queries as A,B;C|D,E.`);
    list++;
  }
  if (list === 0) throw parseError(text, text.length, 'expected ";" and a second list; write queries as A,B;C|D,E.');
  return { x: lists[0]!, y: lists[1]!, z: lists[2]! };
}

/** The inverse of `parseNameList`. */
export function writeNameList({ x, y, z }: SeparationQuery): string {
  const list = (names: readonly string[]) => names.map(dagittyName).join(',');
  return `${list(x)};${list(y)}${z.length > 0 ? `|${list(z)}` : ''}`;
}
