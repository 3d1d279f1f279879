import { useMemo } from 'react';
import type { CausalMap } from '../../engine/graph/causalMap';
import { dagOf } from '../../engine/graph/dag';

interface RedrawMapProps {
  readonly map: CausalMap;
  readonly target: string | undefined;
  readonly chosen: ReadonlySet<string>;
  onToggle(name: string): void;
}

const CARD = { width: 92, height: 22 };
const PAD = 8;

/**
 * The map in small: a click on a column draws it anew or keeps it. Filled: drawn anew; dashed: recomputed because a cause
 * of it is; plain: as in the real row. Left out where the map has no places yet.
 */
export function RedrawMap({ map, target, chosen, onToggle }: RedrawMapProps) {
  const follows = useMemo(() => followersOf(map, chosen), [map, chosen]);
  const placed = map.nodes.flatMap(({ name, latent, position }) => (position ? [{ name, latent, ...position }] : []));
  if (placed.length < map.nodes.length || placed.length === 0) return null;
  const [left, right] = [Math.min(...placed.map(({ x }) => x)), Math.max(...placed.map(({ x }) => x))];
  const [top, bottom] = [Math.min(...placed.map(({ y }) => y)), Math.max(...placed.map(({ y }) => y))];
  // Cards of the big map are about 200 by 110: as many of the small ones fit side by side.
  const scale = { x: (CARD.width + 14) / 220, y: (CARD.height + 16) / 130 };
  const width = Math.max(1, (right - left) * scale.x) + CARD.width + 2 * PAD;
  const height = Math.max(1, (bottom - top) * scale.y) + CARD.height + 2 * PAD;
  const at = new Map(
    placed.map(({ name, x, y }) => [name, { x: PAD + (x - left) * scale.x, y: PAD + (y - top) * scale.y }]),
  );
  const middle = (name: string) => {
    const { x, y } = at.get(name)!;
    return [x + CARD.width / 2, y + CARD.height / 2] as const;
  };
  return (
    <div className="redraw-map">
      <svg viewBox={`0 0 ${width} ${height}`} style={{ maxWidth: width * 1.2 }} aria-hidden>
        {map.edges.map(({ from, to, kind }) => {
          const [x1, y1] = middle(from);
          const [x2, y2] = middle(to);
          return (
            <line
              key={`${from} ${kind} ${to}`}
              x1={x1}
              y1={y1}
              x2={x2}
              y2={y2}
              className="redraw-arrow"
              strokeDasharray={kind === '<->' ? '3 3' : undefined}
            />
          );
        })}
        {placed.map(({ name, latent }) => {
          const { x, y } = at.get(name)!;
          const state =
            name === target || latent ? 'fixed' : chosen.has(name) ? 'redrawn' : follows.has(name) ? 'follows' : 'kept';
          const text = name.length > 13 ? `${name.slice(0, 12)}…` : name;
          return (
            // biome-ignore lint/a11y/noStaticElementInteractions: the list of ticks below does the same for keys and screen readers
            <g
              key={name}
              className={`redraw-node redraw-${state}`}
              transform={`translate(${x} ${y})`}
              onClick={() => state !== 'fixed' && onToggle(name)}
            >
              <title>
                {`${name}: ${name === target ? 'held at the rare outcome' : latent ? 'not in the table' : state === 'redrawn' ? 'drawn anew' : state === 'follows' ? 'recomputed from its causes' : 'as in the real row'}`}
              </title>
              <rect width={CARD.width} height={CARD.height} rx="5" />
              <text x={CARD.width / 2} y={CARD.height / 2 + 4} textAnchor="middle">
                {text}
              </text>
            </g>
          );
        })}
      </svg>
    </div>
  );
}

/** Columns that are recomputed because one of their causes is drawn anew. */
function followersOf(map: CausalMap, chosen: ReadonlySet<string>): ReadonlySet<string> {
  const dag = dagOf(map);
  const touched = new Set(dag.names.flatMap((name, i) => (chosen.has(name) ? [i] : [])));
  for (const node of dag.order) if (dag.parents[node]!.some((parent) => touched.has(parent))) touched.add(node);
  return new Set([...touched].map((node) => dag.names[node]!));
}
