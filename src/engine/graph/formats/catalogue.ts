import type { CausalMap } from '../causalMap';
import { listed } from '../path';
import { parseBif, writeBif } from './bif';
import { parseBnlearn, writeBnlearn } from './bnlearn';
import { parseDagittyCode, writeDagittyCode } from './dagittyCode';
import { parseDot, writeDot } from './dot';
import { parseGml, writeGml } from './gml';
import { parseLavaan, writeLavaan } from './lavaan';
import { parseMapText, writeMapJson } from './mapJson';
import { parseMermaid, writeMermaid } from './mermaid';
import { parseNet, writeNet } from './net';
import { parseTetrad, writeTetrad } from './tetrad';
import type { TextMap } from './textMap';
import { writeTikz } from './tikz';
import { parseXmlbif, writeXmlbif } from './xmlbif';

export type MapFormatId =
  | 'json'
  | 'dagitty'
  | 'dot'
  | 'gml'
  | 'bnlearn'
  | 'lavaan'
  | 'tetrad'
  | 'bif'
  | 'xmlbif'
  | 'net'
  | 'mermaid'
  | 'tikz';

/** The exposure and the outcome that go with a map. */
export interface MapQuestion {
  readonly exposure: string | null;
  readonly outcome: string | null;
}

/** A way to write a map as text. */
export interface MapFormat {
  readonly id: MapFormatId;
  readonly title: string;
  readonly extension: string;
  /** Who reads it, in one line. */
  readonly about: string;
  /** Whether a text, leading blanks and byte order mark taken off, is in this format; asked in the order of the catalogue. */
  readonly isLike: ((text: string) => boolean) | null;
  /** Null for a format that is only written. @throws EngineError `parse-error` with line and column. */
  readonly parse: ((text: string) => Pick<TextMap, 'map' | 'exposures' | 'outcomes' | 'warnings'>) | null;
  /** `losses`: what the format cannot hold of this map, a sentence each. */
  readonly write: (
    map: CausalMap,
    question: MapQuestion,
  ) => { readonly text: string; readonly losses: readonly string[] };
}

const lossless = (text: string) => ({ text, losses: [] });
const namesOf = (name: string | null): string[] => (name === null ? [] : [name]);
const withoutStrings = (text: string): string => text.replace(/"(?:[^"\\]|\\.)*"/gs, '');
const withoutComments = (text: string): string => text.replace(/^(?:\s+|\/\/[^\n]*|\/\*[\s\S]*?\*\/|#[^\n]*)+/, '');

/** All formats, in the order in which a text is asked which one it is. A further one is a file and an entry here. */
export const mapFormats: readonly MapFormat[] = [
  {
    id: 'bnlearn',
    title: 'bnlearn',
    extension: 'txt',
    about: 'Model string of the R package bnlearn',
    isLike: (text) => /^(?:\s*\[[^[\]"{},]+\])+\s*$/.test(text),
    parse: parseBnlearn,
    write: writeBnlearn,
  },
  {
    id: 'json',
    title: 'JSON',
    extension: 'json',
    about: 'All that the studio knows of the map',
    // DAGitty code may begin with a group: {a b} -> c. JSON has arrows only inside quotes.
    isLike: (text) => text.startsWith('[') || (text.startsWith('{') && !/->|<-|--/.test(withoutStrings(text))),
    parse: parseMapText,
    write: (map, { exposure, outcome }) => lossless(writeMapJson(map, { exposure, target: outcome })),
  },
  {
    id: 'xmlbif',
    title: 'XMLBIF',
    extension: 'xml',
    about: 'Bayesian networks: WEKA, JavaBayes, pgmpy',
    isLike: (text) => text.startsWith('<'),
    parse: parseXmlbif,
    write: writeXmlbif,
  },
  {
    id: 'gml',
    title: 'GML',
    extension: 'gml',
    about: 'networkx, DoWhy, igraph, Gephi',
    isLike: (text) => /^(?:(?:#[^\n]*|creator\s+"[^"]*"|version\s+\S+)\s*)*graph\s*\[/i.test(text),
    parse: parseGml,
    write: writeGml,
  },
  {
    id: 'bif',
    title: 'BIF',
    extension: 'bif',
    about: 'Bayesian networks: bnlearn, pgmpy, the network repository',
    isLike: (text) => /^(?:network\b(?!\s*(?:->|<-|--|=?~))|variable\s+\S+\s*\{)/i.test(withoutComments(text)),
    parse: parseBif,
    write: writeBif,
  },
  {
    id: 'net',
    title: 'NET',
    extension: 'net',
    about: 'Bayesian networks: Hugin, GeNIe, SamIam',
    isLike: (text) => /^(?:%[^\n]*\s*)*(?:net|(?:\w+\s+)?node\s+[^\s{}[\]]+)\s*\{/i.test(text),
    parse: parseNet,
    write: writeNet,
  },
  {
    id: 'tetrad',
    title: 'Tetrad',
    extension: 'txt',
    about: 'Tetrad and causal-learn',
    isLike: (text) => /^Graph (?:Nodes|Edges)\s*:/.test(text),
    parse: parseTetrad,
    write: writeTetrad,
  },
  {
    id: 'mermaid',
    title: 'Mermaid',
    extension: 'mmd',
    about: 'Diagrams in Markdown, GitHub, notebooks',
    isLike: (text) =>
      /^(?:---[\s\S]*?\n---\s*)?(?:%%[^\n]*\s*)*(?:flowchart\b(?!\s*(?:->|<-|--|=?~))|graph\s+(?:TB|TD|BT|RL|LR)\b(?!\s*\{))/.test(
        text,
      ),
    parse: parseMermaid,
    write: writeMermaid,
  },
  {
    id: 'dot',
    title: 'DOT',
    extension: 'dot',
    about: 'Graphviz, DoWhy, ggdag',
    isLike: (text) =>
      /^(?:strict\s+)?(?:di)?graph(?![\p{L}\p{N}_.])(?!\s*(?:->|<-|--|=?~))/iu.test(withoutComments(text)),
    parse: parseDot,
    write: (map) => lossless(writeDot(map)),
  },
  {
    id: 'lavaan',
    title: 'lavaan',
    extension: 'lav',
    about: 'Structural equation models in R',
    isLike: (text) => {
      const bare = withoutStrings(text);
      return /~/.test(bare.replace(/[#!][^\n]*/g, '')) && !/->|<-|--|^\s*(?:dag|pdag|mag|pag)\b[^{]*\{/i.test(bare);
    },
    parse: parseLavaan,
    write: writeLavaan,
  },
  {
    id: 'tikz',
    title: 'LaTeX',
    extension: 'tex',
    about: 'A TikZ picture that compiles as it is',
    isLike: null,
    parse: null,
    write: writeTikz,
  },
  {
    id: 'dagitty',
    title: 'DAGitty',
    extension: 'txt',
    about: 'dagitty.net and the R package',
    // Whatever is nothing else: its errors tell best what a map looks like.
    isLike: () => true,
    parse: parseDagittyCode,
    write: (map, { exposure, outcome }) =>
      lossless(writeDagittyCode(map, { exposures: namesOf(exposure), outcomes: namesOf(outcome) })),
  },
];

/** What only our JSON keeps of this map, in one sentence; none when there is nothing of the kind. */
function detailLosses(map: CausalMap): string[] {
  const details = [
    map.nodes.some(({ tier }) => tier !== null) && 'tiers',
    map.nodes.some(({ sensitive, fixed }) => sensitive || fixed) && 'marks of columns',
    map.edges.some(({ source, confidence }) => source !== '' || confidence !== null) && 'sources and confidence',
    map.edges.some(({ sign, monotone }) => sign !== null || monotone) && 'directions of effects',
    (map.comments ?? []).length > 0 && 'comments',
    (map.forbidden ?? []).length > 0 && 'forbidden arrows',
  ].filter((detail) => detail !== false);
  return details.length === 0 ? [] : [`Left out, because only JSON keeps it: ${listed(details)}.`];
}

/** The map in one of the formats, with all that the format cannot hold of it. */
export function writeMap(
  id: MapFormatId,
  map: CausalMap,
  question: MapQuestion,
): { readonly text: string; readonly losses: readonly string[] } {
  const { text, losses } = mapFormats.find((format) => format.id === id)!.write(map, question);
  return { text, losses: id === 'json' ? losses : [...losses, ...detailLosses(map)] };
}
