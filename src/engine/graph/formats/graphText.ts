import type { EngineError } from '../../errors';
import { type Dialect, named, parseError, type Token, tokenize } from './tokens';

/** Attribute values by key; null for a flag without a value. */
export type Attributes = Map<string, string | null>;

export interface TextEdge {
  readonly from: string;
  readonly to: string;
  /** As written: `->`, `<-`, `<->`, `--` or one with circle marks. */
  readonly arrow: string;
  readonly attributes: Attributes;
  /** Offset of the arrow in the text. */
  readonly at: number;
}

/** A graph as written, before anything is made of its arrows and attributes. */
export interface GraphText {
  /** In lower case: dag, pdag, mag, pag, graph or digraph. */
  readonly type: string;
  readonly name: string | null;
  readonly nodes: ReadonlyMap<string, Attributes>;
  readonly edges: readonly TextEdge[];
  readonly attributes: Attributes;
}

const typesOf: Record<Dialect, readonly string[]> = {
  dagitty: ['dag', 'pdag', 'mag', 'pag', 'graph', 'digraph'],
  dot: ['graph', 'digraph'],
};
/** Bare words that are no names; in quotes they are. */
const keywordsOf: Record<Dialect, readonly string[]> = {
  dagitty: ['graph', 'node'],
  dot: ['graph', 'digraph', 'node', 'edge', 'subgraph', 'strict'],
};
const DEPTH_LIMIT = 200;

interface Scope {
  readonly depth: number;
  readonly nodeDefaults: Attributes;
  readonly edgeDefaults: Attributes;
}

/**
 * Reads DAGitty code or Graphviz DOT by its grammar. Groups in braces stand for all nodes named inside them.
 * DAGitty code without its wrapper is accepted when an arrow occurs in it.
 * @throws EngineError `parse-error` with line, column and what was expected.
 */
export function parseGraphText(text: string, dialect: Dialect): GraphText {
  const tokens = tokenize(text, dialect);
  const nodes = new Map<string, Attributes>();
  const edges: TextEdge[] = [];
  const graphAttributes: Attributes = new Map();
  let position = 0;

  const peek = (ahead = 0): Token => tokens[Math.min(position + ahead, tokens.length - 1)]!;
  const next = (): Token => tokens[position < tokens.length - 1 ? position++ : position]!;
  const fail = (expected: string, token = peek()): EngineError =>
    parseError(text, token.at, `expected ${expected} but found ${named(token)}.`);
  const isMark = (mark: string, token = peek()) => token.kind === 'mark' && token.text === mark;
  const isName = (token = peek()) => token.kind === 'bare' || token.kind === 'quoted';
  const isWord = (words: readonly string[], token = peek()) =>
    token.kind === 'bare' && words.includes(dialect === 'dot' ? token.text.toLowerCase() : token.text);
  const take = (mark: string, expected: string) => {
    if (!isMark(mark)) throw fail(expected);
    return next();
  };

  /** A name, with `"..." + "..."` joined. */
  const readName = (expected: string): string => {
    if (!isName()) throw fail(expected);
    const first = next();
    let name = first.text;
    while (first.kind === 'quoted' && isMark('+') && peek(1).kind === 'quoted') {
      next();
      name += next().text;
    }
    return name;
  };

  const readAttributes = (into: Attributes) => {
    while (isMark('[')) {
      next();
      while (!isMark(']')) {
        const key = readName('an attribute or "]"');
        const hasValue = isMark('=');
        if (hasValue) next();
        into.set(key, hasValue ? readName(`a value for ${key}`) : null);
        if (isMark(',') || isMark(';')) next();
        else if (!isMark(']') && dialect === 'dagitty') throw fail('"," or "]"');
      }
      next();
    }
  };

  const mention = (name: string, at: number, scope: Scope): Attributes => {
    if (name === '') throw parseError(text, at, 'expected a name between the quotes.');
    const known = nodes.get(name);
    if (known) return known;
    const fresh: Attributes = new Map(scope.nodeDefaults);
    nodes.set(name, fresh);
    return fresh;
  };

  const readGroup = (scope: Scope): string[] => {
    const open = take('{', '"{"');
    if (scope.depth >= DEPTH_LIMIT) throw parseError(text, open.at, `groups are nested more than ${DEPTH_LIMIT} deep.`);
    const members = readStatements({
      depth: scope.depth + 1,
      nodeDefaults: new Map(scope.nodeDefaults),
      edgeDefaults: new Map(scope.edgeDefaults),
    });
    take('}', '"}"');
    return members;
  };

  /** One end of an edge: a node, or all nodes of a group. */
  const readEnd = (scope: Scope): { names: string[]; isGroup: boolean } => {
    if (isMark('{')) return { names: readGroup(scope), isGroup: true };
    if (dialect === 'dot' && isWord(['subgraph'])) {
      next();
      if (isName()) readName('a name');
      return { names: readGroup(scope), isGroup: true };
    }
    if (isWord(keywordsOf[dialect]))
      throw parseError(
        text,
        peek().at,
        `"${peek().text}" is a word of the language; put it in double quotes to use it as a name.`,
      );
    const { at } = peek();
    const name = readName('a name or "{"');
    while (dialect === 'dot' && isMark(':')) {
      next();
      readName('a port');
    }
    mention(name, at, scope);
    return { names: [name], isGroup: false };
  };

  /** The attribute lists that close a statement. */
  const readClosingAttributes = (into: Attributes) => {
    const bracket = peek();
    readAttributes(into);
    if (bracket !== peek() && peek().kind === 'arrow')
      throw parseError(
        text,
        bracket.at,
        'attributes of a node cannot stand inside an arrow statement; write {X [exposure]} -> Y, or give them in a statement of their own.',
      );
  };

  const readStatement = (scope: Scope): string[] => {
    if (isWord(keywordsOf[dialect]) && isMark('[', peek(1))) {
      const word = next().text.toLowerCase();
      readAttributes(word === 'graph' ? graphAttributes : word === 'node' ? scope.nodeDefaults : scope.edgeDefaults);
      return [];
    }
    if (isName() && isMark('=', peek(1))) {
      const key = next().text;
      next();
      const value = readName(`a value for ${key}`);
      if (scope.depth === 0) graphAttributes.set(key, value);
      return [];
    }
    let left = readEnd(scope);
    const members = [...left.names];
    if (peek().kind !== 'arrow') {
      if (!left.isGroup) readClosingAttributes(nodes.get(left.names[0]!)!);
      else if (isMark('[')) throw fail('an arrow or a new statement after a group');
      return members;
    }
    const steps: { from: string[]; to: string[]; arrow: Token }[] = [];
    while (peek().kind === 'arrow') {
      const arrow = next();
      const right = readEnd(scope);
      steps.push({ from: left.names, to: right.names, arrow });
      members.push(...right.names);
      left = right;
    }
    const attributes: Attributes = new Map(scope.edgeDefaults);
    readClosingAttributes(attributes);
    for (const { from, to, arrow } of steps)
      for (const a of from)
        for (const b of to) edges.push({ from: a, to: b, arrow: arrow.text, attributes, at: arrow.at });
    return members;
  };

  const readStatements = (scope: Scope): string[] => {
    const members: string[] = [];
    for (;;) {
      while (isMark(';')) next();
      if (isMark('}') || peek().kind === 'end') return members;
      members.push(...readStatement(scope));
    }
  };

  const whole: Scope = { depth: 0, nodeDefaults: new Map(), edgeDefaults: new Map() };
  if (dialect === 'dot' && isWord(['strict'])) next();
  const opener = peek();
  const isType = opener.kind === 'bare' && typesOf[dialect].includes(opener.text.toLowerCase());
  const isWrapped = isType && (isMark('{', peek(1)) || (isName(peek(1)) && isMark('{', peek(2))));
  if (!isWrapped) {
    if (isType && peek(1).kind !== 'arrow') throw fail('"{"', peek(isName(peek(1)) ? 2 : 1));
    if (dialect === 'dot') throw fail('"digraph" or "graph"');
    if (!tokens.some((token) => token.kind === 'arrow')) throw fail('"dag {" or an arrow between two names');
    readStatements(whole);
    if (peek().kind !== 'end') throw fail('a statement');
    return { type: 'dag', name: null, nodes, edges, attributes: graphAttributes };
  }
  next();
  const name = isName() ? readName('a name') : null;
  take('{', '"{"');
  readStatements(whole);
  take('}', '"}"');
  if (peek().kind !== 'end') throw fail('nothing after the closing "}"');
  return { type: opener.text.toLowerCase(), name, nodes, edges, attributes: graphAttributes };
}
