import type { EngineError } from '../../errors';
import { named, parseError, readQuoted, type Token } from './tokens';

/** How a format of words, quoted strings, marks and comments is written. All patterns are sticky. */
export interface Lexicon {
  readonly word: RegExp;
  readonly marks: string;
  readonly comment: RegExp;
  /** Reads the string that starts at a double quote. */
  readonly quoted?: (text: string, start: number) => { value: string; end: number };
}

/** The words of a text, one after the other. */
export interface Cursor {
  peek(ahead?: number): Token;
  next(): Token;
  isMark(mark: string): boolean;
  isWord(word: string): boolean;
  /** The next token as text. @throws EngineError `parse-error` unless it is a word or a quoted string. */
  name(expected: string): string;
  /** @throws EngineError `parse-error` unless the next token is this mark. */
  take(mark: string): Token;
  /** Skips a block in braces or brackets that starts here, whatever is in it. @throws EngineError `parse-error` when it never ends. */
  skipBlock(open: string, close: string): void;
  /** Skips to the mark and over it. @throws EngineError `parse-error` at the end of the text. */
  skipPast(mark: string): void;
  fail(expected: string): EngineError;
}

/** @throws EngineError `parse-error` for a string that is never closed or a character that begins nothing. */
export function cursorOver(text: string, lexicon: Lexicon): Cursor {
  const tokens = tokensOf(text, lexicon);
  let position = 0;
  const peek = (ahead = 0): Token => tokens[Math.min(position + ahead, tokens.length - 1)]!;
  const next = (): Token => tokens[position < tokens.length - 1 ? position++ : position]!;
  const isMark = (mark: string) => peek().kind === 'mark' && peek().text === mark;
  const fail = (expected: string) => parseError(text, peek().at, `expected ${expected} but found ${named(peek())}.`);
  const take = (mark: string) => {
    if (!isMark(mark)) throw fail(`"${mark}"`);
    return next();
  };
  return {
    peek,
    next,
    isMark,
    isWord: (word) => peek().kind === 'bare' && peek().text.toLowerCase() === word,
    name(expected) {
      if (peek().kind !== 'bare' && peek().kind !== 'quoted') throw fail(expected);
      return next().text;
    },
    take,
    skipBlock(open, close) {
      const start = take(open);
      for (let depth = 1; depth > 0; ) {
        const token = next();
        if (token.kind === 'end')
          throw parseError(text, start.at, `this "${open}" is never closed; expected "${close}".`);
        if (token.kind !== 'mark') continue;
        if (token.text === open) depth++;
        if (token.text === close) depth--;
      }
    },
    skipPast(mark) {
      while (!isMark(mark)) {
        if (peek().kind === 'end') throw fail(`"${mark}"`);
        next();
      }
      next();
    },
    fail,
  };
}

function tokensOf(text: string, { word, marks, comment, quoted = readQuoted }: Lexicon): Token[] {
  const tokens: Token[] = [];
  const match = (pattern: RegExp, at: number): string | null => {
    pattern.lastIndex = at;
    return pattern.exec(text)?.[0] || null;
  };
  let at = 0;
  while (at < text.length) {
    const skipped = match(/\s+/y, at) ?? match(comment, at);
    if (skipped) {
      at += skipped.length;
      continue;
    }
    const character = text[at]!;
    if (character === '"') {
      const { value, end } = quoted(text, at);
      tokens.push({ kind: 'quoted', text: value, at });
      at = end;
      continue;
    }
    if (marks.includes(character)) {
      tokens.push({ kind: 'mark', text: character, at });
      at++;
      continue;
    }
    const found = match(word, at);
    if (!found) {
      const shown = String.fromCodePoint(text.codePointAt(at)!);
      throw parseError(text, at, `expected a name but found ${JSON.stringify(shown)}; put it in double quotes.`);
    }
    tokens.push({ kind: 'bare', text: found, at });
    at += found.length;
  }
  tokens.push({ kind: 'end', text: '', at: text.length });
  return tokens;
}
