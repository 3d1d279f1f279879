import { EngineError } from '../../errors';
import type { CausalMap } from '../causalMap';
import { dagOf } from '../dag';
import { type MapFormatId, mapFormats } from './catalogue';

export interface ReadMap {
  readonly map: CausalMap;
  readonly exposures: readonly string[];
  readonly outcomes: readonly string[];
  readonly format: MapFormatId;
  readonly warnings: readonly string[];
}

/**
 * Reads a causal map from text in any format of the catalogue that can be read, told apart by content unless `format` is
 * given, and checks it. Positions in drawing units far smaller than pixels, as DAGitty writes them, are spread out to fit a
 * canvas.
 * @throws EngineError `parse-error` with line, column and what was expected; `bad-map`, `duplicate-node` or `cycle` for a
 * text that reads well but is no causal map.
 */
export function readMap(text: string, format: MapFormatId | null = null): ReadMap {
  const content = text.replace(/^\uFEFF/, '');
  const start = content.trimStart();
  if (start === '')
    throw new EngineError('parse-error', 'Line 1, column 1: the map is empty; expected DAGitty code, DOT or JSON.', {
      line: 1,
      column: 1,
    });
  const found = mapFormats.find((one) => (format === null ? one.isLike?.(start) : one.id === format))!;
  if (!found.parse)
    throw new EngineError('bad-parameter', `A map can be written as ${found.title} but not read from it.`, { format });
  const { map, exposures, outcomes, warnings } = found.parse(content);
  dagOf(map);
  return { map: found.id === 'json' ? map : spreadOut(map), exposures, outcomes, format: found.id, warnings };
}

/** Largest extent, in drawing units, that cannot be meant as pixels. */
const SMALL_DRAWING = 50;
const PIXELS_A_NODE = 200;

function spreadOut(map: CausalMap): CausalMap {
  const placed = map.nodes.flatMap((node) => (node.position ? [node.position] : []));
  if (placed.length < 2) return map;
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
