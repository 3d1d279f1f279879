import type { Span } from './expression';
import { textError } from './textError';

export interface Token extends Span {
  /** `name` is a column in backquotes, `word` a bare name or keyword, `mark` an operator or bracket. */
  readonly kind: 'number' | 'text' | 'name' | 'word' | 'mark' | 'end';
  /** Without quotes and escapes; the operator's plain form for a mark. */
  readonly text: string;
}

/** Words that mean something wherever they stand: a column of such a name is written in backquotes. */
export const keywords: ReadonlySet<string> = new Set([
  'and',
  'or',
  'not',
  'in',
  'if',
  'then',
  'else',
  'never',
  'fixed',
  'whole',
  'effect',
  'time',
  'support',
  'off',
  'step',
]);

const wordPattern = /[\p{L}_][\p{L}\p{M}\p{N}_]*/uy;
const numberPattern = /\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|\.\d+(?:[eE][+-]?\d+)?/y;
const markPattern = /\.\.|<=|>=|==|!=|<>|->|&&|\|\||[-+*/^<>=!(),:|≤≥≠×−·]/uy;
/** Other ways of writing an operator. */
const plainMarks: Readonly<Record<string, string>> = {
  '≤': '<=',
  '≥': '>=',
  '≠': '!=',
  '<>': '!=',
  '==': '=',
  '×': '*',
  '·': '*',
  '−': '-',
};
const spelled: Readonly<Record<string, string>> = { '&&': 'and', '||': 'or', '!': 'not', '->': 'if … then …' };
const escapes: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t' };

export const isBareName = (name: string): boolean => {
  wordPattern.lastIndex = 0;
  return wordPattern.exec(name)?.[0] === name && !keywords.has(name);
};

/**
 * The pieces of a rule text; a comment starts with # and ends it.
 * @throws EngineError `bad-rule` with the place of a quote that is not closed or a character that begins nothing.
 */
export function tokenize(text: string): { readonly tokens: readonly Token[]; readonly comment: string | null } {
  const tokens: Token[] = [];
  const match = (pattern: RegExp, at: number): string | null => {
    pattern.lastIndex = at;
    return pattern.exec(text)?.[0] ?? null;
  };
  let at = 0;
  let comment: string | null = null;
  while (at < text.length) {
    const character = text[at]!;
    if (/\s/u.test(character)) {
      at++;
      continue;
    }
    if (character === '#') {
      comment = text.slice(at + 1).trim();
      break;
    }
    if (character === '"' || character === "'" || character === '`' || character === '“') {
      const quoted = readQuoted(text, at);
      tokens.push({
        kind: character === '`' ? 'name' : 'text',
        text: quoted.text,
        from: at,
        to: quoted.to,
      });
      at = quoted.to;
      continue;
    }
    const number = match(numberPattern, at);
    const word = number === null ? match(wordPattern, at) : null;
    const mark = number === null && word === null ? match(markPattern, at) : null;
    const found = number ?? word ?? mark;
    if (found === null)
      throw textError(
        { from: at, to: at + 1 },
        `"${character}" has no meaning here; a column with an odd name is written in backquotes, as in \`dose (mg)\`.`,
      );
    const span = { from: at, to: at + found.length };
    if (mark !== null && Object.hasOwn(spelled, mark))
      throw textError(span, `"${mark}" is written "${spelled[mark]}" here.`);
    tokens.push({
      kind: number !== null ? 'number' : word !== null ? 'word' : 'mark',
      text: mark === null ? found : (plainMarks[mark] ?? mark),
      ...span,
    });
    at = span.to;
  }
  tokens.push({ kind: 'end', text: '', from: at, to: at });
  return { tokens, comment };
}

function readQuoted(text: string, from: number): { readonly text: string; readonly to: number } {
  const quote = text[from] === '“' ? '”' : text[from]!;
  let out = '';
  for (let at = from + 1; at < text.length; at++) {
    const character = text[at]!;
    if (character === quote) return { text: out, to: at + 1 };
    if (character !== '\\' || at + 1 === text.length) out += character;
    else {
      at++;
      out += escapes[text[at]!] ?? text[at]!;
    }
  }
  throw textError({ from, to: text.length }, `this ${quote} is never closed: add one at the end of the text or name.`);
}
