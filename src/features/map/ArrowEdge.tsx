import { BaseEdge, type Edge, EdgeLabelRenderer, type EdgeProps, useInternalNode, useStore } from '@xyflow/react';
import { memo } from 'react';
import type { MapEdge } from '../../engine/graph/causalMap';
import { classes } from '../../ui/classes';
import { type Box, freeBend, routeBetween } from './geometry';
import { cardSize } from './layout';
import type { ArrowVerdict } from './mapFacts';

export interface ArrowData extends Record<string, unknown> {
  readonly edge: MapEdge;
  /** Strength in the data in [0, 1]; null when unknown. */
  readonly effect: number | null;
  readonly verdict: ArrowVerdict;
  readonly isOnCycle: boolean;
  /** Another edge joins the same two nodes: both bend, to be told apart. */
  readonly isPaired: boolean;
}
export type ArrowFlowEdge = Edge<ArrowData, 'arrow'>;

type Measured = NonNullable<ReturnType<typeof useInternalNode>>;
const boxOf = (node: Measured): Box => ({
  x: node.internals.positionAbsolute.x,
  y: node.internals.positionAbsolute.y,
  width: node.measured.width ?? cardSize.width,
  height: node.measured.height ?? cardSize.height,
  isEllipse: node.data.kind === 'latent',
});

/** Beyond this many nodes arrows go straight: looking for a free way for each would slow down dragging. */
const mostAvoided = 120;

/** Width for strength, dash and label for the verdict, so that colour says nothing alone. */
export const ArrowEdge = memo(function ArrowEdge({ source, target, data, selected }: EdgeProps<ArrowFlowEdge>) {
  const from = useInternalNode(source);
  const to = useInternalNode(target);
  const aroundOthers = useStore((state) => {
    const [a, b] = [state.nodeLookup.get(source), state.nodeLookup.get(target)];
    if (!a || !b || state.nodeLookup.size > mostAvoided) return 0;
    const others: Box[] = [];
    for (const other of state.nodeLookup.values()) if (other !== a && other !== b) others.push(boxOf(other));
    return freeBend(boxOf(a), boxOf(b), others);
  });
  if (!from || !to || !data) return null;
  const { edge, effect, verdict, isOnCycle, isPaired } = data;
  const isBidirected = edge.kind === '<->';
  const bend = isBidirected ? aroundOthers || 0.22 : aroundOthers || (isPaired ? -0.08 : 0);
  const { path, label } = routeBetween(boxOf(from), boxOf(to), bend);
  const look = isOnCycle ? 'cycle' : selected ? 'selected' : isBidirected ? 'bidirected' : verdict;
  const width = effect === null ? 1.5 : 1.25 + 4.5 * Math.min(1, effect);
  const words = isOnCycle
    ? null
    : verdict === 'refuted'
      ? 'not seen in data'
      : verdict === 'cannot-tell'
        ? 'cannot tell'
        : selected && effect !== null
          ? effect.toFixed(2)
          : null;
  return (
    <>
      <BaseEdge
        path={path}
        className={classes('arrow', `arrow-${look}`, verdict !== 'seen' && `arrow-dash-${verdict}`)}
        style={{ strokeWidth: isOnCycle ? 2.5 : width }}
        markerEnd={`url(#arrowhead-${look})`}
        {...(isBidirected ? { markerStart: `url(#arrowhead-${look})` } : {})}
        interactionWidth={18}
      />
      {words && (
        <EdgeLabelRenderer>
          <div
            className={`arrow-label arrow-label-${verdict}`}
            style={{ transform: `translate(-50%, -50%) translate(${label.x}px, ${label.y}px)` }}
          >
            {words}
          </div>
        </EdgeLabelRenderer>
      )}
    </>
  );
});

const looks = ['seen', 'unknown', 'refuted', 'cannot-tell', 'bidirected', 'selected', 'cycle'] as const;

/** Arrowheads of constant size, whatever the width of their line. */
export function Arrowheads() {
  return (
    <svg width="0" height="0" style={{ position: 'absolute' }} aria-hidden="true">
      <defs>
        {looks.map((look) => (
          <marker
            key={look}
            id={`arrowhead-${look}`}
            className={`arrowhead arrowhead-${look}`}
            viewBox="0 0 10 10"
            refX="8.5"
            refY="5"
            markerWidth="11"
            markerHeight="11"
            markerUnits="userSpaceOnUse"
            orient="auto-start-reverse"
          >
            <path d="M0.5,1 L9.5,5 L0.5,9 Z" />
          </marker>
        ))}
      </defs>
    </svg>
  );
}
