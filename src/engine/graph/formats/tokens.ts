import { EngineError } from '../../errors';

/** DAGitty code knows no comments and separates with blanks; Graphviz DOT has comments, HTML strings and ports. */
export type Dialect = 'dagitty' | 'dot';

export interface Token {
  readonly kind: 'bare' | 'quoted' | 'arrow' | 'mark' | 'end';
  /** A name without its quotes and escapes; an arrow or mark as written; empty at the end. */
  readonly text: string;
  /** Offset of its first character. */
  readonly at: number;
}

/** A failure to read `text` at offset `at`, told by line and column, both from 1. @returns `parse-error`. */
export function parseError(text: string, at: number, message: string): EngineError {
  const before = text.slice(0, at);
  const line = before.split(/\r\n|\r|\n/).length;
  const column = at - Math.max(before.lastIndexOf('\n'), before.lastIndexOf('\r'));
  return new EngineError('parse-error', `Line ${line}, column ${column}: ${message}`, { line, column });
}

/** How a token is called in a message. */
export const named = (token: Token): string =>
  token.kind === 'end' ? 'the end of the text' : JSON.stringify(token.text);

const arrowPattern = /<->|<-@|@->|@-@|@--|--@|->|<-|--/y;
const barePattern = /-?[\p{L}\p{M}\p{N}_.]+/uy;
const blankPattern = /\s+/y;
/** The usual name, tried first because the general pattern is slow. */
const plainPattern = /[A-Za-z_][0-9A-Za-z_.]*(?![\p{L}\p{M}\p{N}_.])/uy;
const nameCharacter = /[\p{L}\p{M}\p{N}_.]/u;

/** @throws EngineError `parse-error` for an unclosed quote or a character that begins nothing. */
export function tokenize(text: string, dialect: Dialect): Token[] {
  const tokens: Token[] = [];
  const match = (pattern: RegExp, at: number): string | null => {
    pattern.lastIndex = at;
    return pattern.exec(text)?.[0] ?? null;
  };
  let at = 0;
  while (at < text.length) {
    const blank = match(blankPattern, at);
    if (blank) {
      at += blank.length;
      continue;
    }
    const character = text[at]!;
    const plain = match(plainPattern, at);
    if (plain) {
      tokens.push({ kind: 'bare', text: plain, at });
      at += plain.length;
      continue;
    }
    const comment = character === '/' || character === '#' ? commentEnd(text, at) : null;
    if (comment !== null) {
      if (dialect === 'dagitty')
        throw parseError(text, at, 'DAGitty code has no comments; remove this one, or put the name in double quotes.');
      if (comment < 0) throw parseError(text, at, 'this comment is never closed; expected */.');
      at = comment;
      continue;
    }
    if (character === '"') {
      const { value, end } = readQuoted(text, at);
      tokens.push({ kind: 'quoted', text: value, at });
      at = end;
      continue;
    }
    if (dialect === 'dot' && character === '<' && !match(arrowPattern, at)) {
      const end = htmlEnd(text, at);
      tokens.push({ kind: 'quoted', text: text.slice(at + 1, end - 1), at });
      at = end;
      continue;
    }
    const arrow = match(arrowPattern, at);
    if (arrow) {
      tokens.push({ kind: 'arrow', text: arrow, at });
      at += arrow.length;
      continue;
    }
    const bare = match(barePattern, at);
    if (bare) {
      if (bare.startsWith('-') && at > 0 && nameCharacter.test(text[at - 1]!))
        throw parseError(text, at, 'expected an arrow; put a name that contains "-" in double quotes.');
      tokens.push({ kind: 'bare', text: bare, at });
      at += bare.length;
      continue;
    }
    if ('{}[]=,;+:'.includes(character)) {
      tokens.push({ kind: 'mark', text: character, at });
      at++;
      continue;
    }
    const shown = String.fromCodePoint(text.codePointAt(at)!);
    throw parseError(
      text,
      at,
      `expected a name or an arrow (->, <-, <->) but found ${JSON.stringify(shown)}; put names with such characters in double quotes.`,
    );
  }
  tokens.push({ kind: 'end', text: '', at: text.length });
  return tokens;
}

/** The offset after a comment that starts here, -1 when it is never closed, null when none starts here. */
function commentEnd(text: string, at: number): number | null {
  if (text.startsWith('/*', at)) {
    const end = text.indexOf('*/', at + 2);
    return end < 0 ? -1 : end + 2;
  }
  if (!text.startsWith('//', at) && text[at] !== '#') return null;
  const end = text.indexOf('\n', at);
  return end < 0 ? text.length : end;
}

/** Graphviz HTML strings nest their angle brackets. */
function htmlEnd(text: string, start: number): number {
  let depth = 0;
  for (let at = start; at < text.length; at++) {
    if (text[at] === '<') depth++;
    else if (text[at] === '>' && --depth === 0) return at + 1;
  }
  throw parseError(text, start, 'this "<" is never closed; expected an arrow or an HTML string.');
}

/**
 * A string in double quotes: `\"` is a quote and `\\` a backslash; any other backslash stands for itself.
 * @throws EngineError `parse-error` when it is never closed.
 */
export function readQuoted(text: string, start: number): { value: string; end: number } {
  let value = '';
  for (let at = start + 1; at < text.length; at++) {
    const character = text[at]!;
    if (character === '"') return { value, end: at + 1 };
    const next = text[at + 1];
    if (character === '\\' && (next === '"' || next === '\\')) {
      value += next;
      at++;
    } else value += character;
  }
  throw parseError(text, start, 'this quote is never closed; expected another double quote.');
}

/** The inverse of `readQuoted`. Lone backslashes inside stay as they are, as other programs expect. */
export const quoted = (text: string): string =>
  `"${text.replace(/\\{2,}|\\(?=["\n\r]|$)/g, (run) => run + run).replace(/"/g, '\\"')}"`;
