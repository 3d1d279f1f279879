import { BaseEdge, type Edge, EdgeLabelRenderer, type EdgeProps, useInternalNode } from '@xyflow/react';
import { memo } from 'react';
import type { MapEdge } from '../../engine/graph/causalMap';
import { classes } from '../../ui/classes';
import { type Box, routeBetween } from './geometry';
import { cardSize } from './layout';
import type { ArrowVerdict } from './mapFacts';

export interface ArrowData extends Record<string, unknown> {
  readonly edge: MapEdge;
  /** Strength in the data in [0, 1]; null when unknown. */
  readonly effect: number | null;
  readonly verdict: ArrowVerdict;
  readonly isOnCycle: boolean;
  /** How far it bends sideways, as a share of its length. */
  readonly bend: number;
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

/** Width for strength, dash and label for the verdict, so that colour says nothing alone. */
export const ArrowEdge = memo(function ArrowEdge({ source, target, data, selected }: EdgeProps<ArrowFlowEdge>) {
  const from = useInternalNode(source);
  const to = useInternalNode(target);
  if (!from || !to || !data) return null;
  const { edge, effect, verdict, isOnCycle, bend } = data;
  const isBidirected = edge.kind === '<->';
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
