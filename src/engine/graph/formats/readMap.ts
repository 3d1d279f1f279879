import { EngineError } from '../../errors';
import type { CausalMap } from '../causalMap';
import { dagOf } from '../dag';
import { shownName } from '../path';
import { parseDagittyCode } from './dagittyCode';
import { parseDot } from './dot';
import { parseMapJson } from './mapJson';

export interface ReadMap {
  readonly map: CausalMap;
  readonly exposures: readonly string[];
  readonly outcomes: readonly string[];
  readonly format: 'dagitty' | 'dot' | 'json';
  readonly warnings: readonly string[];
}

/**
 * Reads a causal map from text: our JSON, Graphviz DOT or DAGitty code, told apart by content, and checks it.
 * Positions in drawing units far smaller than pixels, as DAGitty writes them, are spread out to fit a canvas.
 * @throws EngineError `parse-error` with line, column and what was expected; `bad-map`, `duplicate-node` or `cycle` for a
 * text that reads well but is no causal map.
 */
export function readMap(text: string): ReadMap {
  const content = text.replace(/^\uFEFF/, '');
  if (content.trim() === '')
    throw new EngineError('parse-error', 'Line 1, column 1: the map is empty; expected DAGitty code, DOT or JSON.', {
      line: 1,
      column: 1,
    });
  const format = formatOf(content);
  const read = readers[format](content);
  dagOf(read.map);
  return { ...read, format };
}

type Reader = (text: string) => Omit<ReadMap, 'format'>;

const readers: Record<ReadMap['format'], Reader> = {
  dagitty: (text) => {
    const { map, exposures, outcomes, warnings } = parseDagittyCode(text);
    return { map: spreadOut(map), exposures, outcomes, warnings };
  },
  dot: (text) => {
    const { map, exposures, outcomes, warnings } = parseDot(text);
    return { map: spreadOut(map), exposures, outcomes, warnings };
  },
  json: (text) => {
    const { map, exposure, target } = parseMapJson(text);
    const names = new Set(map.nodes.map((node) => node.name));
    const absent = [exposure, target].filter((name) => name !== null && !names.has(name));
    return {
      map,
      exposures: exposure === null || absent.includes(exposure) ? [] : [exposure],
      outcomes: target === null || absent.includes(target) ? [] : [target],
      warnings: absent.map((name) => `${shownName(name!)} is named in the file but is no node of the map.`),
    };
  },
};

function formatOf(text: string): ReadMap['format'] {
  const start = text.trimStart();
  if (start.startsWith('[')) return 'json';
  // DAGitty code may begin with a group: {a b} -> c. JSON has arrows only inside quotes.
  if (start.startsWith('{')) return /->|<-|--/.test(start.replace(/"(?:[^"\\]|\\.)*"/gs, '')) ? 'dagitty' : 'json';
  const body = start.replace(/^(?:\s+|\/\/[^\n]*|\/\*[\s\S]*?\*\/|#[^\n]*)+/, '');
  return /^(?:strict\s+)?(?:di)?graph(?![\p{L}\p{N}_.])\s*(?!->|<-|--)/iu.test(body) ? 'dot' : 'dagitty';
}

/** Largest extent, in drawing units, that cannot be meant as pixels. */
const SMALL_DRAWING = 50;
const PIXELS_A_NODE = 200;

function spreadOut(map: CausalMap): CausalMap {
  const placed = map.nodes.flatMap((node) => (node.position ? [node.position] : []));
  if (placed.length === 0) return map;
  const low = { x: Math.min(...placed.map((p) => p.x)), y: Math.min(...placed.map((p) => p.y)) };
  const high = { x: Math.max(...placed.map((p) => p.x)), y: Math.max(...placed.map((p) => p.y)) };
  const extent = Math.max(high.x - low.x, high.y - low.y);
  if (extent >= SMALL_DRAWING) return map;
  const scale = extent > 0 ? (PIXELS_A_NODE * Math.sqrt(placed.length)) / extent : 0;
  return {
    ...map,
    nodes: map.nodes.map((node) => ({
      ...node,
      position:
        node.position && extent > 0
          ? { x: Math.round((node.position.x - low.x) * scale), y: Math.round((node.position.y - low.y) * scale) }
          : null,
    })),
  };
}
